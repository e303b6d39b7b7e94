import { VoiceError } from '../errors.js';
import type { Command, SessionKind, SessionOpened, Signal, WireEvent } from '../protocol/signals.js';
import type { Connection } from './connection.js';
import { untilAborted } from './deadline.js';
import type { VoiceToolCallEvent, VoiceWarningCode } from './events.js';
import { Media } from './media.js';
import { MicrophoneWatch } from './microphone-watch.js';
import { detectionUpdate, openingUpdate } from './opening-update.js';
import { ReleaseStack } from './release-stack.js';
import type { VoiceSessionOptions } from './session-options.js';
import type { StateInput, Turn } from './session-state.js';
import { ToolRunner, type ToolHost } from './tool-runner.js';
import { announcedTools } from './tools.js';
import { TurnTaking } from './turn-taking.js';

export interface CallListener {
  turn(): Turn | undefined;
  input(input: StateInput): void;
  event(event: WireEvent): void;
  signal(signal: Signal): void;
  fail(error: VoiceError): void;
  changed(): void;
  warn(code: VoiceWarningCode, message: string): void;
  toolCall(event: VoiceToolCallEvent): void;
}

/** One call from the click to the hang-up: the visitor's media and the connection to the service. */
export class Call {
  readonly media: Media;
  readonly turns: TurnTaking;
  readonly tools: ToolRunner;
  readonly connection: Connection;
  readonly #listener: CallListener;
  readonly #controller = new AbortController();
  readonly #releases = new ReleaseStack();
  #options: VoiceSessionOptions;
  #session: SessionOpened | undefined;
  #asking = false;

  /**
   * Takes at once what needs the visitor's click. The connection is the call's from now on; it may have been
   * prepared ahead.
   */
  constructor(options: VoiceSessionOptions, connection: Connection, listener: CallListener) {
    this.#options = options;
    this.#listener = listener;
    this.connection = connection;
    this.#releases.defer(() => connection.close());
    this.media = new Media(() => listener.warn('playback-blocked', 'The browser wants a click before it plays sound.'));
    this.#releases.defer(() => this.media.close());
    this.media.talking = this.#talks;
    this.media.play(this.connection.remoteTrack);
    this.turns = new TurnTaking({
      get turn() {
        return listener.turn();
      },
      command: (command) => this.#command(command),
      input: listener.input,
      silence: (silenced) => (this.media.speaker.silenced = silenced),
      talk: (talking) => (this.media.talking = talking && !this.#options.muted),
    });
    this.#releases.defer(() => this.turns.close());
    this.tools = new ToolRunner(this.#toolHost());
    this.#releases.defer(() => this.tools.close());
    const watch = new MicrophoneWatch(() => this.media.ear, listener.warn);
    this.#releases.defer(() => watch.close());
    this.#releases.defer(() => this.#command({ type: 'hang-up' }));
  }

  get kind(): SessionKind {
    return this.#session?.kind ?? 'conversation';
  }

  get callId(): string | undefined {
    return this.connection.callId;
  }

  get microphone(): 'off' | 'asking' | 'on' {
    return this.#asking ? 'asking' : this.media.microphone ? 'on' : 'off';
  }

  /** Whether the microphone is let through when nobody holds a button. */
  get #talks(): boolean {
    return !this.#options.muted && !this.#options.pushToTalk;
  }

  /** The connection and the visitor's permission are had side by side; the slower of the two decides. */
  async open(microphone: boolean): Promise<void> {
    const connected = this.connection.open({
      event: this.#listener.event,
      signal: (signal) => this.#receive(signal),
      link: (link) => this.#linkChanged(link),
    });
    // The prompt cannot be taken back, but nobody has to wait for it after stop().
    const heard = microphone && untilAborted(this.openMicrophone(), this.#controller.signal);
    await Promise.all([connected, heard]);
    this.#listener.input({ type: 'ready' });
    if (this.#options.greet && this.kind === 'conversation') this.turns.respond();
  }

  say(text: string): void {
    const itemId = newItemId();
    // Shown at once: the service only repeats it.
    this.#listener.signal({ type: 'item-placed', itemId, after: undefined, role: 'user', source: 'text', text, responseId: undefined });
    this.turns.say(itemId, text);
  }

  configure(options: VoiceSessionOptions): void {
    const { pushToTalk = false, tools = [] } = this.#options;
    this.#options = options;
    this.media.talking = this.#talks;
    if (!this.#session) return;
    if (pushToTalk !== (options.pushToTalk ?? false)) {
      this.#command({ type: 'configure', session: detectionUpdate(options, this.#session) });
    }
    const announced = tools !== (options.tools ?? tools) && announcedTools(options.tools!, this.#session.tools);
    if (announced) this.#command({ type: 'configure', session: { tools: announced } });
  }

  /**
   * In a running call the track is put in without renegotiation.
   * @throws {VoiceError} see `openMicrophone` of the transport
   */
  async openMicrophone(): Promise<void> {
    this.#asking = true;
    this.#listener.changed();
    const { audioConstraints: constraints, inputDeviceId: deviceId } = this.#options;
    try {
      const track = await this.media.openMicrophone({ constraints, deviceId }, this.#controller.signal);
      await this.connection.sendTrack(track);
    } finally {
      this.#asking = false;
    }
    this.#listener.changed();
  }

  /** Frees the device: the browser's recording indicator goes out. */
  closeMicrophone(): void {
    void this.connection.sendTrack(null);
    this.media.closeMicrophone();
    this.#listener.changed();
  }

  close(): void {
    this.#controller.abort(new DOMException('The call was stopped.', 'AbortError'));
    this.#releases.release();
  }

  #toolHost(): ToolHost {
    const listener = this.#listener;
    return {
      tools: () => this.#options.tools ?? [],
      turn: listener.turn,
      command: (command) => this.#command(command),
      respond: () => this.turns.respond(),
      input: listener.input,
      dispatch: listener.toolCall,
      confirm: async (confirmation) => (await this.#options.confirmTool?.(confirmation)) ?? false,
      changed: listener.changed,
    };
  }

  #command(command: Command): void {
    this.connection.command(command);
  }

  #receive(signal: Signal): void {
    if (this.turns.disregards(signal)) return;
    if (signal.type === 'session-opened') this.#opened(signal);
    this.#listener.signal(signal);
    this.turns.receive(signal);
    this.tools.receive(signal);
    const fault = signal.type === 'fault' ? signal : signal.type === 'response-ended' ? signal.fault : undefined;
    if (fault?.severity === 'fatal') this.#listener.fail(new VoiceError(fault.code, fault.message));
    else if (signal.type === 'user-stopped' && this.#session?.answersTurns) this.#listener.input({ type: 'response-awaited' });
  }

  #opened(session: SessionOpened): void {
    this.#session = session;
    const update = openingUpdate(this.#options, session);
    if (update) this.#command({ type: 'configure', session: update });
  }

  #linkChanged(link: 'up' | 'interrupted' | 'lost'): void {
    if (link === 'up') this.#listener.input({ type: 'healed' });
    else if (link === 'interrupted') this.#listener.input({ type: 'disconnected' });
    else this.#listener.fail(new VoiceError('connection-lost', 'The connection to the service was lost.'));
  }
}

/** The service takes ids of up to 32 characters from clients. */
function newItemId(): string {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return `item_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
