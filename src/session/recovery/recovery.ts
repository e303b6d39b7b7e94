import { asVoiceError, VoiceError, type VoiceErrorCode } from '../../errors.js';
import type { Connection, LinkState } from '../connection/connection.js';
import { VoiceReconnectEvent, type EndReason } from '../events.js';
import { watchPackets } from './packet-watch.js';
import { Redial } from './redial.js';
import { RollOver, type RollOverHost } from './roll-over.js';

// All times are in milliseconds.
/** An interruption is shown to the visitor after this time. */
const SHOWN_AFTER = 1_000;
/** Most interruptions end by themselves. After this time another connection is tried beside the old one. */
const REPLACED_AFTER = 10_000;
/** Only a connection that was in order for so long fills the budget of tries again. */
const STABLE_AFTER = 60_000;
/** A call that reaches its longest duration within so many seconds is not taken up again. */
const NOT_WORTH_IT = 15;

/** What recovery needs of the call. */
export interface RecoveryHost extends RollOverHost {
  readonly handover: RollOverHost['handover'] & { drop(): void };
  /** How many packets of sound have come in the present connection. */
  packetsReceived(): Promise<number>;
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
  /** Aborts when an interruption is over. */
  #interruption = new AbortController();
  #reconnection: Reconnection | undefined;
  /** As `performance.now()` has it. */
  #stableSince = performance.now();

  constructor(host: RecoveryHost) {
    this.#host = host;
    this.#rollOver = new RollOver(host, this);
    this.#redial = new Redial({ budget: host.record.callBudget, dial: () => host.handover.dial() });
  }

  get isReconnecting(): boolean {
    return this.#reconnection !== undefined;
  }

  /** A session has opened. `expiresAt` is when the service will end it, in ms since the epoch. */
  sessionOpened(expiresAt = 0): void {
    this.#rollOver.sessionOpened(expiresAt);
  }

  /** The link of the present connection has changed. `code` names the loss if the call may not reconnect. */
  linkChanged(state: LinkState, code: VoiceErrorCode): void {
    switch (state) {
      case 'up':
        return this.#inOrder();
      case 'interrupted':
        return this.#interrupted(code);
      case 'lost':
        this.#interruption.abort();
        return void this.#reconnect(code, 'dropped');
      case 'hung-up':
        return this.#host.end('remote');
    }
  }

  /** The next connection has taken over. What the old one suffered does not concern it. */
  rolledOver(): void {
    this.#inOrder();
  }

  close(): void {
    this.#interruption.abort();
    this.#reconnection?.controller.abort();
    this.#rollOver.close();
  }

  /** The present connection is as it should be: tries for another one are given up. */
  #inOrder(): void {
    this.#interruption.abort();
    if (this.#reconnection?.stage === 'keeping') this.#reconnection.controller.abort();
    this.#host.record.write({ type: 'reconnected' });
  }

  #interrupted(code: VoiceErrorCode): void {
    const { record, signal } = this.#host;
    this.#interruption.abort();
    if (signal.aborted || this.#reconnection) return;
    const interruption = (this.#interruption = new AbortController());
    const timers = [
      setTimeout(() => record.write({ type: 'disconnected' }), SHOWN_AFTER),
      setTimeout(() => void this.#reconnect(code, 'keeping'), REPLACED_AFTER),
    ];
    interruption.signal.addEventListener('abort', () => timers.forEach(clearTimeout));
    watchPackets(
      () => this.#host.packetsReceived(),
      interruption.signal,
      () => this.#inOrder(),
    );
  }

  async #reconnect(code: VoiceErrorCode, stage: 'keeping' | 'dropped'): Promise<void> {
    const { record, options, signal, limits, handover } = this.#host;
    if (this.#reconnection) return this.#lostAgain(this.#reconnection, stage);
    if (limits.endsWithin(NOT_WORTH_IT)) return this.#host.end('max-duration');
    const reconnection: Reconnection = (this.#reconnection = { controller: new AbortController(), stage });
    const lostAt = performance.now();
    if (lostAt - this.#stableSince >= STABLE_AFTER) this.#redial.refill();
    try {
      if (options.noReconnect) throw new VoiceError(code, 'The connection was lost, and no-reconnect is set.');
      if (stage === 'dropped') handover.drop();
      const { attempt, resumedEntries } = await this.#replace(reconnection);
      this.#reconnection = undefined;
      this.#inOrder();
      const durationMs = performance.now() - lostAt;
      if (!signal.aborted)
        record.target.dispatchEvent(new VoiceReconnectEvent({ attempt, resumedEntries, durationMs }));
    } catch (cause) {
      const isKept = reconnection.controller.signal.aborted;
      if (signal.aborted || isKept) return;
      const error = asVoiceError(cause);
      if (error.isCallEnded) this.#host.end('remote');
      else this.#host.end('error', error);
    } finally {
      if (this.#reconnection === reconnection) this.#reconnection = undefined;
      this.#stableSince = performance.now();
    }
  }

  /** Dials until a new connection has taken over and is not lost in the same moment. */
  async #replace(reconnection: Reconnection): Promise<{ attempt: number; resumedEntries: number }> {
    const { handover, signal } = this.#host;
    let attempt = 0;
    for (;;) {
      const { connection, attempts } = await this.#redial.run(reconnection.controller.signal, this.#rollOver.attempt);
      attempt += attempts;
      this.#interruption.abort();
      reconnection.stage = 'taking-over';
      const resumedEntries = await handover.takeOver(connection, false);
      signal.throwIfAborted();
      // Another linkChanged() may have come meanwhile.
      if ((reconnection.stage as Reconnection['stage']) !== 'lost-again') return { attempt, resumedEntries };
    }
  }

  #lostAgain(reconnection: Reconnection, stage: 'keeping' | 'dropped'): void {
    if (stage === 'keeping') return;
    if (reconnection.stage === 'keeping') {
      this.#host.handover.drop();
      reconnection.stage = 'dropped';
    } else if (reconnection.stage === 'taking-over') reconnection.stage = 'lost-again';
  }
}
