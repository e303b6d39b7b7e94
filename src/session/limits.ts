import type { EndReason, WarningDetail } from './events.js';

/** How often the limits are looked at, in milliseconds; warnings count down in these steps. */
const EVERY = 1000;
/** How long before the end the visitor is warned, in seconds. */
const WARNING = 15;

/** The default of `idleTimeout`, in seconds. */
const IDLE_TIMEOUT = 180;

export interface LimitsHost {
  /** In seconds; 0 = none. */
  limits(): { readonly idleTimeout?: number; readonly maxDuration?: number };
  /** Whether anything goes on: either side is speaking, an answer is on its way, or a tool runs. */
  active(): boolean;
  warn(warning: WarningDetail): void;
  end(reason: EndReason): void;
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
    if (host.active()) this.touch();
    const { idleTimeout = IDLE_TIMEOUT, maxDuration = 0 } = host.limits();
    const limits = [
      { code: 'idle', message: 'Nobody has spoken or typed for a while.', left: left(idleTimeout, this.#activeAt) },
      { code: 'max-duration', message: 'The call has reached its longest duration.', left: left(maxDuration, this.#startedAt) },
    ] as const;
    for (const { code, message, left } of limits) {
      if (left <= 0) return host.end(code);
      if (left <= WARNING) host.warn({ code, message, secondsLeft: Math.ceil(left) });
    }
  }
}

function left(limit: number, since: number): number {
  return limit > 0 ? limit - (performance.now() - since) / 1000 : Infinity;
}
