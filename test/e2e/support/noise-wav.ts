import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../support/seeded-random.js';

const RATE = 48_000;

/** Writes a WAV file with steady noise, for Chromium's fake microphone, and returns its path. `rms` is 0…1. */
export function noiseWav(rms: number, seconds: number): string {
  const chance = seededRandom(1);
  // Samples spread evenly between -1 and 1 have an RMS of 1/√3.
  const samples = Int16Array.from({ length: RATE * seconds }, () => (chance() * 2 - 1) * rms * Math.sqrt(3) * 32_767);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const folder = join(tmpdir(), 'realtime-voice-speech');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `noise-${rms}-${process.pid}.wav`);
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return path;
}
