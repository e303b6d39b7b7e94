import { asVoiceError } from '../../errors.js';
import type { Connection } from '../connection/connection.js';
import { repeatUntilAborted } from '../deadline.js';
import type { CallRecord } from '../record/call-record.js';
import type { VoiceSessionOptions } from '../session-options.js';
import type { Takeover } from './takeover.js';
import type { Attempt } from './redial.js';

// All times are in milliseconds.
/** The longest session of the service, which is assumed if the service does not name the end. */
const MAX_SESSION = 60 * 60_000;
/** How long before the session's end the roll-over begins, or a tenth of the session if that is less. */
const ROLL_OVER_BEFORE = 5 * 60_000;
/** How often it is checked whether the call is quiet enough for a roll-over. */
const CHECK_INTERVAL = 1_000;
/** The delay after a roll-over that failed, for instance because somebody spoke. */
const ROLL_OVER_DELAY = 10_000;
/** The calls of the budget that are kept for a lost connection while a roll-over is not urgent. */
const RESERVED_CALLS = 6;

/** What a roll-over needs of the call. */
export interface RollOverHost {
  readonly options: VoiceSessionOptions;
  readonly record: CallRecord;
  readonly signal: AbortSignal;
  /** Whether nobody would notice a change of connection now. */
  readonly quiet: boolean;
  readonly takeover: Pick<Takeover, 'dial' | 'takeOver'>;
}

/** What a roll-over needs of the recovery. */
export interface RollOverListener {
  /** Whether a lost connection is being replaced, which takes precedence. */
  readonly isReconnecting: boolean;
  /** The next connection has taken over, and works. */
  restored(): void;
}

/** Moves to a new session before the service ends this one, at a moment when nobody notices. */
export class RollOver {
  readonly #host: RollOverHost;
  readonly #listener: RollOverListener;
  #attempt: Attempt<Connection> | undefined;
  /** From when a quiet moment is looked for, and after when any moment will do; in ms since the epoch. */
  #from = Infinity;
  #by = Infinity;

  constructor(host: RollOverHost, listener: RollOverListener) {
    this.#host = host;
    this.#listener = listener;
    repeatUntilAborted(host.signal, CHECK_INTERVAL, () => void this.#check());
  }

  /** The attempt under way, which a reconnection adopts. */
  get attempt(): Attempt<Connection> | undefined {
    return this.#attempt;
  }

  /** The call has another session. `expiresAt` is when the service will end it, in ms since the epoch. */
  sessionOpened(expiresAt: number): void {
    // If that is in the past, the visitor's clock is wrong.
    const end = expiresAt > Date.now() ? expiresAt : Date.now() + MAX_SESSION;
    const before = Math.min(ROLL_OVER_BEFORE, (end - Date.now()) / 10);
    this.#from = end - before;
    this.#by = end - before / 10;
  }

  close(): void {
    this.#attempt?.connection.close();
  }

  async #check(): Promise<void> {
    const { quiet, options, record } = this.#host;
    const isBusy = this.#attempt !== undefined || this.#listener.isReconnecting;
    const isDue = Date.now() > this.#from;
    const isUrgent = Date.now() > this.#by;
    const isAffordable = record.callBudget.left > (isUrgent ? 0 : RESERVED_CALLS);
    if (isBusy || options.noReconnect || !isDue || !(quiet || isUrgent) || !isAffordable) return;
    try {
      await this.#run(!isUrgent);
    } catch (error) {
      const { retriable, retryAfterMs = 0 } = asVoiceError(error);
      // A roll-over that never succeeds ends like any other loss.
      this.#from = retriable ? Date.now() + Math.max(ROLL_OVER_DELAY, retryAfterMs) : Infinity;
    }
  }

  async #run(onlyWhileQuiet: boolean): Promise<void> {
    const { record, takeover, signal } = this.#host;
    const attempt = (this.#attempt = takeover.dial());
    record.callBudget.spend();
    try {
      await attempt.ready;
      // The connection was lost meanwhile: the reconnection has adopted this attempt.
      if (this.#listener.isReconnecting || signal.aborted) return;
      if (onlyWhileQuiet && !this.#host.quiet && record.state.phase === 'live') {
        attempt.connection.close();
        throw new Error('Somebody speaks.');
      }
      // If it is lost from now on, a reconnection needs another one.
      this.#attempt = undefined;
      await takeover.takeOver(attempt.connection, onlyWhileQuiet);
      if (!this.#listener.isReconnecting) this.#listener.restored();
    } finally {
      this.#attempt = undefined;
    }
  }
}
