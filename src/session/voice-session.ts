import { asVoiceError, VoiceError } from '../errors.js';
import type { SessionKind, WireEvent } from '../protocol/signals.js';
import type { Usage } from '../protocol/usage.js';
import { Call } from './call.js';
import { ConnectionAhead } from './connection/connection-ahead.js';
import { VoiceEndEvent, VoiceErrorEvent, VoiceStartEvent, type EndReason, VoiceEventTarget } from './events.js';
import { keepPresence } from '../transport/page-presence.js';
import { Recorder } from './record/call-record.js';
import type { VoiceSessionOptions } from './session-options.js';
import { isRunning, voiceState, type VoiceState } from './record/session-state.js';
import type { TranscriptEntry } from './record/transcript.js';

/** The session that has a call: one at a time on a page, since both would hear the same visitor. */
let active: VoiceSession | undefined;

function takeOver(session: VoiceSession): void {
  active?.stop();
  active = session;
}

/**
 * A spoken conversation without a user interface. It dispatches the events of `VoiceEventMap`, and a plain
 * `change` whenever something that a view shows has changed.
 */
export class VoiceSession extends VoiceEventTarget {
  #options: VoiceSessionOptions;
  readonly #record = new Recorder(this);
  #call: Call | undefined;
  #starting: Promise<void> | undefined;
  readonly #ahead = new ConnectionAhead();

