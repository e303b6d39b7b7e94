import { asVoiceError, VoiceError } from '../errors.js';
import { repeatUntilAborted } from './deadline.js';
import { VoiceReconnectEvent, type EndReason } from './events.js';
import { patience } from './patience.js';
import type { Recorder } from './recorder.js';
import type { VoiceSessionOptions } from './session-options.js';

/** A connection interrupted for so long is shown to the visitor; in milliseconds. */
const SHOWN_AFTER = 1_000;
/** It often heals by itself; after so long a new one is quicker. */
const HEALS_WITHIN = 10_000;
/** Waits before each try, in milliseconds; the network may need a moment, the service must not be flooded. */
const DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000];
const JITTER = 300;
/** After so long without success the visitor decides; time spent offline does not count. */
const GIVES_UP_AFTER = 30_000;
/** Roll-over: how long before the session's end a quiet moment is looked for, and how often. */
const ROLL_OVER_BEFORE = 5 * 60_000;
const ROLL_OVER_AT_LATEST = 30_000;
const LOOK_EVERY = 1_000;

/** What recovery needs of the call. */
export interface RecoveryHost {
  readonly options: VoiceSessionOptions;
  readonly record: Recorder;
  readonly signal: AbortSignal;
  /** Whether nobody would notice a change of connection now. */
  readonly quiet: boolean;
  /** The old connection is of no use any more: ends it, and what was unfinished in it. */
  sever(): void;
  /** Puts a new connection, that knows the conversation, in the place of the old one; how many entries it was told. */
  join(): Promise<number>;
  end(reason: EndReason, error: VoiceError): void;
}

/** Keeps the conversation going when its connection does not. */
export class Recovery {
  readonly #host: RecoveryHost;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #reconnecting = false;
  /** When the service will end the session, in ms since the epoch. */
  expiresAt = Infinity;

  constructor(host: RecoveryHost) {
    this.#host = host;
    repeatUntilAborted(host.signal, LOOK_EVERY, () => this.#rollOver());
  }

  link(link: 'up' | 'interrupted' | 'lost'): void {
    this.close();
    if (link === 'up') this.#host.record.write({ type: 'healed' });
    else if (link === 'lost') void this.#reconnect();
    else {
      this.#timers = [
        setTimeout(() => this.#host.record.write({ type: 'disconnected' }), SHOWN_AFTER),
        setTimeout(() => void this.#reconnect(), HEALS_WITHIN),
      ];
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Makes the next session before the service ends this one, at a moment when nobody would notice. */
  #rollOver(): void {
    const { quiet, options } = this.#host;
    const left = this.expiresAt - Date.now();
    if (left > (quiet ? ROLL_OVER_BEFORE : ROLL_OVER_AT_LATEST) || this.#reconnecting || options.noReconnect) return;
    this.expiresAt = Infinity;
    // If it fails, the session's end is met like any other loss.
    this.#host.join().catch(() => {});
  }

  async #reconnect(): Promise<void> {
    this.close();
    if (this.#reconnecting) return;
    this.#reconnecting = true;
    const { record, options, signal } = this.#host;
    const since = performance.now();
    try {
      if (options.noReconnect) throw new VoiceError('connection-lost', 'The connection was lost.');
      this.#host.sever();
      const { attempt, resumedEntries } = await this.#untilJoined();
      record.write({ type: 'reconnected' });
      record.target.dispatchEvent(new VoiceReconnectEvent({ attempt, resumedEntries, durationMs: performance.now() - since }));
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
      await patience(Math.max(delay + Math.random() * (delay && JITTER), asked), signal);
      const tried = performance.now();
      try {
        return { attempt: index + 1, resumedEntries: await this.#host.join() };
      } catch (error) {
        signal.throwIfAborted();
        last = asVoiceError(error);
        if (!last.retriable) throw last;
        asked = last.retryAfterMs ?? 0;
      }
      spent += delay + performance.now() - tried;
      if (spent > GIVES_UP_AFTER) break;
    }
    throw new VoiceError('connection-lost', `The connection was lost for good: ${last?.message}`, { cause: last });
  }
}
