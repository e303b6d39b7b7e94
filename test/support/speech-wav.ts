import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SpeechWavOptions {
  /** Silence before the first word, in milliseconds: a call needs a moment until it listens. Default 1500. */
  leadMs?: number;
  /** Silence after the last word, in milliseconds, so that turn detection finds the end. Default 3000. */
  tailMs?: number;
  voice?: string;
}

/** Words, and pauses in milliseconds between them. */
export type Speech = string | readonly (string | number)[];

interface Synthesizer {
  get_samplerate(): number;
  set_voice(voice: string): void;
  synthesize(text: string, heard: (audio: Int16Array) => boolean): void;
}

/**
 * Writes a WAV file with synthesized speech, for the fake microphone of Chromium. The same words give the same file.
 * @returns the path of the file
 */
export async function speechWav(speech: Speech, options: SpeechWavOptions = {}): Promise<string> {
  const { leadMs = 1500, tailMs = 3000, voice = 'en-us' } = options;
  const parts = [leadMs, ...(typeof speech === 'string' ? [speech] : speech), tailMs];
  const name = createHash('sha256')
    .update(JSON.stringify([parts, voice]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), 'realtime-voice-speech');
  const path = join(folder, `${name}.wav`);
  if (existsSync(path)) return path;

  const synthesizer = await loadSynthesizer(voice);
  const rate = synthesizer.get_samplerate();
  const samples = parts.map((part) => (typeof part === 'number' ? silence(part, rate) : say(synthesizer, part)));
  mkdirSync(folder, { recursive: true });
  // Renamed when it is complete: another test may be looking for the same file now.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, wav(samples, rate));
  renameSync(draft, path);
  return path;
}

async function loadSynthesizer(voice: string): Promise<Synthesizer> {
  // @ts-expect-error The package has no declarations.
  const { default: load } = await import('@echogarden/espeak-ng-emscripten');
  const module = await load();
  const synthesizer: Synthesizer = await new module.eSpeakNGWorker();
  synthesizer.set_voice(voice);
  return synthesizer;
}

function say(synthesizer: Synthesizer, text: string): Buffer {
  const chunks: Buffer[] = [];
  synthesizer.synthesize(text, (audio) => {
    chunks.push(Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength));
    return false;
  });
  return Buffer.concat(chunks);
}

const silence = (ms: number, rate: number): Buffer => Buffer.alloc(Math.round((ms / 1000) * rate) * 2);

function wav(samples: readonly Buffer[], rate: number): Buffer {
  const data = Buffer.concat(samples);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