  constructor(options: VoiceSessionOptions = {}) {
    super();
    this.#options = options;
    this.addEventListener('voice-server-event', ({ detail }) => this.#call?.changes.heed(detail));
  }

  get state(): VoiceState {
    return voiceState(this.#record.state);
  }

  get #running(): boolean {
    return isRunning(this.#record.state);
  }

  get userSpeaking(): boolean {
    return this.#record.turn?.userSpeaking ?? false;
  }

  get error(): VoiceError | undefined {
    const { state } = this.#record;
    return state.phase === 'failed' ? state.error : undefined;
  }

  /** The conversation of this call, or of the last one, in the order in which it was held. */
  get transcript(): readonly TranscriptEntry[] {
    return this.#record.transcript;
  }

  get usage(): Usage {
    return this.#record.usage;
  }

  get kind(): SessionKind {
    return this.#call?.session?.kind ?? 'conversation';
  }

  /** The service's id of the call, where it tells one. */
  get callId(): string | undefined {
    return this.#call?.connection.callId;
  }

  get microphone(): 'off' | 'asking' | 'on' {
    return this.#call?.microphone ?? 'off';
  }

  /** Loudness of the visitor as sent, 0…1. */
  get inputLevel(): number {
    return this.#call?.media.inputLevel ?? 0;
  }

  /** Loudness of the assistant, 0…1. */
  get outputLevel(): number {
    return this.#call?.media.outputLevel ?? 0;
  }

  get runningTools(): readonly string[] {
    return this.#call?.tools.running ?? [];
  }

  get muted(): boolean {
    return this.#options.muted ?? false;
  }

  set muted(muted: boolean) {
    this.configure({ muted });
  }

  /** Changes options; what can change inside a running call does so at once. */
  configure(changes: VoiceSessionOptions): void {
    this.#options = { ...this.#options, ...changes };
    this.#ahead.discard();
    this.#call?.configure(this.#options);
    this.#record.changed();
  }

  /**
   * Starts a call; call it in the visitor's click. Resolves when the call is ready. While a call is starting,
   * the same promise is returned.
   *
   * Rejects with a `VoiceError`, or with an `AbortError` when the start was cancelled or stopped. A rejection
   * that nobody handles is not reported as unhandled: `voice-error` has told it.
   */
  start({ microphone = true }: { microphone?: boolean } = {}): Promise<void> {
    if (this.#starting) return this.#starting;
    if (this.#running) return Promise.resolve();
    let settle!: (outcome: Promise<void>) => void;
    // Set before the events of the start, whose listeners may call start() again.
    const starting = (this.#starting = new Promise((resolve) => (settle = resolve)));
    starting.catch(() => {});
    settle(this.#start(microphone).finally(() => this.#starting === starting && (this.#starting = undefined)));
    return starting;
  }

  /** Fetches the secret and makes the offer ahead, when a start is likely; kept for a minute. */
  warm(): void {
    if (!this.#running) this.#ahead.prepare(this.#options);
  }

  /** Ends the call: the state is `idle` at once. Without a call it does nothing. */
  stop(reason: EndReason = 'stopped'): void {
    if (this.#running) this.#end(reason);
    else this.#record.write({ type: 'stop' });
  }

  /** Adds the visitor's typed words to the call and asks for an answer. Without a call, one is started first. */
  async sendText(text: string): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    if (this.#starting || !this.#running) await this.start({ microphone: false });
    this.#call?.say(words);
  }

  /** Silences the assistant at once and makes it drop the rest of what it was saying. */
  interrupt(): void {
    this.#call?.turns.interrupt();
  }

  /**
   * Turns the microphone on in a running call, without a new one. Rejects with the `VoiceError` that
   * `voice-error` tells too; the call goes on without.
   */
  async enableMicrophone(): Promise<void> {
    const call = this.#call;
    if (!call || call.microphone !== 'off') return;
    try {
      await call.openMicrophone();
    } catch (cause) {
      const error = asVoiceError(cause);
      if (this.#call === call) this.dispatchEvent(new VoiceErrorEvent({ error }));
      throw error;
    }
  }

  /** Frees the microphone; the call goes on in text. */
  disableMicrophone(): void {
    this.#call?.closeMicrophone();
  }

  /** Push-to-talk: the visitor begins to speak. */
  beginTurn(): void {
    if (this.#record.state.phase === 'live') this.#call?.turns.begin();
  }

  /** Push-to-talk: the visitor has finished; shorter than 100 ms counts as nothing. */
  endTurn(): void {
    this.#call?.turns.end();
  }

  /**
   * Sends a client event of the wire protocol; it waits for the channel to open. What a `session.update` changes, it
   * changes for the call: in a session that takes over as well.
   * @throws {VoiceError} `configuration` without a call, or when the event is larger than the channel carries
   */
  send(event: WireEvent): void {
    if (!this.#call) throw new VoiceError('configuration', 'No call is running: call start() first.');
    this.#call.changes.send(event, this.#call.connection);
  }

  /** The visitor answers the warning `idle`: the limit starts anew. */
  stillHere(): void {
    this.#call?.limits.touch();
  }

  /** In a click, after the warning `playback-blocked`. */
  resumePlayback(): void {
    this.#call?.media.resume();
  }

  /** Everything up to the first await happens inside the click. */
  async #start(microphone: boolean): Promise<void> {
    if (this.dispatchEvent(new VoiceStartEvent({ microphone })))
      this.#record.write({ type: 'start', keep: this.state === 'failed' });
    // A listener may have cancelled the start, or stopped it, and even begun another.
    if (!this.#running || this.#call) throw new DOMException('The start was cancelled.', 'AbortError');
    let call: Call | undefined;
    takeOver(this);
    try {
      if (this.#options.fault) throw this.#options.fault;
      const connection = this.#ahead.take(this.#options);
      call = this.#call = new Call(this.#options, connection, this.#record, (reason, error) =>
        this.#end(reason, error),
      );
      keepPresence(this, call.signal);
      await call.open(microphone);
    } catch (error) {
      // After stop() the call is another one, or none: that is no failure.
      if (this.#call === call && this.#running) this.#end('error', asVoiceError(error));
      throw error;
    }
  }

  #end(reason: EndReason, error?: VoiceError): void {
    this.#call?.close();
    this.#call = this.#starting = undefined;
    if (active === this) active = undefined;
    this.#record.write(error ? { type: 'fail', error } : { type: 'stop' });
    const { durationMs, usage, transcript } = this.#record;
    // A listener may start the next call.
    if (error) this.dispatchEvent(new VoiceErrorEvent({ error }));
    this.dispatchEvent(new VoiceEndEvent({ reason, durationMs, usage, transcript }));
  }
}
