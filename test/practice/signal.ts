import { SAMPLE_RATE } from '../../demo/practice/sound/pcm.js';

export function silence(ms: number): Int16Array {
  return new Int16Array((ms * SAMPLE_RATE) / 1000);
}

/** @param amplitude 1 = full scale */
export function tone(ms: number, amplitude: number, hertz = 440): Int16Array {
  return Int16Array.from(
    { length: (ms * SAMPLE_RATE) / 1000 },
    (_, n) => amplitude * 32_767 * Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE),
  );
}

/** Low noise like that of a fan, the same in every run. @param amplitude its RMS */
export function rumble(ms: number, amplitude: number, seed = 5): Int16Array {
  let state = seed;
  let low = 0;
  const wave = Float32Array.from({ length: (ms * SAMPLE_RATE) / 1000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    low += (state / 2 ** 31 - low) * 0.03;
    return low;
  });
  const level = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
  return Int16Array.from(wave, (value) => (value / level) * amplitude * 32_767);
}

/** The sum of both, as long as the first. */
export function mixed(under: Int16Array, over: Int16Array): Int16Array {
  return under.map((value, n) => value + (over[n] ?? 0));
}

export function rms(levels: readonly number[]): number {
  return Math.sqrt(levels.reduce((sum, level) => sum + level * level, 0) / Math.max(1, levels.length));
}
