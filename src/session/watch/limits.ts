import { repeatUntilAborted } from '../deadline.js';
import type { EndReason, VoiceWarningCode } from '../events.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** How often the limits are looked at, in milliseconds; warnings count down in these steps. */
const EVERY = 1000;
/** How long before the end the visitor is warned, in seconds. */
const WARNING = 15;

/** The default of `idleTimeout`, in seconds. */
const IDLE_TIMEOUT = 180;

/** What the limits need of the call. */
export interface LimitsHost {
  readonly options: VoiceSessionOptions;
  readonly signal: AbortSignal;
  /** Whether nothing goes on: nobody speaks, no answer is on its way and no tool runs. */
  readonly quiet: boolean;
  warn(code: VoiceWarningCode, message: string, secondsLeft: number): void;
  end(reason: EndReason): void;
}

/** Ends a call that nobody uses, or that has lasted as long as the page allows, with a warning beforehand. */
export class Limits {
  readonly #host: LimitsHost;
  #readyAt = 0;
  #activeAt = 0;

  constructor(host: LimitsHost) {
    this.#host = host;
  }

  /** The call is ready: how long the visitor took to allow the microphone does not count. */
  begin(): void {
    this.#readyAt = performance.now();
    this.touch();
    repeatUntilAborted(this.#host.signal, EVERY, () => this.#check(this.#host));
  }

  /** The visitor did something that only they can do: typed, or said that they are still there. */
  touch(): void {
    this.#activeAt = performance.now();
  }

  #check(host: LimitsHost): void {
    if (!host.quiet) this.touch();
    const { idleTimeout = IDLE_TIMEOUT, maxDuration = 0 } = host.options;
    const limits = [
      ['idle', idleTimeout, this.#activeAt, 'Nobody speaks or types.'],
      ['max-duration', maxDuration, this.#readyAt, 'The call reaches max-duration.'],
    ] as const;
    for (const [code, limit, since, message] of limits) {
      const left = limit - (performance.now() - since) / 1000;
      if (!(limit > 0) || left > Math.min(WARNING, limit - 1)) continue;
      if (left <= 0) return host.end(code);
      host.warn(code, message, Math.ceil(left));
    }
  }
}
