import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE } from './pcm.js';

export interface FrameOutput {
  onData(data: {
    samples: Int16Array;
    sampleRate: number;
    bitsPerSample: number;
    channelCount: number;
    numberOfFrames: number;
  }): void;
}

export interface UtteranceListener {
  /** The first frame went out. */
  started(): void;
  /** After every frame. */
  progressed(playedMs: number): void;
  /** All of it went out, or all up to where it was cut. Not called after `stop`. */
  drained(): void;
}

/** A clock that fell behind further than this (the machine slept) skips frames instead of bursting them. */
const MOST_BEHIND_FRAMES = 50;

/** One thing to say: grows while it is being made, plays as soon as it has begun. */
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

  /** Nothing will be appended any more. */
  finish(): void {
    this.#complete = true;
  }

  /** Plays until `ms` and no further. */
  cutAt(ms: number): void {
    this.#length = Math.max(this.#played, Math.min(this.#length, Math.round((ms * SAMPLE_RATE) / 1000)));
    this.#complete = true;
  }

  /** Goes on in time, but is not heard any more. */
  mute(): void {
    this.#muted = true;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** The next 10 ms, or undefined while the rest is not made yet. */
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

  report(): void {
    if (!this.#stopped) this.#listener.progressed(this.playedMs);
  }

  leave(): void {
    if (!this.#stopped) this.#listener.drained();
  }
}

/**
 * Sends one frame every 10 ms for as long as the call lasts, silence when there is nothing to say: a receiver sees the
 * steady 50 packets a second of a live line. Paced by the clock, so that late timers do not add up.
 */
export class Playback {
  readonly #output: FrameOutput;
  #queue: Utterance[] = [];
  #timer: NodeJS.Timeout | undefined;
  #origin = 0;
  #sent = 0;
  #voiced = 0;

  constructor(output: FrameOutput) {
    this.#output = output;
  }

  get frames(): { sent: number; voiced: number } {
    return { sent: this.#sent, voiced: this.#voiced };
  }

  get quiet(): boolean {
    return this.#queue.every((utterance) => utterance.over);
  }

  start(): void {
    if (this.#timer) return;
    this.#origin = performance.now() - this.#sent * FRAME_MS;
    this.#tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue = [];
  }

  /** Utterances are played one after the other. */
  open(listener: UtteranceListener): Utterance {
    const utterance = new Utterance(listener);
    this.#queue.push(utterance);
    return utterance;
  }

  #tick(): void {
    const now = performance.now();
    let behind = Math.floor((now - this.#origin) / FRAME_MS) - this.#sent;
    if (behind > MOST_BEHIND_FRAMES) {
      this.#origin += (behind - 1) * FRAME_MS;
      behind = 1;
    }
    this.#timer = setTimeout(
      () => this.#tick(),
      Math.max(1, this.#origin + (this.#sent + behind + 1) * FRAME_MS - now),
    );
    for (; behind > 0 && this.#timer; behind--) this.#send();
  }

  #send(): void {
    while (this.#queue[0]?.over) this.#queue.shift()?.leave();
    const utterance = this.#queue[0];
    const samples = utterance?.next();
    this.#output.onData({
      samples: samples ?? new Int16Array(FRAME_SAMPLES),
      sampleRate: SAMPLE_RATE,
      bitsPerSample: 16,
      channelCount: 1,
      numberOfFrames: FRAME_SAMPLES,
    });
    this.#sent++;
    if (!samples || !utterance) return;
    this.#voiced++;
    utterance.report();
  }
}
