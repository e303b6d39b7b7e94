import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE } from './pcm.js';
import { Utterance, type UtteranceListener } from './utterance.js';

/** What `RTCAudioSource` takes. */
export interface FrameOutput {
  onData(data: {
    samples: Int16Array;
    sampleRate: number;
    bitsPerSample: number;
    channelCount: number;
    numberOfFrames: number;
  }): void;
}

/** If more frames than this are late (the machine slept), they are left out instead of sent at once. */
const MOST_BEHIND_FRAMES = 50;

/**
 * Sends one frame every 10 ms for as long as the call lasts, and silence when there is nothing to say. The clock
 * decides how many frames are due, so that late timers do not add up.
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

  /** Adds an utterance, to be played after the others. */
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
    while (this.#queue[0]?.over) this.#queue.shift()?.reportDrained();
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
    utterance.reportProgress();
  }
}
