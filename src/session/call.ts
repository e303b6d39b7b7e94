import { VoiceError } from '../errors.js';
import type { Command, SessionKind, SessionOpened, Signal, WireEvent } from '../protocol/signals.js';
import { Connection } from './connection.js';
import { untilAborted } from './deadline.js';
import { VoiceServerEvent, VoiceWarningEvent, type EndReason, type VoiceWarningCode } from './events.js';
import { newItemId } from './item-id.js';
import { Limits } from './limits.js';
import { Media } from './media.js';
import { MicrophoneWatch } from './microphone-watch.js';
import { detectionUpdate, openingUpdate } from './opening-update.js';
import { Recovery } from './recovery.js';
import { ReleaseStack } from './release-stack.js';
import { reseed, resumable } from './reseed.js';
import type { VoiceSessionOptions } from './session-options.js';
import type { StateInput, Turn } from './session-state.js';
import { ToolRunner } from './tool-runner.js';
import { announcedTools } from './tools.js';
import type { TranscriptEntry, TranscriptInput } from './transcript.js';
import { TurnTaking } from './turn-taking.js';

/** What a call tells the session, and asks of it. */
export interface CallListener {
  turn(): Turn | undefined;
  transcript(): readonly TranscriptEntry[];
  input(input: StateInput): void;
  write(input: TranscriptInput): void;
  signal(signal: Signal): void;
  /** Tells the page. */
  dispatch(event: Event): void;
  /** Something that a view shows has changed. */
  changed(): void;
  fail(error: VoiceError): void;
  end(reason: EndReason): void;
}

/** One call from the click to the hang-up: the visitor's media and the connection to the service, whichever it is. */
export class Call {
  readonly media: Media;
  readonly turns: TurnTaking;
  readonly tools: ToolRunner;
  readonly #limits: Limits;
  readonly #recovery: Recovery;
  readonly listener: CallListener;
  readonly #controller = new AbortController();
  readonly #releases = new ReleaseStack();
  options: VoiceSessionOptions;
  #connection: Connection;
  #session: SessionOpened | undefined;
  #severed = false;
  #owed = false;
  #asking = false;

  /**
   * Takes at once what needs the visitor's click. The connection is the call's from now on; it may have been
   * prepared ahead.
   */
  constructor(options: VoiceSessionOptions, connection: Connection, listener: CallListener) {
    this.options = options;
    this.listener = listener;
    this.#connection = connection;
    this.#releases.defer(() => this.#connection.close());
    this.media = this.#own(new Media(() => this.warn('playback-blocked', 'The browser wants a click before it plays.')));
    this.media.talking = this.#talks;
    this.media.play(connection.remoteTrack);
    this.turns = this.#own(new TurnTaking(this));
    this.tools = this.#own(new ToolRunner(this));
    this.#limits = this.#own(new Limits(this));
    this.#recovery = this.#own(new Recovery(this));
    this.#own(new MicrophoneWatch(this));
    this.#releases.defer(() => this.command({ type: 'hang-up' }));
  }

  get kind(): SessionKind {
    return this.#session?.kind ?? 'conversation';
  }

  get callId(): string | undefined {
    return this.#connection.callId;
  }

  get microphone(): 'off' | 'asking' | 'on' {
    return this.#asking ? 'asking' : this.media.microphone ? 'on' : 'off';
  }

