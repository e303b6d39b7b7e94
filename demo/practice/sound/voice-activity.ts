import { FRAME_MS } from './pcm.js';

export interface VoiceActivityOptions {
  /** 0 to 1, as in `turn_detection.threshold`. A higher value needs a louder voice. */
  threshold: number;
  /** How long a silence ends a turn. */
  silenceMs: number;
  /** A turn without a pause ends after this time. */
  longestMs?: number;
}

export type VoiceChange = 'started' | 'stopped';

const SMOOTHING_MS = 30;
const FLOOR_WINDOW_MS = 4000;
const FLOOR_SLICE_MS = 500;
const START_ABOVE_FLOOR = 8; // 9 dB
const STAY_ABOVE_FLOOR = 4; // 6 dB: less than at the start, so that the soft end of a word does not end a turn
const FRAMES_TO_START = 4; // 40 ms: a click is not speech

/**
 * Detects speech from the power of 10 ms frames.
 *
 * Speech is louder than the noise floor. The floor is the lowest smoothed power of the last four seconds. A steady
 * sound (a fan, the tone of a fake microphone) therefore becomes the floor after a while. A voice never does, because
 * it dips between syllables.
 */
export class VoiceActivity {
  #options: Required<VoiceActivityOptions>;
  #smoothed = 0;
  /** Begins with the floor of a quiet room, so that speech is detected from the first second on. */
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

  /** The silence at the end of the turn, also after it has ended the turn. */
  get quietMs(): number {
    return this.#quietMs;
  }

  /** Changes the settings and keeps the noise floor. */
  configure(options: VoiceActivityOptions): void {
    this.#options = { longestMs: 30_000, ...options };
  }

  /** Drops a turn without reporting its end. */
  reset(): void {
    this.#speaking = false;
    this.#loudFrames = 0;
  }

  /** @param power of the next 10 ms; 1 is full scale */
  push(power: number): VoiceChange | undefined {
    const floor = this.#floor(power);
    // A threshold of 0 means -60 dBFS, 0.5 means -45 and 1 means -30.
    const least = 10 ** ((-60 + 30 * this.#options.threshold) / 10);
    if (!this.#speaking) return this.#begin(power > least && power > floor * START_ABOVE_FLOOR);
    // Neither one loud frame of noise nor the smoothing may prolong a turn.
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
