import { parentPort } from 'node:worker_threads';
import type { Clip } from '../sound/speech.js';
import { loadEspeak, type SpeechEvent } from './espeak.js';
import { resample } from './resample.js';

/** The program of the speech thread. A sentence costs 10 to 130 ms, which would tear holes into paced sound. */

interface Order {
  id: number;
  text: string;
  /** Words per minute. */
  rate: number;
}

const VOICE = 'English (America)+Annie';
const VOLUME = 0.7 * 32_767;

const espeak = await loadEspeak();
espeak.set_voice(VOICE);

parentPort?.on('message', ({ id, text, rate }: Order) => {
  try {
    const clip = synthesize(text, rate);
    parentPort?.postMessage({ id, clip }, [clip.samples.buffer as ArrayBuffer]);
  } catch (error) {
    parentPort?.postMessage({ id, problem: String(error) });
  }
});

function synthesize(text: string, rate: number): Clip {
  espeak.set_rate(rate);
  espeak.set_pitch(48);
  espeak.set_range(55);
  const parts: Float32Array[] = [];
  const events: SpeechEvent[] = [];
  espeak.synthesize(text, (audio, heard) => {
    parts.push(audio);
    events.push(...heard);
    return false;
  });
  const spoken = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    spoken.set(part, offset);
    offset += part.length;
  }
  const wide = resample(spoken, espeak.samplerate);
  const peak = wide.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return { samples: Int16Array.from(wide, (value) => (value / peak) * VOLUME), words: wordsOf(text, events) };
}

/** A word goes up to the beginning of the next one, so that the words joined are the whole sentence. */
function wordsOf(text: string, events: readonly SpeechEvent[]): Clip['words'] {
  const marks = events
    .filter((event) => event.type === 'word')
    .map((event) => ({ from: Math.max(0, event.text_position - 1), ms: event.audio_position }))
    // eSpeak NG says some words together ("there it"), and then gives a place in the middle of one.
    .filter(({ from }) => from === 0 || /\s/.test(text[from - 1]!))
    .filter((mark, index, all) => index === 0 || mark.from > all[index - 1]!.from);
  if (marks.length === 0) return [{ text, ms: 0 }];
  marks[0]!.from = 0;
  return marks.map((mark, index) => ({
    text: text.slice(mark.from, marks[index + 1]?.from ?? text.length),
    ms: mark.ms,
  }));
}
