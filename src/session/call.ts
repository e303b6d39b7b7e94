import type { VoiceError } from '../errors.js';
import { languageOf } from '../protocol/realtime-session.js';
import type { Command, ItemPlaced, SessionOpened, Signal, WireEvent } from '../protocol/signals.js';
import { outcomeOf } from './call-outcome.js';
import type { Connection } from './connection/connection.js';
import { untilAborted } from './deadline.js';
import { VoiceServerEvent, VoiceWarningEvent, type EndReason, type VoiceWarningCode } from './events.js';
import { newItemId } from './item-id.js';
import { Media } from './media.js';
import { MicrophoneControl } from './microphone-control.js';
import { OptionChanges } from './option-changes.js';
import type { CallRecord } from './record/call-record.js';
import { isQuiet } from './record/session-state.js';
import { Takeover } from './recovery/takeover.js';
import { openingUpdate } from './recovery/opening-update.js';
import { Recovery } from './recovery/recovery.js';
import { explainUnsendable } from './recovery/sendable-session.js';
import { SessionChanges } from './recovery/session-changes.js';
import type { VoiceSessionOptions } from './session-options.js';
import { ToolRunner } from './tools/tool-runner.js';
import { Ducking } from './turns/ducking.js';
import { TurnTaking } from './turns/turn-taking.js';
import { AnswerFailures } from './watch/answer-failures.js';
import { AnswerWatch } from './watch/answer-watch.js';
import { Limits } from './watch/limits.js';
import { watchMicrophone } from './watch/microphone-watch.js';
import { watchQuality } from './watch/quality-watch.js';
import { watchTraffic } from './watch/traffic-watch.js';

/**
 * One call, from the visitor's click to the hang-up: the visitor's media, and the connection to the service, which
 * may be replaced on the way. It composes the parts, and passes each signal of the service to them.
 */
export class Call {
  options: VoiceSessionOptions;
  /** The present connection. The call closes it. */
  connection: Connection;
  readonly record: CallRecord;
  /** Ends the call for the session; with an error it has failed. */
  readonly end: (reason: EndReason, error?: VoiceError) => void;
  readonly #controller = new AbortController();
  /** Aborts when the call ends. */
  readonly signal = this.#controller.signal;
  readonly media: Media;
  readonly microphone = new MicrophoneControl(this);
  readonly turns = new TurnTaking(this);
  readonly tools = new ToolRunner(this);
  readonly limits = new Limits(this);
  readonly changes = new SessionChanges();
  readonly takeover = new Takeover(this);
  readonly #optionChanges = new OptionChanges(this);
  readonly #ducking = new Ducking(this);
  readonly #answerWatch = new AnswerWatch(this);
  readonly #answerFailures = new AnswerFailures(this);
  readonly recovery: Recovery;
  /** The warnings that hold now. */
  readonly warnings = new Set<VoiceWarningCode>();

  /** Call this in the visitor's click: it takes what the browser allows only there. */
  constructor(options: VoiceSessionOptions, connection: Connection, record: CallRecord, end: Call['end']) {
    this.options = options;
    this.connection = connection;
    this.record = record;
    this.end = end;
    this.media = new Media(() => this.warn('playback-blocked', 'The browser plays sound only after a click.'));
    this.media.speaker.configure(options);
    this.microphone.setTalking(!options.pushToTalk);
    this.media.play(connection.transport.track);
    this.recovery = new Recovery(this);
    watchMicrophone(this);
    watchQuality(this);
    watchTraffic(this);
    window.addEventListener('pagehide', () => end('page-hidden'), { signal: this.signal });
  }

  /** The session of the present connection; undefined until the service has announced it. */
  get session(): SessionOpened | undefined {
    return this.connection.session;
  }

  /** Whether the service responds to the visitor. A transcription session rejects every request for a response. */
  get answers(): boolean {
    return this.session?.kind !== 'transcription';
  }

  /** The language of the visitor's speech, where the page or the service tells it. */
  get language(): string | undefined {
    return languageOf(this.changes.mergeInto(this.options).initialSession) ?? this.session?.language;
  }

  /** Whether nobody speaks, no response is expected and no tool runs. */
  get quiet(): boolean {
    const { turn } = this.record;
    return !turn || isQuiet(turn);
  }

