import { VoiceError, type VoiceErrorCode } from '../errors.js';
import type { Command, SessionOpened, Signal } from '../protocol/signals.js';
import type { Connection, Link } from './connection.js';
import { untilAborted } from './deadline.js';
import { VoiceServerEvent, VoiceWarningEvent, type EndReason, type VoiceWarningCode } from './events.js';
import { newItemId } from './item-id.js';
import { Limits } from './limits.js';
import { Media } from './media.js';
import { watchMicrophone } from './microphone-watch.js';
import { detectionUpdate, openingUpdate } from './opening-update.js';
import type { Recorder } from './recorder.js';
import type { VoiceSessionOptions } from './session-options.js';
import { isQuiet } from './session-state.js';
import { ToolRunner } from './tool-runner.js';
import { announcedTools } from './tools.js';
import { TurnTaking } from './turn-taking.js';

/** Why the service closed a session: https://developers.openai.com/api/docs/guides/live-conversations */
const CLOSED: Readonly<Record<string, VoiceErrorCode | 'remote'>> = {
  close_requested: 'remote',
  remote_hangup: 'remote',
  expired: 'session-expired',
  connection_lost: 'connection-lost',
};

/** One call from the click to the hang-up: the visitor's media and the connection to the service. */
export class Call {
  readonly media: Media;
  readonly turns: TurnTaking;
  readonly tools: ToolRunner;
  readonly record: Recorder;
  /** Ends the call for the session; with an error it has failed. */
  readonly end: (reason: EndReason, error?: VoiceError) => void;
  readonly limits: Limits;
  readonly #controller = new AbortController();
  /** Aborts when the call ends. */
  readonly signal = this.#controller.signal;
  options: VoiceSessionOptions;
  readonly connection: Connection;
  /** As the service announced it. */
  session: SessionOpened | undefined;
  #asking = false;

  /**
   * Takes at once what needs the visitor's click. The connection is the call's from now on; it may have been
   * prepared ahead.
   */
  constructor(options: VoiceSessionOptions, connection: Connection, record: Recorder, end: Call['end']) {
    this.options = options;
    this.record = record;
    this.end = end;
    this.connection = connection;
    this.media = new Media(() => this.warn('playback-blocked', 'The browser wants a click before it plays.'));
    this.talk(!options.pushToTalk);
    this.media.play(connection.transport.remoteTrack);
    this.turns = new TurnTaking(this);
    this.tools = new ToolRunner(this);
    this.limits = new Limits(this);
    watchMicrophone(this);
  }

  get microphone(): 'off' | 'asking' | 'on' {
    return this.#asking ? 'asking' : this.media.microphone ? 'on' : 'off';
  }

  /** Whether nobody speaks, no answer is on its way and no tool runs. */
  get quiet(): boolean {
    const { turn } = this.record;
    return (!turn || isQuiet(turn)) && this.tools.running.length === 0;
  }

  /** The connection and the visitor's permission are had side by side; the slower of the two decides. */
  async open(microphone: boolean): Promise<void> {
    // The prompt cannot be taken back, but nobody has to wait for it after stop().
    const heard = microphone && untilAborted(this.openMicrophone(), this.signal);
    const connected = this.connection.open({
      event: (event) => this.record.target.dispatchEvent(new VoiceServerEvent(event)),
      signal: (signal) => this.#receive(signal),
      link: (link) => this.#linkChanged(link),
    });
    await Promise.all([connected, heard]);
    this.record.write({ type: 'ready' });
    if (this.options.greet && this.session?.kind === 'conversation') this.turns.respond();
  }

  say(text: string): void {
    const itemId = newItemId();
    this.limits.touch();
    // Shown at once: the service only repeats it.
    this.record.write({ type: 'item-placed', itemId, after: undefined, role: 'user', source: 'text', text, responseId: undefined });
    this.turns.say(itemId, text);
  }

  configure(options: VoiceSessionOptions): void {
    const { pushToTalk, tools } = this.options;
    this.options = options;
    this.talk(!options.pushToTalk);
    if (!this.session) return;
    if (!pushToTalk !== !options.pushToTalk) {
      this.command({ type: 'configure', session: detectionUpdate(options, this.session) });
    }
    const announced = tools !== options.tools && announcedTools(options.tools, this.session.tools);
    if (announced) this.command({ type: 'configure', session: { tools: announced } });
  }

  /**
   * In a running call the track is put in without renegotiation.
   * @throws {VoiceError} see `openMicrophone` of the transport
   */
  async openMicrophone(): Promise<void> {
    this.#asking = true;
    this.record.changed();
    const { audioConstraints: constraints, inputDeviceId: deviceId } = this.options;
    try {
      const track = await this.media.openMicrophone({ constraints, deviceId }, this.signal);
      await this.connection.transport.send(track);
    } finally {
      this.#asking = false;
    }
    this.record.changed();
  }

  /** Frees the device: the browser's recording indicator goes out. */
  closeMicrophone(): void {
    void this.connection.transport.send(null);
    this.media.closeMicrophone();
    this.record.changed();
  }

  close(): void {
    this.command({ type: 'hang-up' });
    this.#controller.abort();
    for (const part of [this.tools, this.turns, this.media, this.connection]) part.close();
  }

  command(command: Command): void {
    this.connection.command(command);
  }

  /** Lets the microphone through, or not; with push-to-talk only while the button is held. */
  talk(talking: boolean): void {
    const sent = talking && !this.options.muted;
    if (sent === this.media.talking) return;
    this.media.talking = sent;
    this.command({ type: 'mute', muted: !sent });
  }

  warn(code: VoiceWarningCode, message: string, secondsLeft?: number): void {
    this.record.target.dispatchEvent(new VoiceWarningEvent({ code, message, secondsLeft }));
  }

  /** An interrupted connection often heals by itself; a lost one never does. */
  #linkChanged(link: Link): void {
    if (link === 'lost') this.end('error', new VoiceError('connection-lost', 'The connection was lost.'));
    else this.record.write({ type: link === 'up' ? 'healed' : 'disconnected' });
  }

  #receive(signal: Signal): void {
    if (this.turns.disregards(signal)) return;
    if (signal.type === 'session-opened') this.#opened(signal);
    this.record.write(signal);
    this.turns.receive(signal);
    this.tools.receive(signal);
    const fault = signal.type === 'fault' ? signal : signal.type === 'response-ended' ? signal.fault : undefined;
    if (fault?.severity === 'fatal') this.end('error', new VoiceError(fault.code, fault.message));
    else if (signal.type === 'session-closed') this.#sessionClosed(signal.reason);
    else if (signal.type === 'user-stopped' && this.session?.answersTurns) this.record.write({ type: 'response-awaited' });
  }

  /** What time or the network ended is a failure; what somebody ended is not. */
  #sessionClosed(reason = 'no reason given'): void {
    const code = CLOSED[reason];
    if (code === 'remote') this.end(code);
    else this.end('error', new VoiceError(code ?? 'server-error', `The service closed the session: ${reason}.`));
  }

  #opened(session: SessionOpened): void {
    this.session = session;
    if (!this.media.talking) this.command({ type: 'mute', muted: true });
    const update = openingUpdate(this.options, session);
    if (update) this.command({ type: 'configure', session: update });
  }
}
