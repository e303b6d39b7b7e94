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
  warn(code: VoiceWarningCode, message: string, secondsLeft: number): void;
  retract(code: VoiceWarningCode): void;
  end(reason: EndReason): void;
}

/** Ends a call that nobody uses, or that has reached its longest duration. The visitor is warned before. */
export class Limits {
  readonly #host: LimitsHost;
  /** As `performance.now()` has it. */
  #readyAt = Infinity;
  #activeAt = Infinity;

  constructor(host: LimitsHost) {
    this.#host = host;
  }

  /** The call is ready. The time that the visitor took to allow the microphone does not count. */
  begin(): void {
    this.#readyAt = performance.now();
    this.reset();
    repeatUntilAborted(this.#host.signal, CHECK_INTERVAL, () => this.#check());
  }

  /**
   * Restarts the idle limit because of measured activity: sound, words, typing, a tool at work. The state `speaking` is
   * not enough, because only an event of the service ends it, and that event may never come.
   */
  reset(): void {
    this.#activeAt = performance.now();
    this.#host.retract('idle');
  }

  #check(): void {
    const { idleTimeout, maxDuration } = this.#host.options;
    const isOver =
      this.#apply('idle', limitOf(idleTimeout, IDLE_TIMEOUT), this.#activeAt, 'Nobody speaks or types.') ||
      this.#apply('max-duration', limitOf(maxDuration, MAX_DURATION), this.#readyAt, 'The call reaches max-duration.');
    if (isOver) this.#host.end(isOver);
  }

  /** Warns when a limit is near. Returns its name when it is reached. */
  #apply<Code extends 'idle' | 'max-duration'>(
    code: Code,
    limit: number,
    since: number,
    message: string,
  ): Code | undefined {
    const left = limit - (performance.now() - since) / 1000;
    if (limit === 0 || left > Math.min(WARNING, limit - 1)) return undefined;
    if (left <= 0) return code;
    this.#host.warn(code, message, Math.ceil(left));
    return undefined;
  }
}

/** The default replaces what is not a duration: a mistake in a page must not make a call endless. */
function limitOf(seconds: number | undefined, initial: number): number {
  return typeof seconds === 'number' && seconds >= 0 ? seconds : initial;
}
