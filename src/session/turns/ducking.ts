import type { CallRecord } from '../record/call-record.js';
import { VisitorVoice } from './visitor-voice.js';

// Times are in milliseconds.
const CHECK_INTERVAL = 20;
/** If the service has not heard the visitor after this time, it was no speech. */
const CONFIRMED_WITHIN = 400;

/** What ducking needs of the call. */
export interface DuckingHost {
  readonly signal: AbortSignal;
  readonly record: Pick<CallRecord, 'turn'>;
  readonly media: {
    /** Whether the microphone's sound is sent. */
    readonly talking: boolean;
    readonly microphoneLevel: { readonly rms: number } | undefined;
    readonly assistantRms: number;
    readonly speaker: { ducked: boolean };
  };
}

/**
 * Lowers the assistant while the visitor speaks over it. The page hears the visitor at once; the service's decision to
 * stop takes a round trip.
 */
export class Ducking {
  readonly #host: DuckingHost;
  readonly #voice = new VisitorVoice();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** When the page heard the visitor, as `performance.now()` tells it; undefined once that is decided. */
  #heardAt: number | undefined;

  constructor(host: DuckingHost) {
    this.#host = host;
    host.signal.addEventListener('abort', () => this.#stop(), { once: true });
  }

  /** Call it after each signal of the service. Without an audible assistant there is nothing to lower, and no timer. */
  update(): void {
    if (this.#isAudible) this.#timer ??= setInterval(() => this.#check(), CHECK_INTERVAL);
    else this.#stop();
  }

  get #isAudible(): boolean {
    return this.#host.record.turn?.audible !== undefined;
  }

  #check(): void {
    if (!this.#isAudible) return this.#stop();
    const { media, record } = this.#host;
    const now = performance.now();
    const begins = this.#voice.begins(media.microphoneLevel?.rms ?? 0, media.assistantRms);
    if (begins && media.talking) this.#heardAt ??= now;
    const isConfirmed = record.turn!.userSpeaking;
    if (isConfirmed) {
      this.#voice.confirm();
      this.#heardAt = undefined;
    } else if (this.#heardAt !== undefined && now - this.#heardAt >= CONFIRMED_WITHIN) {
      this.#voice.reject();
      this.#heardAt = undefined;
    }
    // The service may never say that the visitor has finished: the microphone does.
    const isSpeaking = this.#heardAt !== undefined || (isConfirmed && this.#voice.isHeard);
    media.speaker.ducked = isSpeaking && media.talking;
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = this.#heardAt = undefined;
    this.#host.media.speaker.ducked = false;
  }
}
