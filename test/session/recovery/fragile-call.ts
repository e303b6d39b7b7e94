import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mock } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import type { Connection } from '../../../src/session/connection/connection.js';
import type { Attempt } from '../../../src/session/recovery/redial.js';
import { Recovery, type RecoveryHost } from '../../../src/session/recovery/recovery.js';
import type { EndReason, VoiceReconnectEvent } from '../../../src/session/events.js';
import { voiceState } from '../../../src/session/record/session-state.js';
import type { VoiceState } from '../../../src/session/voice-state.js';
import { placed, said } from '../../protocol/conversation.js';
import { Clock } from '../../protocol/clock.js';
import { PageAround } from './page-around.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
/** What is waited before each try at most; the first is made at once. */
export const DELAYS = [0, 300, 1_200, 2_700, 4_800, 7_000];

export const UNREACHABLE = new VoiceError('token-failed', 'The token endpoint could not be reached.');
export const failing = (times: number, error: Error = UNREACHABLE): Error[] => Array<Error>(times).fill(error);

interface Try {
  /** In ms since the call became ready. */
  readonly at: number;
}

/** A call whose connections are made of time alone: each try takes as long, and ends, as the test says. */
export class FragileCall implements RecoveryHost {
  readonly clock = new Clock();
  readonly page = new PageAround();
  readonly options: { noReconnect?: boolean } = {};
  readonly record = new CallRecord(new EventTarget());
  readonly tries: Try[] = [];
  /** When new connections took the place of old ones. */
  readonly swaps: { readonly at: number; readonly quiet: boolean; readonly unnoticed: boolean }[] = [];
  /** The most tries that were ever under way together. */
  most = 0;
  /** How often the connection was given up. */
  dropped = 0;
  readonly states: VoiceState[] = [];
  readonly reconnects: VoiceReconnectEvent['detail'][] = [];
  readonly ends: { readonly reason: EndReason; readonly error: VoiceError; readonly at: number }[] = [];
  readonly unhandled: unknown[] = [];
  /** How long a try takes. */
  takes = 500;
  /** How the next tries fail; those after them do not. */
  failures: Error[] = [];
  /** How long the service says that a session will last. */
  lifetime: number | undefined;
  /** Whether nobody speaks, by the time since the call became ready. */
  quietAt: (at: number) => boolean = () => true;
  /** Whether a try has the answer to its offer as soon as it begins. */
  isAnswered = true;
  /** What happens between the swap and the end of the try. */
  onSwap = (): void => {};
  readonly recovery: Recovery;
  readonly takeover = this;
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  readonly #since = this.clock.now;
  readonly #onUnhandled = (reason: unknown): void => void this.unhandled.push(reason);
  #underWay = 0;

  /** The first session has opened and both sides have said something. */
  constructor(lifetime?: number) {
    this.lifetime = lifetime;
    const { record } = this;
    for (const type of ['start', 'ready'] as const) record.write({ type });
    record.write(placed('user_1', null, { text: 'Are you open on Sunday?' }));
    record.write(said('answer_1', 'From ten to six.'));
    record.target.addEventListener('voice-state-change', () => this.states.push(this.state));
    record.target.addEventListener('voice-reconnect', (event) =>
      this.reconnects.push((event as VoiceReconnectEvent).detail),
    );
    process.on('unhandledRejection', this.#onUnhandled);
    this.recovery = new Recovery(this);
    this.#announce();
  }

  /** Since the call became ready. */
  get now(): number {
    return this.clock.now - this.#since;
  }

  get quiet(): boolean {
    return this.quietAt(this.now);
  }

  get state(): VoiceState {
    return voiceState(this.record.state);
  }

  /** Timers and listeners that somebody has left behind. */
  get left(): number {
    return this.clock.pending + this.page.listeners + getEventListeners(this.signal, 'abort').length;
  }

  /** Lets time pass until `at`, in ms since the call became ready. */
  until(at: number): Promise<void> {
    return this.clock.elapse(at - this.now);
  }

  drop(): void {
    this.dropped += 1;
    this.record.write({ type: 'connection-dropped' });
  }

  dial(): Attempt<Connection> {
    this.tries.push({ at: this.now });
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    const controller = new AbortController();
    const ready = this.#open(controller.signal).finally(() => (this.#underWay -= 1));
    const connection = { isAnswered: this.isAnswered, close: () => controller.abort(new Error('Given up.')) };
    ready.catch(() => {});
    return { connection: connection as unknown as Connection, ready };
  }

  async takeOver(_: Connection, unnoticed: boolean): Promise<number> {
    if (!unnoticed) this.record.write({ type: 'connection-dropped' });
    this.swaps.push({ at: this.now, quiet: this.quiet, unnoticed });
    this.#announce();
    this.onSwap();
    return this.record.heard.length;
  }

  /** Packets that had stopped come again. */
  packetsComeAgain(): void {
    this.recovery.packetsReceived(0);
    this.recovery.packetsReceived(50);
  }

  end(reason: EndReason, error?: VoiceError): void {
    this.ends.push({ reason, error: error!, at: this.now });
    this.#close();
    this.record.write(error ? { type: 'fail', error } : { type: 'stop' });
  }

  /** As the visitor or the page stops a call. */
  stop(): void {
    this.#close();
    this.record.write({ type: 'stop' });
  }

  /** Gives the time and the globals back. */
  dispose(): void {
    this.stop();
    this.clock.stop();
    this.page.stop();
    process.off('unhandledRejection', this.#onUnhandled);
  }

  #close(): void {
    this.#controller.abort();
    this.recovery.close();
  }

  #announce(): void {
    this.recovery.sessionOpened(this.lifetime === undefined ? undefined : Date.now() + this.lifetime);
  }

  async #open(over: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, this.takes);
      over.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(over.reason as Error);
      });
    });
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

/** One for a test, in which chance is no chance. */
export function fragileCall(): FragileCall {
  mock.method(Math, 'random', () => 0.5);
  return new FragileCall();
}

/** At the end of each test. */
export function assertOrderly(call: FragileCall): void {
  call.dispose();
  mock.restoreAll();
  assert.ok(call.most <= 1, 'two tries were under way together');
  assert.ok(call.ends.length <= 1, 'the call ended twice');
  assert.deepEqual(call.unhandled, []);
}
