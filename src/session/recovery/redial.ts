import { asVoiceError, VoiceError } from '../../errors.js';
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

/** What redialling needs to know of a connection. */
interface Dialled {
  /** Whether the offer has been answered. What is missing then is the media connection, which tries by itself. */
  readonly isAnswered: boolean;
  close(): void;
}

/** One attempt to open a new connection. To give it up, close the connection. */
export interface Attempt<Connection> {
  readonly connection: Connection;
  readonly ready: Promise<void>;
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
  readonly connection: Connection;
  readonly startedAt: number;
  /** Never rejects. */
  readonly outcome: Promise<Outcome<Connection>>;
}

interface Outcome<Connection> {
  readonly open: Open<Connection>;
  /** Undefined if the connection is ready. */
  readonly error?: VoiceError;
}

/**
 * Dials until a new connection is ready. Its tries and its time are a budget, which outlives one recovery: only a
 * connection that was stable for a while fills it again.
 */
export class Redial<Connection extends Dialled> {
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
    const { budget, dial } = this.#host;
    const open: Open<Connection>[] = begun ? [opened(begun)] : [];
    let attempts = open.length;
    let last: VoiceError | undefined;
    let notBefore = 0;
    const mayDial = (): boolean =>
      budget.left > 0 &&
      (open.length > 0 ? !open.some(({ connection }) => connection.isAnswered) : this.#tries < RETRY_DELAYS.length);
    try {
      for (;;) {
        signal.throwIfAborted();
        const left = GIVE_UP_AFTER - this.#spent;
        if (left <= 0 || (open.length === 0 && !mayDial()))
          throw new VoiceError('connection-lost', `The connection was lost: ${last?.message}`, { cause: last });
        const now = performance.now();
        const due = open.length > 0 ? open.at(-1)!.startedAt + HEDGE_AFTER : now + this.#delay();
        const delay = Math.min(mayDial() ? Math.max(due, notBefore) - now : left, left);
        const next = await firstOf(open, delay, Math.min(notBefore - now, delay), signal);
        this.#spent += Math.min(performance.now() - now, delay);
        if (next) {
          open.splice(open.indexOf(next.open), 1);
          last = next.error;
          if (!last) return { connection: next.open.connection, attempts };
          if (!last.retriable) throw last;
          notBefore = performance.now() + (last.retryAfterMs ?? 0);
        } else if (mayDial() && this.#spent < GIVE_UP_AFTER) {
          // The place is needed: this one has had its two seconds.
          if (open.length === MAX_OPEN) open.pop()!.connection.close();
          if (open.length === 0) this.#tries += 1;
          open.push(opened(dial()));
          budget.spend();
          attempts += 1;
        }
      }
    } finally {
      for (const { connection } of open) connection.close();
    }
  }

  #delay(): number {
    const delay = RETRY_DELAYS[this.#tries]!;
    return delay && delay + Math.random() * JITTER;
  }
}

function opened<Connection>({ connection, ready }: Attempt<Connection>): Open<Connection> {
  const open: Open<Connection> = {
    connection,
    startedAt: performance.now(),
    outcome: ready.then(
      () => ({ open }),
      (cause) => ({ open, error: asVoiceError(cause) }),
    ),
  };
  return open;
}

/** The first outcome of the open attempts; undefined if none comes before the delay is over. */
async function firstOf<Connection>(
  open: readonly Open<Connection>[],
  delay: number,
  atLeast: number,
  signal: AbortSignal,
): Promise<Outcome<Connection> | undefined> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    const isOver = retryDelay(delay, controller.signal, atLeast).then(() => undefined);
    return await Promise.race([...open.map(({ outcome }) => outcome), isOver]);
  } finally {
    abort();
    signal.removeEventListener('abort', abort);
  }
}
