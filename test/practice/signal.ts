import { SAMPLE_RATE } from '../../demo/practice/pcm.js';

export function silence(ms: number): Int16Array {
  return new Int16Array((ms * SAMPLE_RATE) / 1000);
}

/** @param amplitude 1 = full scale */
export function tone(ms: number, amplitude: number, hertz = 440): Int16Array {
  return Int16Array.from({ length: (ms * SAMPLE_RATE) / 1000 }, (_, n) => amplitude * 32_767 * Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE));
}

export function rms(levels: readonly number[]): number {
  return Math.sqrt(levels.reduce((sum, level) => sum + level * level, 0) / Math.max(1, levels.length));
}
