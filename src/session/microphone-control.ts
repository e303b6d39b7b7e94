import { VoiceError } from '../errors.js';
import type { Command, SessionOpened } from '../protocol/signals.js';
import { isSameMicrophone } from '../transport/microphone.js';
import type { Connection } from './connection/connection.js';
import { untilAborted } from './deadline.js';
import { VoiceErrorEvent } from './events.js';
import type { Media } from './media.js';
import type { CallRecord } from './record/call-record.js';
import type { VoiceSessionOptions } from './session-options.js';

/** What the microphone needs of the call. */
export interface MicrophoneHost {
  readonly options: VoiceSessionOptions;
  readonly signal: AbortSignal;
  readonly media: Pick<
    Media,
    'sent' | 'microphone' | 'talking' | 'openMicrophone' | 'release' | 'closeMicrophone' | 'play'
  >;
  /** Undefined until the service listens. */
  readonly session: SessionOpened | undefined;
  readonly connection: { readonly transport: Pick<Connection['transport'], 'send' | 'track'> };
  readonly record: Pick<CallRecord, 'changed' | 'target'>;
  command(command: Command): void;
}

/** Turns the microphone of a running call on and off. The track is replaced without renegotiation. */
export class MicrophoneControl {
  readonly #host: MicrophoneHost;
  /** The opening under way. It aborts when the microphone is turned off, or the call ends. */
  #opening: AbortController | undefined;

  constructor(host: MicrophoneHost) {
    this.#host = host;
    host.signal.addEventListener('abort', () => this.#opening?.abort(host.signal.reason));
  }

  get state(): 'off' | 'asking' | 'on' {
    if (this.#opening) return 'asking';
    return this.#host.media.microphone ? 'on' : 'off';
  }

  /**
   * Asks for the microphone and sends its sound. If it is turned off meanwhile, this resolves at once, and what the
   * visitor grants later is not used.
   * @throws {VoiceError} `insecure-context`, `unsupported` or one of `microphone-…`
   */
  async open(): Promise<void> {
    const { signal, record } = this.#host;
    signal.throwIfAborted();
    const opening = (this.#opening = new AbortController());
    record.changed();
    try {
      // A listener may have turned it off.
      opening.signal.throwIfAborted();
      await untilAborted(this.#open(opening.signal), opening.signal);
    } catch (error) {
      if (signal.aborted || !opening.signal.aborted) throw error;
    } finally {
      if (this.#opening === opening) this.#opening = undefined;
    }
    record.changed();
  }

  /** Opens the microphone that the options want in the end: they may change while the browser asks. */
  async #open(signal: AbortSignal): Promise<void> {
    const host = this.#host;
    let { options } = host;
    for (;;) {
      await host.media.openMicrophone(options, signal, () => !!host.session);
      await host.connection.transport.send(host.media.sent);
      if (signal.aborted || isSameMicrophone(options, host.options)) return;
      options = host.options;
    }
  }

  /**
   * Opens a microphone in place of the present one: another was chosen, or this one is gone. If none can be opened,
   * the call goes on in text.
   */
  async replace(): Promise<void> {
    if (this.state !== 'on') return;
    const { media, signal, record } = this.#host;
    try {
      await this.open();
      // Losing a device can silence the speaker too: Chromium has one audio process for both.
      media.play(this.#host.connection.transport.track);
    } catch (cause) {
      if (signal.aborted) return;
      this.close();
      const error = new VoiceError('microphone-lost', 'No microphone could be opened again: see cause.', { cause });
      record.target.dispatchEvent(new VoiceErrorEvent({ error }));
    }
  }

  /** The service listens: what the visitor has said until now is sent first. */
  async release(): Promise<void> {
    const { media } = this.#host;
    await media.release();
    await this.#host.connection.transport.send(media.sent);
  }

  /** Frees the device, so that the browser's recording indicator goes out. */
  close(): void {
    const { media, connection, record } = this.#host;
    this.#opening?.abort();
    this.#opening = undefined;
    void connection.transport.send(null);
    media.closeMicrophone();
    record.changed();
  }

  /** Sends the microphone's sound, or silence. Nothing is sent while the page has muted it. */
  setTalking(talking: boolean): void {
    const { media, options } = this.#host;
    const isSent = talking && !options.muted;
    if (isSent === media.talking) return;
    media.talking = isSent;
    this.#host.command({ type: 'mute', muted: !isSent });
  }
}
