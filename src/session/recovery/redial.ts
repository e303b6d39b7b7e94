import { asVoiceError, VoiceError } from '../../errors.js';
import { within } from '../deadline.js';
import type { CallBudget } from '../record/call-budget.js';
import { retryDelay } from './retry-delay.js';

// All times are in milliseconds.
/** The delay before each try. The network may need a moment, and the service must not be flooded. */
const RETRY_DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000];
/** The most that chance adds to a delay. */
const JITTER = 300;
/** After this time without success the call fails. Time that is known to be spent offline does not count. */
const GIVE_UP_AFTER = 30_000;
/** In an outage, requests hang. After this time without an answer another attempt is made beside the first. */
const HEDGE_AFTER = 2_000;
const MAX_OPEN = 2;

/** One attempt to open a new connection. */
export interface Attempt<Connection> {
  /** Whether the offer has been answered. What is missing then is the media connection, which tries by itself. */
  readonly isAnswered: boolean;
  readonly ready: Promise<Connection>;
  /** Gives it up. A connection that is ready already is closed. */
  abort(): void;
}

/** What redialling needs of the recovery. */
export interface RedialHost<Connection> {
  readonly budget: CallBudget;
  dial(): Attempt<Connection>;
}

export interface Redialled<Connection> {
  readonly connection: Connection;
  /** How many attempts were made. */
  readonly attempts: number;
}

interface Open<Connection> {
  readonly attempt: Attempt<Connection>;
  readonly startedAt: number;
  /** Never rejects. */
  readonly outcome: Promise<Outcome<Connection>>;
}

type Outcome<Connection> =
  | { readonly open: Open<Connection>; readonly connection: Connection }
  | { readonly open: Open<Connection>; readonly error: VoiceError };

/**
 * Dials until a new connection is ready. Its tries and its time are a budget, which outlives one recovery: only a
 * connection that was stable for a while fills it again.
 */
export class Redial<Connection> {
  readonly #host: RedialHost<Connection>;
  #tries = 0;
  /** Time without a connection, in milliseconds. */
  #spent = 0;

  constructor(host: RedialHost<Connection>) {
    this.#host = host;
  }

  refill(): void {
    this.#tries = this.#spent = 0;
  }

  /**
   * `begun` is an attempt that is under way already. At most two attempts are open at a time, and the first one that
   * is ready wins. The older one is left its time: an endpoint may be slow. The newer one is replaced while nothing
   * answers, so that one is always young enough to meet a network that comes back.
   * @throws {VoiceError} what another try cannot cure, or `connection-lost`
   */
  async run(signal: AbortSignal, begun?: Attempt<Connection>): Promise<Redialled<Connection>> {
    const open: Open<Connection>[] = begun ? [opened(begun)] : [];
    let attempts = open.length;
    let last: VoiceError | undefined;
    let notBefore = 0;
    try {
      for (;;) {
        const next = await this.#next(open, notBefore, signal, last);
        if (next === undefined) {
          // The place is needed: this one has had its two seconds.
          if (open.length === MAX_OPEN) open.pop()!.attempt.abort();
          if (open.length === 0) this.#tries += 1;
          open.push(opened(this.#host.dial()));
          this.#host.budget.spend();
          attempts += 1;
          continue;
        }
        open.splice(open.indexOf(next.open), 1);
        if ('connection' in next) return { connection: next.connection, attempts };
        last = next.error;
        if (!last.retriable) throw last;
        notBefore = performance.now() + (last.retryAfterMs ?? 0);
      }
    } finally {
      for (const { attempt } of open) attempt.abort();
    }
  }

  /** What comes first: the outcome of an open attempt, or undefined when it is time for another attempt. */
  async #next(
    open: readonly Open<Connection>[],
    notBefore: number,
    signal: AbortSignal,
    last: VoiceError | undefined,
  ): Promise<Outcome<Connection> | undefined> {
    const isNoneOpen = open.length === 0;
    const left = GIVE_UP_AFTER - this.#spent;
    const lost = () => new VoiceError('connection-lost', `The connection was lost: ${last?.message}`, { cause: last });
    const hasTries = this.#tries < RETRY_DELAYS.length && this.#host.budget.left > 0;
    if (left <= 0 || (isNoneOpen && !hasTries)) throw lost();
    const now = performance.now();
    const due = isNoneOpen ? now + this.#delay() : open.at(-1)!.startedAt + HEDGE_AFTER;
    const delay = Math.min(Math.max(due, notBefore) - now, left);
    const atLeast = Math.min(notBefore - now, delay);
    if (isNoneOpen) {
      await retryDelay(delay, signal, atLeast);
      this.#spent += Math.min(performance.now() - now, delay);
      if (this.#spent >= GIVE_UP_AFTER) throw lost();
      return undefined;
    }
    const over = new AbortController();
    try {
      return await within(left, signal, lost, () => {
        const outcomes = open.map(({ outcome }) => outcome);
        return Promise.race([...outcomes, this.#hedge(open, delay, atLeast, over.signal)]);
      });
    } finally {
      over.abort();
      this.#spent += performance.now() - now;
    }
  }

  /** Resolves when an attempt beside the open ones makes sense, which may be never. */
  async #hedge(
    open: readonly Open<Connection>[],
    delay: number,
    atLeast: number,
    over: AbortSignal,
  ): Promise<undefined> {
    await retryDelay(delay, over, atLeast);
    const isAnswered = open.some(({ attempt }) => attempt.isAnswered);
    if (isAnswered || this.#host.budget.left === 0) await new Promise<never>(() => {});
    return undefined;
  }

  #delay(): number {
    const delay = RETRY_DELAYS[this.#tries]!;
    return delay && delay + Math.random() * JITTER;
  }
}

function opened<Connection>(attempt: Attempt<Connection>): Open<Connection> {
  const open: Open<Connection> = {
    attempt,
    startedAt: performance.now(),
    outcome: attempt.ready.then(
      (connection) => ({ open, connection }),
      (cause) => ({ open, error: asVoiceError(cause) }),
    ),
  };
  return open;
}
