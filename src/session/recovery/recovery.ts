import { asVoiceError, VoiceError, type VoiceErrorCode } from '../../errors.js';
import { CallEndedError } from '../../transport/http-request.js';
import type { Connection, LinkState } from '../connection/connection.js';
import { VoiceReconnectEvent, type EndReason } from '../events.js';
import { Redial } from './redial.js';
import { RollOver, type RollOverHost } from './roll-over.js';

// All times are in milliseconds.
/** An interruption is shown to the visitor after this time. */
const SHOWN_AFTER = 1_000;
/** Most interruptions end by themselves. After this time another connection is tried beside the old one. */
const REPLACED_AFTER = 10_000;
/** A connection that lasted for so long makes all tries available again. */
const STABLE_AFTER = 60_000;

/** What recovery needs of the call. */
export interface RecoveryHost extends RollOverHost {
  readonly takeover: RollOverHost['takeover'] & { drop(): void };
  end(reason: EndReason, error?: VoiceError): void;
}

/** A reconnection under way. */
interface Reconnection {
  /** Aborts when the call ends, or when the old connection is in order again. */
  readonly controller: AbortController;
  /** `keeping`: the old connection may come back. `taking-over`: the new connection is the present one. */
  stage: 'keeping' | 'dropped' | 'taking-over' | 'lost-again';
}

/**
 * Keeps the conversation going when its connection does not: replaces a connection that is lost, and the session
 * before the service ends it (roll-over).
 */
export class Recovery {
  readonly #host: RecoveryHost;
  readonly #rollOver: RollOver;
  readonly #redial: Redial<Connection>;
  /** Of the present connection. `silent`: interrupted, and its packets have stopped. */
  #link: 'up' | 'interrupted' | 'silent' = 'up';
  /** Those of an interruption that may end by itself. */
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** The packets that the present connection has received. */
  #packets = 0;
  #reconnection: Reconnection | undefined;
  /** As `performance.now()` tells it. */
  #stableSince = performance.now();

  constructor(host: RecoveryHost) {
    this.#host = host;
    this.#rollOver = new RollOver(host, this);
    this.#redial = new Redial({ budget: host.record.callBudget, dial: () => host.takeover.dial() });
  }

  get isReconnecting(): boolean {
    return this.#reconnection !== undefined;
  }

  /** The call has another session. `expiresAt` is when the service will end it, in ms since the epoch. */
  sessionOpened(expiresAt = 0): void {
    this.#rollOver.sessionOpened(expiresAt);
  }

  /** The link of the present connection has changed. `code` names the loss if the call may not reconnect. */
  linkChanged(state: LinkState, code: VoiceErrorCode): void {
    this.#clearTimers();
    switch (state) {
      case 'up':
        return this.restored();
      case 'hung-up':
        return this.#host.end('remote');
      case 'lost':
        this.#link = 'up';
        return void this.#reconnect(code, 'dropped');
      case 'interrupted':
        if (this.#host.signal.aborted || this.#reconnection) return;
        this.#link = 'interrupted';
        this.#timers = [
          setTimeout(() => this.#host.record.write({ type: 'disconnected' }), SHOWN_AFTER),
          setTimeout(() => void this.#reconnect(code, 'keeping'), REPLACED_AFTER),
        ];
    }
  }

  /**
   * Called often with the number of packets received. When packets that had stopped come again, the connection is
   * back. The browser reports that up to five seconds later, after it has also checked the other direction.
   */
  packetsReceived(packets: number): void {
    const haveCome = packets > this.#packets;
    this.#packets = packets;
    if (this.#link === 'silent' && haveCome) this.restored();
    else if (this.#link === 'interrupted' && !haveCome) this.#link = 'silent';
  }

  /** The present connection works, be it the old one or a new one. Tries for another one are given up. */
  restored(): void {
    this.#clearTimers();
    this.#link = 'up';
    if (this.#reconnection?.stage === 'keeping') this.#reconnection.controller.abort();
    this.#host.record.write({ type: 'reconnected' });
  }

  close(): void {
    this.#clearTimers();
    this.#reconnection?.controller.abort();
    this.#rollOver.close();
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #reconnect(code: VoiceErrorCode, stage: 'keeping' | 'dropped'): Promise<void> {
    const { record, options, signal, takeover } = this.#host;
    if (this.#reconnection) return this.#lostAgain(this.#reconnection);
    const reconnection: Reconnection = (this.#reconnection = { controller: new AbortController(), stage });
    const lostAt = performance.now();
    if (lostAt - this.#stableSince >= STABLE_AFTER) this.#redial.refill();
    try {
      if (options.noReconnect) throw new VoiceError(code, 'The connection was lost, and no-reconnect is set.');
      if (stage === 'dropped') takeover.drop();
      const { attempt, resumedEntries } = await this.#replace(reconnection);
      this.#reconnection = undefined;
      this.restored();
      const durationMs = performance.now() - lostAt;
      if (!signal.aborted)
        record.target.dispatchEvent(new VoiceReconnectEvent({ attempt, resumedEntries, durationMs }));
    } catch (error) {
      const isGivenUp = reconnection.controller.signal.aborted;
      if (signal.aborted || isGivenUp) return;
      if (error instanceof CallEndedError) this.#host.end('remote');
      else this.#host.end('error', asVoiceError(error));
    } finally {
      if (this.#reconnection === reconnection) this.#reconnection = undefined;
      this.#stableSince = performance.now();
    }
  }

  /** Dials until a new connection has taken over and is not lost in the same moment. */
  async #replace(reconnection: Reconnection): Promise<{ attempt: number; resumedEntries: number }> {
    const { takeover, signal } = this.#host;
    let attempt = 0;
    for (;;) {
      const { connection, attempts } = await this.#redial.run(reconnection.controller.signal, this.#rollOver.attempt);
      attempt += attempts;
      this.#link = 'up';
      reconnection.stage = 'taking-over';
      const resumedEntries = await takeover.takeOver(connection, false);
      signal.throwIfAborted();
      // Another linkChanged() may have come meanwhile.
      if ((reconnection.stage as Reconnection['stage']) !== 'lost-again') return { attempt, resumedEntries };
    }
  }

  /** Which connection is lost depends on how far the reconnection has come. */
  #lostAgain(reconnection: Reconnection): void {
    if (reconnection.stage === 'keeping') {
      this.#host.takeover.drop();
      reconnection.stage = 'dropped';
    } else if (reconnection.stage === 'taking-over') reconnection.stage = 'lost-again';
  }
}
