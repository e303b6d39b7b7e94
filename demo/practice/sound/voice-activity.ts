import { FRAME_MS } from './pcm.js';

export interface VoiceActivityOptions {
  /** 0 to 1 as in `turn_detection.threshold`: higher wants a louder voice. */
  threshold: number;
  /** Quiet that ends a turn. */
  silenceMs: number;
  /** A turn that never pauses is ended here. */
  longestMs?: number;
}

export type VoiceChange = 'started' | 'stopped';

const SMOOTHING_MS = 30;
const FLOOR_WINDOW_MS = 4000;
const FLOOR_SLICE_MS = 500;
const START_ABOVE_FLOOR = 8; // 9 dB
const STAY_ABOVE_FLOOR = 4; // 6 dB: hysteresis, so that soft endings of words do not cut a turn
const FRAMES_TO_START = 4; // 40 ms: a click is no speech

/**
 * Hears whether somebody speaks, from the power of 10 ms frames.
 *
 * Speech is what stands out of the noise floor. The floor is the least smoothed power of the last four seconds, so that
 * a steady sound (a fan, the constant tone of a fake microphone) becomes the floor and stops being speech, whereas a
 * voice, which dips between syllables, never does.
 */
export class VoiceActivity {
  #options: Required<VoiceActivityOptions>;
  #smoothed = 0;
  /** Begins as a quiet room: whoever speaks at once is heard at once. */
  #slices = [10 ** -7];
  #slice = Infinity;
  #sliceMs = 0;
  #loudFrames = 0;
  #quietMs = 0;
  #turnMs = 0;
  #speaking = false;

  constructor(options: VoiceActivityOptions) {
    this.#options = { longestMs: 30_000, ...options };
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** The quiet at the end of the turn: while it lasts, and after it has ended it. */
  get quietMs(): number {
    return this.#quietMs;
  }

  /** New settings keep what is known about the noise. */
  configure(options: VoiceActivityOptions): void {
    this.#options = { longestMs: 30_000, ...options };
  }

  /** Forgets a turn under way, without reporting its end. */
  reset(): void {
    this.#speaking = false;
    this.#loudFrames = 0;
  }

  /** @param power of the next 10 ms, as a fraction of full scale */
  push(power: number): VoiceChange | undefined {
    const floor = this.#floor(power);
    // 0.5 asks for -45 dBFS, 0 for -60 and 1 for -30.
    const least = 10 ** ((-60 + 30 * this.#options.threshold) / 10);
    if (!this.#speaking) return this.#begin(power > least && power > floor * START_ABOVE_FLOOR);
    // One loud frame out of a fan must not prolong a turn, and the smoothing must not either.
    const lasting = Math.min(power, this.#smoothed);
    return this.#continue(lasting > least / 2 && lasting > floor * STAY_ABOVE_FLOOR);
  }

  #begin(loud: boolean): VoiceChange | undefined {
    this.#loudFrames = loud ? this.#loudFrames + 1 : Math.max(0, this.#loudFrames - 1);
    if (this.#loudFrames < FRAMES_TO_START) return undefined;
    this.#loudFrames = 0;
    this.#speaking = true;
    this.#quietMs = 0;
    this.#turnMs = 0;
    return 'started';
  }

  #continue(loud: boolean): VoiceChange | undefined {
    this.#turnMs += FRAME_MS;
    this.#quietMs = loud ? 0 : this.#quietMs + FRAME_MS;
    if (this.#quietMs < this.#options.silenceMs && this.#turnMs < this.#options.longestMs) return undefined;
    this.reset();
    return 'stopped';
  }

  #floor(power: number): number {
    this.#smoothed += (power - this.#smoothed) * (FRAME_MS / SMOOTHING_MS);
    this.#slice = Math.min(this.#slice, this.#smoothed);
    this.#sliceMs += FRAME_MS;
    const floor = Math.min(this.#slice, ...this.#slices);
    if (this.#sliceMs >= FLOOR_SLICE_MS) {
      this.#slices.push(this.#slice);
      if (this.#slices.length > FLOOR_WINDOW_MS / FLOOR_SLICE_MS) this.#slices.shift();
      this.#slice = Infinity;
      this.#sliceMs = 0;
    }
    return floor;
  }
}
