/** All sound inside the practice server is 16 bit, mono, 48 kHz, in frames of 10 ms. */
export const SAMPLE_RATE = 48_000;
export const FRAME_MS = 10;
export const FRAME_SAMPLES = (SAMPLE_RATE / 1000) * FRAME_MS;

const FULL_SCALE = 32_768;

/** Mean power of the samples; 1 is a square wave at full scale. */
export function power(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : sum / samples.length / FULL_SCALE ** 2;
}

/** The loudest sample; 1 is full scale. */
export function peak(samples: Int16Array): number {
  let most = 0;
  for (const sample of samples) most = Math.max(most, Math.abs(sample));
  return most / FULL_SCALE;
}

/** Makes a quiet recording about as loud as a speaking voice. The limit on the gain keeps room noise quiet. */
export function levelled(samples: Int16Array, target = 0.6, mostGain = 6): Int16Array {
  const gain = Math.min(mostGain, target / Math.max(peak(samples), 1e-4));
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, sample * gain)));
}

/**
 * Turns blocks of any length, sample rate and number of channels into 10 ms frames. It interpolates linearly, which is
 * good enough for a recording that is only played back.
 */
export class FrameStream {
  readonly #onFrame: (frame: Int16Array) => void;
  #frame = new Int16Array(FRAME_SAMPLES);
  #filled = 0;
  #previous = 0;
  #phase = 0;

  constructor(onFrame: (frame: Int16Array) => void) {
    this.#onFrame = onFrame;
  }

  push(samples: Int16Array, sampleRate: number, channels: number): void {
    const step = sampleRate / SAMPLE_RATE;
    for (let at = 0; at + channels <= samples.length; at += channels) {
      let mixed = 0;
      for (let channel = 0; channel < channels; channel++) mixed += samples[at + channel] ?? 0;
      mixed /= channels;
      for (; this.#phase < 1; this.#phase += step) this.#put(this.#previous + (mixed - this.#previous) * this.#phase);
      this.#phase -= 1;
      this.#previous = mixed;
    }
  }

  #put(sample: number): void {
    this.#frame[this.#filled++] = sample;
    if (this.#filled < FRAME_SAMPLES) return;
    const frame = this.#frame;
    this.#frame = new Int16Array(FRAME_SAMPLES);
    this.#filled = 0;
    this.#onFrame(frame);
  }
}