  /**
   * Opens the connection and asks for the microphone, both at the same time.
   * @throws {VoiceError}
   */
  async open(microphone: boolean): Promise<void> {
    const { connection } = this;
    // The browser's prompt cannot be taken back, but when the call has ended nobody waits for it.
    await untilAborted(Promise.all([this.dial(connection), microphone && this.microphone.open()]), this.signal);
    void this.microphone.release();
    this.record.write({ type: 'ready' });
    this.signal.throwIfAborted(); // A listener may have stopped the call.
    this.limits.begin();
    // The conversation of a failed call goes on. If the first connection was lost during the prompt, its successor
    // knows the history.
    const isFirst = connection === this.connection;
    const history = isFirst ? this.takeover.tellHistory(true) : this.record.heard.length;
    if (history === 0 && this.options.greet && this.answers) this.turns.requestResponse();
  }

  /** Opens a connection whose events and signals go to this call, and configures its session as the page wants. */
  async dial(connection: Connection): Promise<void> {
    const session = await connection.open({
      event: (event: WireEvent) => this.record.target.dispatchEvent(new VoiceServerEvent(event)),
      signal: (signal) => this.#receive(connection, signal),
      linkChanged: (state) => {
        if (connection === this.connection) this.recovery.linkChanged(state, 'connection-lost');
      },
    });
    const update = openingUpdate(this.changes.mergeInto(this.options), session);
    if (update) explainUnsendable(() => connection.command({ type: 'configure', session: update }));
  }

  /**
   * Adds the visitor's typed text to the conversation and requests a response.
   * @throws {VoiceError} `configuration` if the text is larger than the channel carries; then nothing is sent
   */
  sendText(text: string): void {
    const itemId = newItemId();
    this.limits.reset();
    // The transcript shows the text at once; the service only repeats it.
    const placed = { type: 'item-placed', itemId, after: undefined, role: 'user', source: 'text' } as const;
    const item: ItemPlaced = { ...placed, text, responseId: undefined };
    try {
      this.connection.check({ type: 'say', itemId, role: 'user', text });
    } catch (error) {
      this.record.write({ type: 'text-refused', item });
      throw error;
    }
    this.record.write(item);
    this.turns.sendText(itemId, text);
  }

  /** Requests a response once more, because the one that was expected does not come or has failed. */
  askAgain(): void {
    this.limits.reset();
    this.#answerWatch.restart();
    this.#answerFailures.restart();
    this.turns.requestResponseAgain();
  }

  configure(wanted: VoiceSessionOptions): void {
    this.#optionChanges.apply(wanted);
  }

  /** What is under way rejects with the error, or with an `AbortError`. */
  close(error?: VoiceError): void {
    this.#controller.abort(error ?? new DOMException('The call was stopped.', 'AbortError'));
    this.recovery.close();
    this.turns.close();
    this.media.close();
    this.connection.close();
  }

  command(command: Command): void {
    this.connection.command(command);
  }

  warn(code: VoiceWarningCode, message: string, secondsLeft?: number): void {
    this.warnings.add(code);
    this.record.target.dispatchEvent(new VoiceWarningEvent({ code, message, secondsLeft }));
  }

  /** Takes a warning back, because its reason is gone. */
  retract(code: VoiceWarningCode): void {
    if (this.warnings.delete(code)) this.record.changed();
  }

  #receive(connection: Connection, signal: Signal): void {
    if (signal.type === 'session-opened') this.#opened(connection, signal);
    if (signal.type === 'fault' && signal.rejectedEventId) this.changes.reject(signal.rejectedEventId);
    // Before it takes over, and after it was replaced, a connection has nothing else to say.
    if (connection !== this.connection || this.turns.isInterruptedPlayback(signal)) return;
    const bringsWords = signal.type === 'text-added' || signal.type === 'text-settled';
    if (bringsWords && signal.text) this.limits.reset();
    this.#answerFailures.receive(signal);
    this.record.write(signal);
    if (this.signal.aborted) return; // A listener may have stopped the call.
    this.#answerWatch.check();
    // Tools first: their results and typed text share one response.
    this.tools.receive(signal);
    this.turns.receive(signal);
    this.#ducking.update();
    const outcome = outcomeOf(signal);
    if (outcome?.type === 'lost') this.recovery.linkChanged('lost', outcome.code);
    else if (outcome?.type === 'ended') this.end(outcome.reason, outcome.error);
  }

  #opened(connection: Connection, { expiresAt }: SessionOpened): void {
    if (!this.media.talking) connection.command({ type: 'mute', muted: true });
    // The session of another connection may never be used.
    if (connection === this.connection) this.recovery.sessionOpened(expiresAt);
    // The kind of the session may be another one.
    this.record.changed();
  }
}
