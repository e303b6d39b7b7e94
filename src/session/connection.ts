import { VoiceError } from '../errors.js';
import { dialectOf } from '../protocol/dialect.js';
import { Fragments, readWireEvent } from '../protocol/fragments.js';
import { callIdFrom, channelPlan, DEFAULT_CALLS_URL, offerUrl } from '../protocol/realtime-endpoint.js';
import type { Command, Dialect, Signal, WireEvent } from '../protocol/signals.js';
import { PeerTransport } from '../transport/peer-transport.js';
import { exchange } from '../transport/signaling.js';
import { callTokenSource, fetchSecret, type Secret } from '../transport/token-source.js';
import { within } from './deadline.js';
import { Outbox } from './outbox.js';
import type { VoiceSessionOptions } from './session-options.js';

/** Time limits of the steps, in milliseconds. */
const TOKEN_LIMIT = 8_000;
const EXCHANGE_LIMIT = 10_000;
const READY_LIMIT = 15_000;
/** A secret this close to its end is not used any more, in milliseconds. */
const SECRET_MARGIN = 3_000;

export interface ConnectionListener {
  event(event: WireEvent): void;
  signal(signal: Signal): void;
  /** After the connection was ready: `lost` is final, the others come and go. */
  link(link: 'up' | 'interrupted' | 'lost'): void;
}

/** One peer connection joined to one session of the service, from the secret to the announced session. */
export class Connection {
  readonly #options: VoiceSessionOptions;
  readonly #controller = new AbortController();
  readonly #transport: PeerTransport;
  readonly #outbox: Outbox;
  readonly #fragments = new Fragments();
  #dialect: Dialect | undefined;
  readonly #announced: Promise<void>;
  #announce!: () => void;
  #listener: ConnectionListener | undefined;
  #prepared: Promise<[string, Secret | undefined]> | undefined;
  #ready = false;
  callId: string | undefined;

  /** @throws {VoiceError} `unsupported` or `configuration` */
  constructor(options: VoiceSessionOptions) {
    this.#options = options;
    this.#announced = new Promise((resolve) => (this.#announce = resolve));
    this.#transport = new PeerTransport(options.iceServers ?? [], channelPlan(this.#callsUrl(undefined)), {
      message: (data) => this.#receive(data),
      channelOpen: () => this.#outbox.open(),
      channelClosed: () => this.#lose('The service closed the event channel.'),
      connectionState: (state) => this.#connectionState(state),
    });
    this.#outbox = new Outbox(this.#transport);
  }

  get remoteTrack(): MediaStreamTrack {
    return this.#transport.remoteTrack;
  }

  /** Fetches the secret and makes the offer, side by side; idempotent, so that both can be had ahead. */
  prepare(): Promise<[string, Secret | undefined]> {
    this.#prepared ??= Promise.all([this.#transport.createOffer(), this.#secret()]);
    return this.#prepared;
  }

  /**
   * Resolves when the channel is open and the service has announced the session.
   * @throws {VoiceError}
   */
  async open(listener: ConnectionListener): Promise<void> {
    this.#listener = listener;
    const { signal } = this.#controller;
    const [offer, prepared] = await this.prepare();
    const stale = prepared?.expiresAt !== undefined && prepared.expiresAt - SECRET_MARGIN < Date.now();
    const secret = stale ? await this.#secret() : prepared;
    const url = this.#callsUrl(secret);
    const plan = channelPlan(url);
    // The server chose another host than the offer was made for: that host wants the other kind of channel.
    if (plan.negotiatedId !== channelPlan(this.#callsUrl(undefined)).negotiatedId) this.#transport.replaceChannel(plan);
    const { sessionUrl, credentials = 'same-origin' } = this.#options;
    const request = {
      url: offerUrl(url, plan),
      offer,
      secret: secret?.value,
      credentials: sessionUrl ? credentials : ('omit' as const),
    };
    const noAnswer = tooSlow('signaling-failed', 'The calls endpoint did not answer', EXCHANGE_LIMIT);
    const { answer, location, id } = await within(EXCHANGE_LIMIT, signal, noAnswer, (limited) => exchange(request, limited));
    this.callId = callIdFrom(location) ?? id;
    const notUp = tooSlow('connection-failed', 'The media connection did not come up', READY_LIMIT);
    await within(READY_LIMIT, signal, notUp, async () => {
      await this.#transport.accept(answer);
      await this.#announced;
    });
    this.#ready = true;
  }

  async sendTrack(track: MediaStreamTrack | null): Promise<void> {
    await this.#transport.send(track);
  }

  command(command: Command): void {
    for (const event of this.#dialect?.write(command) ?? []) this.send(event);
  }

  send(event: WireEvent): void {
    this.#outbox.send(event);
  }

  close(): void {
    this.#listener = undefined;
    this.#controller.abort(new DOMException('The call was stopped.', 'AbortError'));
    this.#dialect?.close();
    this.#transport.close();
  }

  #callsUrl(secret: Secret | undefined): string {
    const { sessionUrl, callsUrl } = this.#options;
    return sessionUrl ?? callsUrl ?? secret?.callsUrl ?? DEFAULT_CALLS_URL;
  }

  async #secret(): Promise<Secret | undefined> {
    const { sessionUrl, tokenSource, tokenUrl, tokenMethod = 'POST', credentials = 'same-origin' } = this.#options;
    if (sessionUrl) return undefined;
    const slow = tooSlow('token-failed', 'The token endpoint did not answer', TOKEN_LIMIT);
    return within(TOKEN_LIMIT, this.#controller.signal, slow, async (signal) => {
      if (tokenSource) return callTokenSource(tokenSource, signal);
      if (tokenUrl) return fetchSecret({ url: tokenUrl, method: tokenMethod, credentials }, signal);
      throw new VoiceError(
        'configuration',
        'Nothing to call: set token-url, session-url or tokenSource.',
      );
    });
  }

  #receive(data: string): void {
    const wrapped = readWireEvent(data);
    const event = wrapped && this.#fragments.unwrap(wrapped);
    if (!event) return;
    this.#listener?.event(event);
    this.#dialect ??= dialectOf(event, (signal) => this.#listener?.signal(signal));
    for (const signal of this.#dialect.read(event)) {
      if (signal.type === 'session-opened') this.#announce();
      this.#listener?.signal(signal);
    }
  }

  #connectionState(state: RTCPeerConnectionState): void {
    if (state === 'failed' || state === 'closed') this.#lose(`The peer connection is ${state}.`);
    else if (this.#ready && state === 'disconnected') this.#listener?.link('interrupted');
    else if (this.#ready && state === 'connected') this.#listener?.link('up');
  }

  #lose(message: string): void {
    if (this.#ready) this.#listener?.link('lost');
    else this.#controller.abort(new VoiceError('connection-failed', message));
  }
}

function tooSlow(code: VoiceError['code'], what: string, ms: number): () => VoiceError {
  return () => new VoiceError(code, `${what} within ${ms / 1000} seconds.`);
}
