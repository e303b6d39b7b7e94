import { asVoiceError, VoiceError, type VoiceErrorCode } from '../../errors.js';
import type { Link } from '../connection/connection.js';
import { repeatUntilAborted, within } from '../deadline.js';
import { VoiceReconnectEvent, type EndReason } from '../events.js';
import { patience } from './retry-delay.js';
import type { Recorder } from '../record/call-record.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** A connection interrupted for so long is shown to the visitor; in milliseconds. */
const SHOWN_AFTER = 1_000;
/** It often heals by itself; after so long a new one is quicker. */
const HEALS_WITHIN = 10_000;
/** Waits before each try, in milliseconds; the network may need a moment, the service must not be flooded. */
const DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000];
const JITTER = 300;
/** After so long without success the visitor decides; time known to be spent offline does not count. */
const GIVES_UP_AFTER = 30_000;
/** The longest session of the service, where it tells no end. */
const LONGEST_SESSION = 60 * 60_000;
/** Roll-over: how long before the session's end a quiet moment is looked for, or a tenth of it if that is less. */
const ROLL_OVER_BEFORE = 5 * 60_000;
/** Every how often; and how long to wait if it was quiet no longer when the next session was there. */
const LOOK_EVERY = 1_000;
const LOOK_AGAIN_AFTER = 10_000;

/** What recovery needs of the call. */
export interface RecoveryHost {
  readonly options: VoiceSessionOptions;
  readonly record: Recorder;
  readonly signal: AbortSignal;
  /** Whether nobody would notice a change of connection now. */
  readonly quiet: boolean;
  /** The old connection is of no use any more: ends it, and what was unfinished in it. */
  sever(): void;
  /**
   * Puts a new connection, that knows the conversation, in the place of the old one, which goes on until then.
   * Rejects if the moment must be quiet and is not. Resolves to the number of entries that it was told.
   */
  join(quietly: boolean): Promise<number>;
  end(reason: EndReason, error: VoiceError): void;
}

/** Keeps the conversation going when its connection does not. */
export class Recovery {
  readonly #host: RecoveryHost;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #joining: Promise<number> | undefined;
  #reconnecting = false;
  /** The connection that takes over is lost already. */
  #lost = false;
  /** When a quiet moment is looked for, and when any moment will do; ms since the epoch. */
  #rollOverFrom = Infinity;
  #rollOverBy = Infinity;

  constructor(host: RecoveryHost) {
    this.#host = host;
    repeatUntilAborted(host.signal, LOOK_EVERY, () => void this.#rollOver());
  }

  /** A session has opened; when the service will end it, in ms since the epoch. */
  opened(expiresAt = 0): void {
    // An end that is over by the visitor's clock is told by another clock.
    if (expiresAt <= Date.now()) expiresAt = Date.now() + LONGEST_SESSION;
    const before = Math.min(ROLL_OVER_BEFORE, (expiresAt - Date.now()) / 10);
    this.#rollOverFrom = expiresAt - before;
    this.#rollOverBy = expiresAt - before / 10;
  }

  /** `code` is what a loss is called where it is final. */
  link(link: Link, code: VoiceErrorCode): void {
    this.close();
    if (link === 'up') this.#host.record.write({ type: 'healed' });
    else if (link === 'lost') void this.#reconnect(code);
    else {
      this.#timers = [
        setTimeout(() => this.#host.record.write({ type: 'disconnected' }), SHOWN_AFTER),
        setTimeout(() => void this.#reconnect(code), HEALS_WITHIN),
      ];
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Makes the next session before the service ends this one, at a moment when nobody would notice. */
  async #rollOver(): Promise<void> {
    const { quiet, options } = this.#host;
    const by = this.#rollOverBy;
    const latest = Date.now() > by;
    if (
      this.#joining ||
      this.#reconnecting ||
      options.noReconnect ||
      Date.now() <= this.#rollOverFrom ||
      !(latest || quiet)
    )
      return;
    try {
      await this.#join(!latest);
    } catch (error) {
      const { retriable, retryAfterMs = 0 } = asVoiceError(error);
      // The session that was announced is not used. If this fails until the end, that is met like any other loss.
      this.#rollOverFrom = retriable ? Date.now() + Math.max(LOOK_AGAIN_AFTER, retryAfterMs) : Infinity;
      this.#rollOverBy = by;
    }
  }

  /** One at a time: a loss during a roll-over waits for the session that is on its way. */
  #join(quietly: boolean): Promise<number> {
    return (this.#joining ??= this.#host
      .join(quietly)
      .then((told) => {
        // What the old connection suffered is no concern of the new one.
        this.close();
        if (!this.#lost) this.#host.record.write({ type: 'healed' });
        return told;
      })
      .finally(() => (this.#joining = undefined)));
  }

  async #reconnect(code: VoiceErrorCode): Promise<void> {
    this.close();
    if (this.#reconnecting) {
      this.#lost = true;
      return;
    }
    this.#reconnecting = true;
    const { record, options, signal } = this.#host;
    const since = performance.now();
    try {
      if (options.noReconnect) throw new VoiceError(code, 'The connection was lost; no-reconnect is set.');
      this.#host.sever();
      const { attempt, resumedEntries } = await this.#untilJoined();
      record.target.dispatchEvent(
        new VoiceReconnectEvent({ attempt, resumedEntries, durationMs: performance.now() - since }),
      );
    } catch (error) {
      if (!signal.aborted) this.#host.end('error', asVoiceError(error));
    }
    this.#reconnecting = false;
  }

  async #untilJoined(): Promise<{ attempt: number; resumedEntries: number }> {
    const { signal } = this.#host;
    let spent = 0;
    let asked = 0;
    let last: VoiceError | undefined;
    for (const [index, delay] of DELAYS.entries()) {
      let since = performance.now();
      const wait = Math.min(Math.max(delay && delay + Math.random() * JITTER, asked), GIVES_UP_AFTER - spent);
      await patience(wait, signal, Math.min(asked, wait));
      spent += Math.min(performance.now() - since, wait);
      if (spent >= GIVES_UP_AFTER) break;
      since = performance.now();
      this.#lost = false;
      try {
        const hung = () => new VoiceError('connection-failed', 'The new connection took too long.', { cause: last });
        const resumedEntries = await within(GIVES_UP_AFTER - spent, signal, hung, () => this.#join(false));
        if (!this.#lost) return { attempt: index + 1, resumedEntries };
        throw new VoiceError('connection-failed', 'The new connection was lost.');
      } catch (error) {
        signal.throwIfAborted();
        last = asVoiceError(error);
        if (!last.retriable) throw last;
        asked = last.retryAfterMs ?? 0;
      }
      spent += performance.now() - since;
    }
    throw new VoiceError('connection-lost', `The connection was lost: ${last?.message}`, { cause: last });
  }
}
