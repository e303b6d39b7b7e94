// Plain JavaScript on purpose: a worker thread does not inherit the TypeScript loader of the thread that starts it.
// One sentence costs 10 to 130 ms of blocking work, which on the main thread would tear holes in the paced audio.
import { parentPort } from 'node:worker_threads';
import createEspeak from '@echogarden/espeak-ng-emscripten';

const OUTPUT_RATE = 48_000;
const VOICE = 'English (America)+Annie';
const TAPS = 16;

const espeak = await createEspeak();
const synthesiser = new espeak.eSpeakNGWorker();
synthesiser.set_voice(VOICE);

/** Band-limited resampling (Hann-windowed sinc); the kernel is tabulated once per phase. */
function resample(input, rate) {
  const step = rate / OUTPUT_RATE;
  const phases = 320;
  const kernels = Array.from({ length: phases }, (_, phase) => {
    const kernel = new Float32Array(TAPS * 2);
    let sum = 0;
    for (let tap = 0; tap < TAPS * 2; tap++) {
      const x = tap - TAPS + 1 - phase / phases;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      kernel[tap] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / TAPS));
      sum += kernel[tap];
    }
    return kernel.map((value) => value / sum);
  });
  // Silence at both ends keeps the inner loop free of questions.
  const padded = new Float32Array(input.length + TAPS * 2);
  padded.set(input, TAPS - 1);
  const output = new Float32Array(Math.floor(input.length / step));
  for (let n = 0; n < output.length; n++) {
    const position = n * step;
    const base = Math.floor(position);
    const kernel = kernels[Math.min(phases - 1, Math.round((position - base) * phases))];
    let value = 0;
    for (let tap = 0; tap < TAPS * 2; tap++) value += padded[base + tap] * kernel[tap];
    output[n] = value;
  }
  return output;
}

/** Text between one word's beginning and the next one's, so that the pieces joined are the whole sentence. */
function wordsOf(text, events) {
  const marks = events
    .filter((event) => event.type === 'word')
    .map((event) => ({ from: Math.max(0, event.text_position - 1), ms: event.audio_position }))
    .filter((mark, index, all) => index === 0 || mark.from > all[index - 1].from);
  if (marks.length === 0) return [{ text, ms: 0 }];
  marks[0].from = 0;
  return marks.map((mark, index) => ({
    text: text.slice(mark.from, marks[index + 1]?.from ?? text.length),
    ms: mark.ms,
  }));
}

function synthesise(text, rate) {
  synthesiser.set_rate(rate);
  synthesiser.set_pitch(48);
  synthesiser.set_range(55);
  const chunks = [];
  const events = [];
  synthesiser.synthesize(text, (audio, heard) => {
    chunks.push(audio);
    events.push(...heard);
    return false;
  });
  const spoken = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    spoken.set(chunk, offset);
    offset += chunk.length;
  }
  const wide = resample(spoken, synthesiser.samplerate);
  const peak = wide.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const samples = Int16Array.from(wide, (value) => (value / peak) * 0.7 * 32_767);
  return { samples, words: wordsOf(text, events) };
}

parentPort.on('message', ({ id, text, rate }) => {
  try {
    const clip = synthesise(text, rate);
    parentPort.postMessage({ id, clip }, [clip.samples.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, problem: String(error) });
  }
});
