import { asVoiceError, VoiceError, type VoiceErrorCode } from '../../errors.js';
import type { LinkState } from '../connection/connection.js';
import { repeatUntilAborted, within } from '../deadline.js';
import { VoiceReconnectEvent, type EndReason } from '../events.js';
import type { CallRecord } from '../record/call-record.js';
import type { VoiceSessionOptions } from '../session-options.js';
import type { Handover } from './handover.js';
import { retryDelay } from './retry-delay.js';

// All times are in milliseconds.
/** An interruption is shown to the visitor after this time. */
const SHOWN_AFTER = 1_000;
/** Most interruptions end by themselves. After this time a new connection is quicker. */
const REPLACED_AFTER = 10_000;
/** The delay before each try. The network may need a moment, and the service must not be flooded. */
const RETRY_DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000];
/** The most that chance adds to a delay. */
const JITTER = 300;
/** After this time without success the call fails. Time that is known to be spent offline does not count. */
const GIVE_UP_AFTER = 30_000;
/** The longest session of the service, which is assumed if the service does not name the end. */
const MAX_SESSION = 60 * 60_000;
/** How long before the session's end the roll-over begins, or a tenth of the session if that is less. */
const ROLL_OVER_BEFORE = 5 * 60_000;
/** How often it is checked whether the call is quiet enough for a roll-over. */
const CHECK_INTERVAL = 1_000;
/** The delay after a roll-over that failed, for instance because somebody spoke. */
const ROLL_OVER_DELAY = 10_000;

/** What recovery needs of the call. */
export interface RecoveryHost {
  readonly options: VoiceSessionOptions;
  readonly record: CallRecord;
  readonly signal: AbortSignal;
  /** Whether nobody would notice a change of connection now. */
  readonly quiet: boolean;
  readonly handover: Pick<Handover, 'drop' | 'replace'>;
  end(reason: EndReason, error: VoiceError): void;
}

/**
 * Keeps the conversation going when its connection does not: replaces a connection that is lost, and the session
 * before the service ends it (roll-over).
 */
export class Recovery {
  readonly #host: RecoveryHost;
  /** Those of an interruption that may end by itself. */
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** The replacement under way. */
  #replacing: Promise<number> | undefined;
  #isReconnecting = false;
  /** Whether the connection that takes over is lost already. */
  #isReplacementLost = false;
  /** From when a quiet moment is looked for, and after when any moment will do; in ms since the epoch. */
  #rollOverFrom = Infinity;
  #rollOverBy = Infinity;

