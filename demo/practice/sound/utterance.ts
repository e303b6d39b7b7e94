import { FRAME_SAMPLES, SAMPLE_RATE } from './pcm.js';

export interface UtteranceListener {
  /** The first frame was sent. */
  started(): void;
  /** Called after every frame. */
  progressed(playedMs: number): void;
  /** The last frame was sent. Not called after `stop`. */
  drained(): void;
}

/** Sound to be played. It starts to play as soon as it has a frame, and may grow meanwhile. */
export class Utterance {
  readonly #listener: UtteranceListener;
  #chunks: Int16Array[] = [];
  #length = 0;
  #played = 0;
  #complete = false;
  #muted = false;
  #stopped = false;

  constructor(listener: UtteranceListener) {
    this.#listener = listener;
  }

  get playedMs(): number {
    return Math.min(this.#played, this.#length) / (SAMPLE_RATE / 1000);
  }

  get started(): boolean {
    return this.#played > 0;
  }

  get over(): boolean {
    return this.#stopped || (this.#complete && this.#played >= this.#length);
  }

  append(samples: Int16Array): void {
    this.#chunks.push(samples);
    this.#length += samples.length;
  }

  /** Nothing more will be appended. */
  finish(): void {
    this.#complete = true;
  }

  /** Plays until `ms` and no further. */
  cutAt(ms: number): void {
    this.#length = Math.max(this.#played, Math.min(this.#length, Math.round((ms * SAMPLE_RATE) / 1000)));
    this.#complete = true;
  }

  /** Plays on as silence. */
  mute(): void {
    this.#muted = true;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** The next 10 ms; undefined while they are not made yet. */
  next(): Int16Array | undefined {
    if (!this.#complete && this.#length - this.#played < FRAME_SAMPLES) return undefined;
    const frame = new Int16Array(FRAME_SAMPLES);
    let filled = 0;
    let offset = 0;
    for (const chunk of this.#chunks) {
      const from = this.#played + filled - offset;
      if (from < chunk.length && filled < FRAME_SAMPLES) {
        const part = chunk.subarray(from, Math.min(from + FRAME_SAMPLES - filled, this.#length - offset));
        frame.set(part, filled);
        filled += part.length;
      }
      offset += chunk.length;
    }
    const first = this.#played === 0;
    this.#played += FRAME_SAMPLES;
    if (first) this.#listener.started();
    return this.#muted ? new Int16Array(FRAME_SAMPLES) : frame;
  }

  reportProgress(): void {
    if (!this.#stopped) this.#listener.progressed(this.playedMs);
  }

  reportDrained(): void {
    if (!this.#stopped) this.#listener.drained();
  }
}
