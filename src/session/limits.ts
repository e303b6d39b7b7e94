import type { CallListener } from './call.js';
import type { VoiceWarningCode } from './events.js';
import type { VoiceSessionOptions } from './session-options.js';

/** How often the limits are looked at, in milliseconds; warnings count down in these steps. */
const EVERY = 1000;
/** How long before the end the visitor is warned, in seconds. */
const WARNING = 15;

/** The default of `idleTimeout`, in seconds. */
const IDLE_TIMEOUT = 180;

/** What the limits need of the call. */
export interface LimitsHost {
  readonly options: VoiceSessionOptions;
  readonly listener: Pick<CallListener, 'end'>;
  /** Whether nothing goes on: nobody speaks, no answer is on its way and no tool runs. */
  readonly quiet: boolean;
  warn(code: VoiceWarningCode, message: string, secondsLeft: number): void;
}

/** Ends a call that nobody uses, or that has lasted as long as the page allows, with a warning beforehand. */
export class Limits {
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #startedAt = performance.now();
  #activeAt = performance.now();

  constructor(host: LimitsHost) {
    this.#timer = setInterval(() => this.#check(host), EVERY);
  }

  /** The visitor did something that only they can do: typed, or said that they are still there. */
  touch(): void {
    this.#activeAt = performance.now();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #check(host: LimitsHost): void {
    if (!host.quiet) this.touch();
    const { idleTimeout = IDLE_TIMEOUT, maxDuration = 0 } = host.options;
    const limits = [
      { code: 'idle', message: 'Nobody speaks or types.', left: left(idleTimeout, this.#activeAt) },
      { code: 'max-duration', message: 'The call reaches max-duration.', left: left(maxDuration, this.#startedAt) },
    ] as const;
    for (const { code, message, left } of limits) {
      if (left <= 0) return host.listener.end(code);
      if (left <= WARNING) host.warn(code, message, Math.ceil(left));
    }
  }
}

function left(limit: number, since: number): number {
  return limit > 0 ? limit - (performance.now() - since) / 1000 : Infinity;
}
