import { asVoiceError, VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import { keepPresence } from '../transport/page-presence.js';
import { Call } from './call.js';
import { ConnectionAhead, type Readiness } from './connection/connection-ahead.js';
import { VoiceEndEvent, VoiceErrorEvent, VoiceStartEvent, type EndReason } from './events.js';
import { becomeOnlyCall } from './only-call.js';
import { recalledEntries } from './record/recalled.js';
import { SessionFacts } from './session-facts.js';
import type { VoiceSessionOptions } from './session-options.js';
import { checkStart } from './start-check.js';
import type { TranscriptEntry } from './transcript-entry.js';
import { isRunning } from './voice-state.js';

/**
 * A spoken conversation without a user interface. It dispatches the events of `VoiceEventMap`, and an event
 * `change` without detail when any of its properties has changed, except the levels.
 */
export class VoiceSession extends SessionFacts {
  #options: VoiceSessionOptions;
  readonly #ahead = new ConnectionAhead(() => this.record.callBudget.spend());
  #starting: Promise<void> | undefined;
  /** The starts that listeners ask for while a call ends: they begin after its `voice-end`. Undefined otherwise. */
  #startsAfterEnd: (() => void)[] | undefined;
  /** What the next conversation begins with. */
  #recalled: readonly TranscriptEntry[] = [];

  /** `options` can be changed later by `configure()`. */
  constructor(options: VoiceSessionOptions = {}) {
    super();
    this.#options = options;
    this.#recall();
  }

  /** Whether the microphone sends silence: the option `muted`. Setting it is the same as `configure({ muted })`. */
  get muted(): boolean {
    return this.#options.muted ?? false;
  }

  set muted(muted: boolean) {
    this.configure({ muted });
  }

  /**
   * Changes options. In a running call, push-to-talk, muting, devices, volume, tools and limits change at once, and
   * the others with the next connection.
   */
  configure(changes: VoiceSessionOptions): void {
    const { muted } = this;
    const { initialTranscript } = this.#options;
    this.#options = { ...this.#options, ...changes };
    if (this.#options.initialTranscript !== initialTranscript) this.#recall();
    this.#ahead.optionsChanged(this.#options);
    this.call?.configure(this.#options);
    if (this.muted !== muted) this.record.changed();
  }

  /**
   * Starts a call, with the microphone unless `microphone` is false. Call it in the visitor's click. The promise
   * resolves when the call is ready. While a call is starting, the same promise is returned.
   * Rejects with a `VoiceError`, or with an `AbortError` when the start was cancelled or stopped. The browser does
   * not report this rejection as unhandled, because `voice-error` reports the error.
   */
  start({ microphone = true }: { microphone?: boolean } = {}): Promise<void> {
    if (this.#starting) return this.#starting;
    if (this.#running) return Promise.resolve();
    let settle!: (outcome: Promise<void>) => void;
    // Set before the events of the start, whose listeners may call start() again.
    const starting = (this.#starting = new Promise((resolve) => (settle = resolve)));
    starting.catch(() => {});
    const begin = (): void => {
      const started = this.#start(microphone, starting);
      settle(started.finally(() => this.#starting === starting && (this.#starting = undefined)));
    };
    if (this.#startsAfterEnd) this.#startsAfterEnd.push(begin);
    else begin();
    return starting;
  }

  /**
   * Fetches the secret and makes the offer before a likely start, at most once a minute; kept for 60 seconds. With the
   * option `preconnect`, it makes the whole call ready.
   */
  warm(): void {
    this.#advance(this.#options.preconnect ? 'preconnected' : 'prepared');
  }

  /** The visitor presses your start button down: opens the connection that the click will use. */
  press(): void {
    this.warm();
    this.#advance('pressed');
  }

  /** The visitor leaves your start button without a click: what `press()` has opened is hung up. */
  release(): void {
    this.#ahead.release();
  }

  /**
   * Ends the call at once: the state is `idle` when this returns. A `failed` session becomes `idle` too. What was made
   * ahead is hung up.
   */
  stop(reason: EndReason = 'stopped'): void {
    this.#ahead.discard();
    if (this.#running) return this.#end(reason);
    // A start that has not begun is cancelled.
    this.#starting = undefined;
    this.record.write({ type: 'stop' });
  }

  /**
   * Adds the visitor's typed text to the conversation and requests a response. Without a call, one is started first,
   * without the microphone. Rejects as `start()` does, and with `configuration` if the connection carries no such text.
   */
  async sendText(text: string): Promise<void> {
    const trimmed = text.trim();
    if (!trimmed) return;
    if (this.#starting || !this.#running) await this.start({ microphone: false });
    this.call?.sendText(trimmed);
  }

  /** Silences the assistant at once and cancels its response. */
  interrupt(): void {
    this.call?.turns.interrupt();
  }

  /**
   * Turns the microphone on in the running call. If that fails, the call goes on without it: the promise rejects with
   * the `VoiceError` that `voice-error` reports.
   */
  async enableMicrophone(): Promise<void> {
    const call = this.call;
    if (!call || call.microphone.state !== 'off') return;
    try {
      await call.microphone.open();
    } catch (cause) {
      const error = asVoiceError(cause);
      if (this.call === call) this.dispatchEvent(new VoiceErrorEvent({ error }));
      throw error;
    }
  }

  /** Turns the microphone off and frees the device. The call goes on in text. */
  disableMicrophone(): void {
    this.call?.microphone.close();
  }

  /** Push-to-talk: the visitor presses the button. The assistant is interrupted. */
  beginTurn(): void {
    if (this.record.state.phase === 'live') this.call?.turns.begin();
  }

  /** Push-to-talk: the visitor releases the button. A turn shorter than 100 ms is dropped. */
  endTurn(): void {
    this.call?.turns.end();
  }

  /**
   * Sends a client event of the wire protocol, when the channel is open. A `session.update` lasts for the whole call:
   * after a reconnect it is sent to the new session as well.
   * @throws {VoiceError} `configuration` without a call, or if the event is larger than the channel carries
   */
  send(event: WireEvent): void {
    if (!this.call) throw new VoiceError('configuration', 'No call is running: call start() first.');
    this.call.changes.send(event, this.call.connection);
  }

  /** Answers the warning `idle`: `idleTimeout` starts again from 0. */
  stillHere(): void {
    this.call?.limits.reset();
  }

  /** Answers the warnings `no-answer` and `answer-failed`: requests a response once more. */
  askAgain(): void {
    this.call?.askAgain();
  }

  /** Plays the assistant's sound after the warning `playback-blocked`. Call it in a click. */
  resumePlayback(): void {
    this.call?.media.resume();
  }

  /** @internal Deletes what was said until now. A running call goes on, and a failed session becomes `idle`. */
  forget(): void {
    if (this.state === 'failed') this.stop();
    this.#recalled = [];
    this.record.write({ type: 'forget' });
  }

  /** The conversation of a failed call goes on with the next start, so it stays. */
  #recall(): void {
    this.#recalled = recalledEntries(this.#options.initialTranscript);
    if (this.state === 'idle') this.record.write({ type: 'recall', recalled: this.#recalled });
  }

  get #running(): boolean {
    return isRunning(this.state);
  }

  #advance(readiness: Readiness): void {
    if (!this.#running && !this.#options.fault) this.#ahead.advance(this.#options, readiness);
  }

  /** Everything before the first `await` runs in the visitor's click. */
  async #start(microphone: boolean, starting: Promise<void>): Promise<void> {
    // A listener may cancel or stop this start at any event, or may make another one.
    const isWanted = (): boolean => this.#starting === starting;
    if (isWanted() && this.dispatchEvent(new VoiceStartEvent({ microphone })) && isWanted())
      this.record.write({ type: 'start', keep: this.state === 'failed', recalled: this.#recalled });
    if (!isWanted() || !this.#running) {
      this.#ahead.discard();
      throw new DOMException('The start was cancelled.', 'AbortError');
    }
    let call: Call | undefined;
    try {
      checkStart(this.#options);
      const connection = this.#ahead.take(this.#options);
      // Its requests leave before the browser is busy with the sound. The call meets an error of it again.
      connection.prepare().catch(() => {});
      call = this.call = new Call(this.#options, connection, this.record, (...why) => {
        // A call that is over must not end the next one.
        if (this.call === call) this.#end(...why);
      });
      becomeOnlyCall(call.signal, () => this.#end('stopped', undefined, true));
      // Where another call has just ended, a listener may have stopped this one too.
      call.signal.throwIfAborted();
      // After that end, which takes the browser's controls away.
      keepPresence(this, call.signal);
      await call.open(microphone);
    } catch (error) {
      // After stop() there is no call, or another one: then this error is no failure.
      if (this.call === call && this.#running) this.#end('error', asVoiceError(error));
      throw call?.signal.reason ?? error;
    }
  }

  #end(reason: EndReason, error?: VoiceError, elsewhere?: boolean): void {
    this.call?.close(error);
    this.call = this.#starting = undefined;
    const { durationMs, usage } = this.record;
    const starts: (() => void)[] = (this.#startsAfterEnd = []);
    const transcript = this.record.write(error ? { type: 'fail', error } : { type: 'stop' });
    if (error) this.dispatchEvent(new VoiceErrorEvent({ error }));
    this.dispatchEvent(new VoiceEndEvent({ reason, durationMs, usage, transcript, ...(elsewhere && { elsewhere }) }));
    this.#startsAfterEnd = undefined;
    // A call that has moved elsewhere must not take itself back: the visitor would be called to and fro.
    if (elsewhere) this.#starting = undefined;
    for (const begin of starts) begin();
  }
}
