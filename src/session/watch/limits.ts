import { repeatUntilAborted } from '../deadline.js';
import type { EndReason, VoiceWarningCode } from '../events.js';

/** How often the limits are checked, in milliseconds. Warnings count down in these steps. */
const CHECK_INTERVAL = 1000;
/** How long before the end the visitor is warned, in seconds. */
const WARNING = 15;
/** The defaults of `idleTimeout` and `maxDuration`, in seconds. */
const IDLE_TIMEOUT = 180;
const MAX_DURATION = 3600;

/** What the limits need of the call. */
export interface LimitsHost {
  readonly options: { readonly idleTimeout?: number; readonly maxDuration?: number };
  readonly signal: AbortSignal;
  readonly record: { changed(): void };
  warn(code: VoiceWarningCode, message: string, secondsLeft: number): void;
  end(reason: EndReason): void;
}

/** Ends a call that nobody uses, or that has reached its longest duration. The visitor is warned before. */
export class Limits {
  readonly #host: LimitsHost;
  /** As `performance.now()` has it. */
  #readyAt = Infinity;
  #activeAt = Infinity;
  #isIdleNear = false;

  constructor(host: LimitsHost) {
    this.#host = host;
  }

  /** Whether the visitor is warned that the call will end because nothing happens. */
  get isIdleNear(): boolean {
    return this.#isIdleNear;
  }

  /** The call is ready. The time that the visitor took to allow the microphone does not count. */
  begin(): void {
    this.#readyAt = performance.now();
    this.reset();
    repeatUntilAborted(this.#host.signal, CHECK_INTERVAL, () => this.#check());
  }

  /**
   * Starts the idle limit anew, because something was measured: sound, words, typing, a tool at work. That somebody is
   * said to speak is not enough: only an event of the service would end that, and the event may never come.
   */
  reset(): void {
    this.#activeAt = performance.now();
    if (!this.#isIdleNear) return;
    this.#isIdleNear = false;
    this.#host.record.changed();
  }

  /** Whether the call reaches its longest duration within `seconds`. */
  endsWithin(seconds: number): boolean {
    const maxDuration = this.#maxDuration;
    return maxDuration > 0 && secondsLeft(maxDuration, this.#readyAt) <= seconds;
  }

  get #maxDuration(): number {
    return limitOf(this.#host.options.maxDuration, MAX_DURATION);
  }

  #check(): void {
    const idleTimeout = limitOf(this.#host.options.idleTimeout, IDLE_TIMEOUT);
    const isOver =
      this.#apply('idle', idleTimeout, this.#activeAt, 'Nobody speaks or types.') ||
      this.#apply('max-duration', this.#maxDuration, this.#readyAt, 'The call reaches max-duration.');
    if (isOver) this.#host.end(isOver);
  }

  /** Warns when a limit is near. Returns its name when it is reached. */
  #apply<Code extends 'idle' | 'max-duration'>(
    code: Code,
    limit: number,
    since: number,
    message: string,
  ): Code | undefined {
    const left = secondsLeft(limit, since);
    if (limit === 0 || left > Math.min(WARNING, limit - 1)) return undefined;
    if (left <= 0) return code;
    if (code === 'idle') this.#isIdleNear = true;
    this.#host.warn(code, message, Math.ceil(left));
    return undefined;
  }
}

/** What is no duration means the default: a mistake in a page must not make a call endless. */
function limitOf(seconds: number | undefined, initial: number): number {
  return typeof seconds === 'number' && seconds >= 0 ? seconds : initial;
}

function secondsLeft(limit: number, since: number): number {
  return limit - (performance.now() - since) / 1000;
}
