import { asVoiceError, VoiceError } from '../errors.js';
import type { CallListener } from './call.js';
import { VoiceReconnectEvent } from './events.js';
import { patience } from './patience.js';
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
  readonly listener: Pick<CallListener, 'input' | 'dispatch' | 'fail'>;
  /** Whether nobody would notice a change of connection now. */
  readonly quiet: boolean;
  /** The old connection is of no use any more: ends it, and what was unfinished in it. */
  sever(): void;
  /** Puts a new connection, that knows the conversation, in the place of the old one; how many entries it was told. */
  join(): Promise<number>;
}

/** Keeps the conversation going when its connection does not. */
export class Recovery {
  readonly #host: RecoveryHost;
  readonly #controller = new AbortController();
  #timers: ReturnType<typeof setTimeout>[] = [];
  #rollOver: ReturnType<typeof setTimeout> | undefined;
  #reconnecting = false;

  constructor(host: RecoveryHost) {
    this.#host = host;
  }

  link(link: 'up' | 'interrupted' | 'lost'): void {
    this.#clearTimers();
    if (link === 'up') this.#host.listener.input({ type: 'healed' });
    else if (link === 'lost') void this.#reconnect();
    else {
      this.#timers = [
        setTimeout(() => this.#host.listener.input({ type: 'disconnected' }), SHOWN_AFTER),
        setTimeout(() => void this.#reconnect(), HEALS_WITHIN),
      ];
    }
  }

  /** When the service will end the session, in ms since the epoch: the next one is made before. */
  expires(at: number | undefined): void {
    clearTimeout(this.#rollOver);
    if (at === undefined || this.#host.options.noReconnect) return;
    const look = () => {
      const left = at - Date.now();
      if (!this.#host.quiet && left > ROLL_OVER_AT_LATEST) this.#rollOver = setTimeout(look, LOOK_EVERY);
      // If it fails, the session's end is met like any other loss.
      else if (!this.#reconnecting) this.#host.join().catch(() => {});
    };
    this.#rollOver = setTimeout(look, Math.max(at - Date.now() - ROLL_OVER_BEFORE, LOOK_EVERY));
  }

  close(): void {
    this.#clearTimers();
    clearTimeout(this.#rollOver);
    this.#controller.abort(new DOMException('The call was stopped.', 'AbortError'));
  }

  async #reconnect(): Promise<void> {
    this.#clearTimers();
    if (this.#reconnecting) return;
    if (this.#host.options.noReconnect) return this.#host.listener.fail(new VoiceError('connection-lost', 'The connection was lost.'));
    this.#reconnecting = true;
    this.#host.sever();
    this.#host.listener.input({ type: 'disconnected' });
    const since = performance.now();
    try {
      const { attempt, resumedEntries } = await this.#untilJoined();
      this.#host.listener.input({ type: 'reconnected' });
      const durationMs = performance.now() - since;
      this.#host.listener.dispatch(new VoiceReconnectEvent({ attempt, resumedEntries, durationMs }));
    } catch (error) {
      if (!this.#controller.signal.aborted) this.#host.listener.fail(asVoiceError(error));
    } finally {
      this.#reconnecting = false;
    }
  }

  async #untilJoined(): Promise<{ attempt: number; resumedEntries: number }> {
    const { signal } = this.#controller;
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

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}
