import { VoiceError } from '../errors.js';
import type { Command, SessionOpened, Signal } from '../protocol/signals.js';
import { Connection } from './connection/connection.js';
import { untilAborted } from './deadline.js';
import {
  VoiceErrorEvent,
  VoiceServerEvent,
  VoiceWarningEvent,
  type EndReason,
  type VoiceWarningCode,
} from './events.js';
import { newItemId } from './item-id.js';
import { Limits } from './watch/limits.js';
import { Media } from './media.js';
import { watchMicrophone } from './watch/microphone-watch.js';
import { openingUpdate, runningUpdate } from './recovery/opening-update.js';
import { watchQuality } from './watch/quality-watch.js';
import type { Recorder } from './record/call-record.js';
import { Recovery } from './recovery/recovery.js';
import { reseed } from './recovery/reseed.js';
import { SessionChanges } from './recovery/session-changes.js';
import type { VoiceSessionOptions } from './session-options.js';
import { isQuiet } from './record/session-state.js';
import { ToolRunner } from './tools/tool-runner.js';
import { TurnTaking } from './turns/turn-taking.js';

/** How long a connection still sends after its successor has the microphone, which takes a moment to its first sound; in ms. */
const OVERLAP = 500;

/** One call from the click to the hang-up: the visitor's media and the connection to the service, whichever it is. */
export class Call {
  readonly media: Media;
  readonly turns = new TurnTaking(this);
  readonly tools = new ToolRunner(this);
  readonly record: Recorder;
  /** Ends the call for the session; with an error it has failed. */
  readonly end: (reason: EndReason, error?: VoiceError) => void;
  readonly limits = new Limits(this);
  readonly #recovery: Recovery;
  readonly #controller = new AbortController();
  /** Aborts when the call ends. */
  readonly signal = this.#controller.signal;
  options: VoiceSessionOptions;
  connection: Connection;
  /** As the service announced it. */
  session: SessionOpened | undefined;
  readonly changes = new SessionChanges();
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
    this.media = new Media(() => this.warn('playback-blocked', 'The browser wants a click.'));
    this.media.speaker.configure(options);
    this.talk(!options.pushToTalk);
    this.media.play(connection.transport.track);
    this.#recovery = new Recovery(this);
    watchMicrophone(this);
    watchQuality(this);
    window.addEventListener('pagehide', () => end('page-hidden'), { signal: this.signal });
  }

  /** Whether the service answers the visitor; one that only transcribes refuses to be asked. */
  get answers(): boolean {
    return this.session?.kind !== 'transcription';
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
    const { connection } = this;
    await Promise.all([this.#dial(connection), heard]);
    this.record.write({ type: 'ready' });
    this.limits.begin();
    // A conversation that a failure had ended goes on. One that was lost during the prompt has told it already.
    const told = connection === this.connection ? this.#tellHistory(true) : this.record.heard.length;
    if (told === 0 && this.options.greet && this.answers) this.turns.respond();
  }

  say(text: string): void {
    const itemId = newItemId();
    this.limits.touch();
    // Shown at once: the service only repeats it.
    this.record.write({
      type: 'item-placed',
      itemId,
      after: undefined,
      role: 'user',
      source: 'text',
      text,
      responseId: undefined,
    });
    this.turns.say(itemId, text);
  }

  configure(options: VoiceSessionOptions): void {
    const before = this.options;
    this.options = options;
    this.media.speaker.configure(options);
    if (!before.pushToTalk !== !options.pushToTalk) this.turns.discard();
    this.talk(!options.pushToTalk || this.turns.open);
    const { inputDeviceId, audioConstraints } = options;
    if (inputDeviceId !== before.inputDeviceId || audioConstraints !== before.audioConstraints)
      void this.replaceMicrophone();
    const session = this.session && runningUpdate(before, this.changes.over(options), this.session);
    if (session) this.command({ type: 'configure', session });
  }

  /**
   * In a running call the track is put in without renegotiation.
   * @throws {VoiceError} see `openMicrophone` of the transport
   */
  async openMicrophone(): Promise<void> {
    this.#asking = true;
    this.record.changed();
    try {
      const track = await this.media.openMicrophone(this.options, this.signal);
      await this.connection.transport.send(track);
    } finally {
      this.#asking = false;
    }
    this.record.changed();
  }

  /** Another was chosen, or this one was unplugged or taken away. Without any the call goes on in text. */
  async replaceMicrophone(): Promise<void> {
    if (this.microphone !== 'on') return;
    try {
      await this.openMicrophone();
      // What took the microphone away may have silenced the speaker as well: Chromium's audio process has both.
      this.media.play(this.connection.transport.track);
    } catch (cause) {
      if (this.signal.aborted) return;
      this.closeMicrophone();
      const error = new VoiceError('microphone-lost', 'No microphone is left: see cause.', { cause });
      this.record.target.dispatchEvent(new VoiceErrorEvent({ error }));
    }
  }

  /** Frees the device: the browser's recording indicator goes out. */
  closeMicrophone(): void {
    void this.connection.transport.send(null);
    this.media.closeMicrophone();
    this.record.changed();
  }

  close(): void {
    this.#controller.abort();
    for (const part of [this.#recovery, this.turns, this.media, this.connection]) part.close();
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

  /** The connection is of no use any more: ends it, and what was unfinished in it. */
  sever(): void {
    this.tools.suspend();
    this.turns.reset();
    this.connection.close();
    this.record.write({ type: 'severed' });
  }

  /** The new connection takes over when it is there; until then the old one, if alive, goes on. */
  async join(quietly: boolean): Promise<number> {
    const [before, connection] = [this.connection, new Connection(this.options)];
    try {
      await untilAborted(this.#dial(connection), this.signal);
      // Where the old one is lost meanwhile, nothing is left to disturb.
      if (quietly && !this.quiet && this.record.state.phase === 'live') throw new Error('Somebody speaks.');
    } catch (error) {
      connection.close();
      throw error;
    }
    if (!quietly) this.sever();
    this.connection = connection;
    const told = this.#tellHistory(!quietly);
    this.tools.resume();
    try {
      // The old one hears the visitor until the new one does.
      await untilAborted(connection.transport.send(this.media.microphone ?? null), this.signal);
    } finally {
      untilAborted(new Promise((over) => setTimeout(over, OVERLAP)), this.signal)
        .catch(() => {})
        .finally(() => before.close());
    }
    this.signal.throwIfAborted();
    this.media.play(connection.transport.track);
    return told;
  }

  #dial(connection: Connection): Promise<void> {
    return connection.open({
      event: (event) => this.record.target.dispatchEvent(new VoiceServerEvent(event)),
      signal: (signal) => this.#receive(connection, signal),
      link: (link) => connection === this.connection && this.#recovery.link(link, 'connection-lost'),
    });
  }

  /** With `pending`, a last turn that got no answer is answered. */
  #tellHistory(pending: boolean): number {
    const { heard } = this.record;
    const answer = pending && heard.at(-1)?.role === 'user' && !this.tools.owed;
    for (const command of reseed(heard, this.session!, this.changes.over(this.options), answer)) this.command(command);
    if (answer) this.record.write({ type: 'response-awaited' });
    return heard.length;
  }

  #receive(connection: Connection, signal: Signal): void {
    if (signal.type === 'session-opened') this.#opened(connection, signal);
    // One that has not taken over yet has nothing else to say, and one that was replaced has nothing more.
    if (connection !== this.connection || this.turns.disregards(signal)) return;
    this.record.write(signal);
    this.turns.receive(signal);
    this.tools.receive(signal);
    const fault = signal.type === 'fault' ? signal : signal.type === 'response-ended' ? signal.fault : undefined;
    if (fault?.code === 'session-expired') this.#recovery.link('lost', fault.code);
    else if (fault?.severity === 'fatal') this.end('error', new VoiceError(fault.code, fault.message));
    else if (signal.type === 'session-closed') this.#sessionClosed(signal.reason);
    else if (signal.type === 'user-stopped' && this.session?.answersTurns)
      this.record.write({ type: 'response-awaited' });
  }

  /** What time or the network ended goes on; what somebody ended does not. */
  #sessionClosed(reason = 'No reason given'): void {
    if (reason === 'expired' || reason === 'connection_lost')
      this.#recovery.link('lost', reason === 'expired' ? 'session-expired' : 'connection-lost');
    else if (reason === 'close_requested' || reason === 'remote_hangup') this.end('remote');
    else this.end('error', new VoiceError('server-error', `The service closed the session: ${reason}.`));
  }

  #opened(connection: Connection, session: SessionOpened): void {
    this.session = session;
    this.#recovery.opened(session.expiresAt);
    if (!this.media.talking) connection.command({ type: 'mute', muted: true });
    const update = openingUpdate(this.changes.over(this.options), session);
    if (update) connection.command({ type: 'configure', session: update });
  }
}