  /** Whether the microphone is let through when nobody holds a button. */
  get #talks(): boolean {
    return !this.options.muted && !this.options.pushToTalk;
  }

  /** Whether nobody speaks, no answer is on its way and no tool runs. */
  get quiet(): boolean {
    const turn = this.listener.turn();
    const busy = turn && (turn.userSpeaking || turn.audible !== undefined || turn.generating !== undefined || turn.awaited);
    return !busy && this.tools.running.length === 0;
  }

  /** The connection and the visitor's permission are had side by side; the slower of the two decides. */
  async open(microphone: boolean): Promise<void> {
    // The prompt cannot be taken back, but nobody has to wait for it after stop().
    const heard = microphone && untilAborted(this.openMicrophone(), this.#controller.signal);
    await Promise.all([this.#dial(this.#connection), heard]);
    this.listener.input({ type: 'ready' });
    if (this.options.greet && this.kind === 'conversation') this.turns.respond();
  }

  say(text: string): void {
    const itemId = newItemId();
    this.#limits.touch();
    // Shown at once: the service only repeats it.
    this.listener.signal({ type: 'item-placed', itemId, after: undefined, role: 'user', source: 'text', text, responseId: undefined });
    // Between two connections it is told with the rest of the conversation, and answered then.
    if (!this.#severed) this.turns.say(itemId, text);
  }

  /** @throws {VoiceError} `configuration` when the event is larger than the channel carries */
  send(event: WireEvent): void {
    this.#connection.send(event);
  }

  stillHere(): void {
    this.#limits.touch();
  }

  configure(options: VoiceSessionOptions): void {
    const { pushToTalk = false, muted = false, tools = [] } = this.options;
    this.options = options;
    this.media.talking = this.#talks;
    if (!this.#session) return;
    if (muted !== (options.muted ?? false)) this.command({ type: 'mute', muted: !muted });
    if (pushToTalk !== (options.pushToTalk ?? false)) {
      this.command({ type: 'configure', session: detectionUpdate(options, this.#session) });
    }
    const announced = tools !== (options.tools ?? tools) && announcedTools(options.tools!, this.#session.tools);
    if (announced) this.command({ type: 'configure', session: { tools: announced } });
  }

  /**
   * In a running call the track is put in without renegotiation.
   * @throws {VoiceError} see `openMicrophone` of the transport
   */
  async openMicrophone(): Promise<void> {
    this.#asking = true;
    this.listener.changed();
    const { audioConstraints: constraints, inputDeviceId: deviceId } = this.options;
    try {
      const track = await this.media.openMicrophone({ constraints, deviceId }, this.#controller.signal);
      await this.#connection.sendTrack(track);
    } finally {
      this.#asking = false;
    }
    this.listener.changed();
  }

  /** Frees the device: the browser's recording indicator goes out. */
  closeMicrophone(): void {
    void this.#connection.sendTrack(null);
    this.media.closeMicrophone();
    this.listener.changed();
  }

  close(): void {
    this.#controller.abort(new DOMException('The call was stopped.', 'AbortError'));
    this.#releases.release();
  }

  command(command: Command): void {
    this.#connection.command(command);
  }

  /** Silences the assistant locally. */
  silence(silenced: boolean): void {
    this.media.speaker.silenced = silenced;
  }

  /** Lets the microphone through, or not. */
  talk(talking: boolean): void {
    this.media.talking = talking && !this.options.muted;
  }

  warn(code: VoiceWarningCode, message: string, secondsLeft?: number): void {
    this.listener.dispatch(new VoiceWarningEvent(secondsLeft === undefined ? { code, message } : { code, message, secondsLeft }));
  }

  #own<T extends { close(): void }>(part: T): T {
    this.#releases.defer(() => part.close());
    return part;
  }

  #dial(connection: Connection): Promise<void> {
    return connection.open({
      event: (event) => this.listener.dispatch(new VoiceServerEvent(event)),
      signal: (signal) => this.#receive(connection, signal),
      link: (link) => connection === this.#connection && this.#recovery.link(link),
    });
  }

  /** The old connection is of no use any more: ends it, and what was unfinished in it. */
  sever(): void {
    this.#severed = true;
    this.#owed = this.tools.abandon();
    this.#connection.close();
    this.listener.write({ type: 'settle' });
  }

  /** The new connection takes over when it knows the conversation; until then the old one, if alive, goes on. */
  async join(): Promise<number> {
    const connection = new Connection(this.options);
    try {
      await untilAborted(this.#dial(connection), this.#controller.signal);
      await connection.sendTrack(this.media.microphone ?? null);
    } catch (error) {
      connection.close();
      throw error;
    }
    const transcript = this.listener.transcript();
    for (const command of reseed(transcript, this.#session!, this.options, this.#owed)) connection.command(command);
    this.media.play(connection.remoteTrack);
    this.#connection.close();
    this.#connection = connection;
    this.#severed = this.#owed = false;
    return resumable(transcript).length;
  }

  #receive(connection: Connection, signal: Signal): void {
    if (this.turns.disregards(signal)) return;
    if (signal.type === 'session-opened') this.#opened(connection, signal);
    this.listener.signal(signal);
    this.turns.receive(signal);
    this.tools.receive(signal);
    const fault = signal.type === 'fault' ? signal : signal.type === 'response-ended' ? signal.fault : undefined;
    if (fault?.code === 'session-expired') this.#recovery.link('lost');
    else if (fault?.severity === 'fatal') this.listener.fail(new VoiceError(fault.code, fault.message));
    else if (signal.type === 'session-closed') this.#sessionClosed(signal.reason);
    else if (signal.type === 'user-stopped' && this.#session?.answersTurns) this.listener.input({ type: 'response-awaited' });
  }

  /** The service says why: what time or the network ended goes on, what somebody ended does not. */
  #sessionClosed(reason: string): void {
    if (reason === 'expired' || reason === 'connection_lost') this.#recovery.link('lost');
    else this.listener.end('remote');
  }

  #opened(connection: Connection, session: SessionOpened): void {
    this.#session = session;
    this.#recovery.expires(session.expiresAt);
    const update = openingUpdate(this.options, session);
    if (update) connection.command({ type: 'configure', session: update });
  }
}