  constructor(host: RecoveryHost) {
    this.#host = host;
    repeatUntilAborted(host.signal, CHECK_INTERVAL, () => void this.#rollOver());
  }

  /** A session has opened. `expiresAt` is when the service will end it, in ms since the epoch. */
  sessionOpened(expiresAt = 0): void {
    // If that is in the past, the visitor's clock is wrong.
    const end = expiresAt > Date.now() ? expiresAt : Date.now() + MAX_SESSION;
    const before = Math.min(ROLL_OVER_BEFORE, (end - Date.now()) / 10);
    this.#rollOverFrom = end - before;
    this.#rollOverBy = end - before / 10;
  }

  /** The link of the present connection has changed. `code` names the loss if the call may not reconnect. */
  linkChanged(state: LinkState, code: VoiceErrorCode): void {
    this.close();
    switch (state) {
      case 'up':
        return this.#host.record.write({ type: 'reconnected' });
      case 'lost':
        return void this.#reconnect(code);
      case 'interrupted':
        this.#timers = [
          setTimeout(() => this.#host.record.write({ type: 'disconnected' }), SHOWN_AFTER),
          setTimeout(() => void this.#reconnect(code), REPLACED_AFTER),
        ];
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Moves to a new session before the service ends this one, at a moment when nobody notices. */
  async #rollOver(): Promise<void> {
    const { quiet, options } = this.#host;
    const isBusy = this.#replacing !== undefined || this.#isReconnecting;
    const isDue = Date.now() > this.#rollOverFrom;
    const deadline = this.#rollOverBy;
    const isUrgent = Date.now() > deadline;
    if (isBusy || options.noReconnect || !isDue || !(quiet || isUrgent)) return;
    try {
      await this.#replace(!isUrgent);
    } catch (error) {
      const { retriable, retryAfterMs = 0 } = asVoiceError(error);
      // The session that was announced is not used. A roll-over that never succeeds ends like any other loss.
      this.#rollOverFrom = retriable ? Date.now() + Math.max(ROLL_OVER_DELAY, retryAfterMs) : Infinity;
      this.#rollOverBy = deadline;
    }
  }

  /** There is one replacement at a time: a loss during a roll-over waits for the session that is on its way. */
  #replace(onlyWhileQuiet: boolean): Promise<number> {
    return (this.#replacing ??= this.#host.handover
      .replace(onlyWhileQuiet)
      .then((resumedEntries) => {
        // An interruption of the old connection does not concern the new one.
        this.close();
        if (!this.#isReplacementLost) this.#host.record.write({ type: 'reconnected' });
        return resumedEntries;
      })
      .finally(() => (this.#replacing = undefined)));
  }

  async #reconnect(code: VoiceErrorCode): Promise<void> {
    this.close();
    if (this.#isReconnecting) {
      this.#isReplacementLost = true;
      return;
    }
    this.#isReconnecting = true;
    const { record, options, signal } = this.#host;
    const lostAt = performance.now();
    try {
      if (options.noReconnect) throw new VoiceError(code, 'The connection was lost, and no-reconnect is set.');
      this.#host.handover.drop();
      const { attempt, resumedEntries } = await this.#retry();
      const durationMs = performance.now() - lostAt;
      record.target.dispatchEvent(new VoiceReconnectEvent({ attempt, resumedEntries, durationMs }));
    } catch (error) {
      if (!signal.aborted) this.#host.end('error', asVoiceError(error));
    }
    this.#isReconnecting = false;
  }

  /** Tries to replace the connection until it succeeds, or until another try makes no sense. */
  async #retry(): Promise<{ attempt: number; resumedEntries: number }> {
    const { signal } = this.#host;
    let spent = 0;
    let lastError: VoiceError | undefined;
    for (let attempt = 1; attempt <= RETRY_DELAYS.length; attempt++) {
      const minDelay = RETRY_DELAYS[attempt - 1]!;
      const left = GIVE_UP_AFTER - spent;
      const retryAfter = lastError?.retryAfterMs ?? 0;
      const jittered = minDelay && minDelay + Math.random() * JITTER;
      const delay = Math.min(Math.max(jittered, retryAfter), left);
      const waitedFrom = performance.now();
      await retryDelay(delay, signal, Math.min(retryAfter, delay));
      spent += Math.min(performance.now() - waitedFrom, delay);
      if (spent >= GIVE_UP_AFTER) break;
      const triedAt = performance.now();
      try {
        return { attempt, resumedEntries: await this.#tryOnce(GIVE_UP_AFTER - spent, lastError) };
      } catch (error) {
        signal.throwIfAborted();
        lastError = asVoiceError(error);
        if (!lastError.retriable) throw lastError;
      }
      spent += performance.now() - triedAt;
    }
    throw new VoiceError('connection-lost', `The connection was lost: ${lastError?.message}`, { cause: lastError });
  }

  async #tryOnce(ms: number, lastError: VoiceError | undefined): Promise<number> {
    this.#isReplacementLost = false;
    const expired = () =>
      new VoiceError('connection-failed', 'The new connection took too long.', { cause: lastError });
    const resumedEntries = await within(ms, this.#host.signal, expired, () => this.#replace(false));
    if (this.#isReplacementLost) throw new VoiceError('connection-failed', 'The new connection was lost.');
    return resumedEntries;
  }
}
