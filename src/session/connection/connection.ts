import { VoiceError } from '../../errors.js';
import { DetectedDialect } from '../../protocol/detected-dialect.js';
import { Fragments } from '../../protocol/fragments.js';
import {
  callIdFrom,
  channelPlan,
  DEFAULT_CALLS_URL,
  offerUrl,
  type ChannelPlan,
} from '../../protocol/realtime-endpoint.js';
import type { Command, Signal, WireEvent } from '../../protocol/signals.js';
import { QualityReader, type ConnectionQuality } from '../../transport/connection-quality.js';
import { callResource, hangUp } from '../../transport/hang-up.js';
import type { Endpoint } from '../../transport/http-request.js';
import { PeerTransport } from '../../transport/peer-transport.js';
import { CALLS_ENDPOINT, exchange, type AnswerReply } from '../../transport/signaling.js';
import { packetsReceived, SoundReader, type Sound } from '../../transport/sound-reader.js';
import { TOKEN_ENDPOINT, type Secret } from '../../transport/token-source.js';
import { within } from '../deadline.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { clientSecret } from './client-secret.js';
import { Outbox } from './outbox.js';

/** The steps of opening a connection: who has to answer, and within how many seconds. */
const STEPS = {
  secret: { endpoint: TOKEN_ENDPOINT, seconds: 8 },
  answer: { endpoint: CALLS_ENDPOINT, seconds: 10 },
  media: { endpoint: { name: 'The media connection', errorCode: 'connection-failed' }, seconds: 15 },
} as const satisfies Record<string, { readonly endpoint: Endpoint; readonly seconds: number }>;

/** A secret that expires sooner than this is replaced by a new one, in milliseconds. */
const SECRET_MARGIN = 3_000;

/** The state of the link once the connection is open. `lost` and `hung-up` are final; a hang-up is on purpose. */
export type LinkState = 'up' | 'interrupted' | 'lost' | 'hung-up';

const LINK_STATES: Partial<Record<RTCPeerConnectionState, LinkState>> = {
  connected: 'up',
  disconnected: 'interrupted',
  failed: 'lost',
  closed: 'lost',
};

export interface ConnectionListener {
  /** Every event of the service, before its signals. */
  event(event: WireEvent): void;
  signal(signal: Signal): void;
  /** Only after the connection was opened. */
  linkChanged(state: LinkState): void;
}

/** What can be had before the call starts: the SDP offer, and the secret unless the site's server needs none. */
type Prepared = readonly [offer: string, secret: Secret | undefined];

/** One peer connection to one session of the service, from the client secret to the hang-up. */
export class Connection {
  readonly transport: PeerTransport;
  /** The service's id of the call, if the answer names one. */
  callId: string | undefined;
  readonly #options: VoiceSessionOptions;
  readonly #controller = new AbortController();
  readonly #channel: ChannelPlan;
  readonly #outbox: Outbox;
  readonly #fragments = new Fragments();
  readonly #dialect = new DetectedDialect((signal) => this.#listener?.signal(signal));
  readonly #quality = new QualityReader();
  readonly #sound = new SoundReader();
  #listener: ConnectionListener | undefined;
  #prepared: Promise<Prepared> | undefined;
  #onAnnounced: (() => void) | undefined;
  #isAnswered = false;
  #isOpen = false;
  /** What to delete at the site's own server to end the call. */
  #resource: string | undefined;

  /** @throws {VoiceError} `unsupported` or `configuration` */
  constructor(options: VoiceSessionOptions) {
    this.#options = options;
    this.#channel = channelPlan(this.#callsUrl(undefined));
    this.transport = new PeerTransport(options.iceServers ?? [], this.#channel, {
      message: (data) => this.#receive(data),
      ready: () => this.#outbox.resume(),
      closed: (how) => this.#linkChanged(how, 'The event channel is closed.'),
      state: (state) => this.#linkChanged(LINK_STATES[state], `The peer connection is ${state}.`),
    });
    this.#outbox = new Outbox(this.transport);
  }

  /** Whether the offer has been answered. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Makes the offer and fetches the secret, both at the same time. A second call returns the same promise. */
  prepare(): Promise<Prepared> {
    return (this.#prepared ??= Promise.all([this.transport.createOffer(), this.#fetchSecret()]));
  }

  /**
   * Resolves when media and events flow and the service has announced the session.
   * @throws {VoiceError} the code of the step that failed
   */
  async open(listener: ConnectionListener): Promise<void> {
    this.#listener = listener;
    const [offer, prepared] = await this.prepare();
    const isExpiring = (prepared?.expiresAt ?? Infinity) - SECRET_MARGIN < Date.now();
    const secret = isExpiring ? await this.#fetchSecret() : prepared;
    const { answer, location, id } = await this.#sendOffer(offer, secret);
    this.#isAnswered = true;
    const { sessionUrl } = this.#options;
    this.callId = callIdFrom(location) ?? id;
    if (sessionUrl) this.#resource = callResource(new URL(sessionUrl, document.baseURI), location);
    const announced = new Promise<void>((resolve) => (this.#onAnnounced = resolve));
    await this.#run('media', () => Promise.all([this.transport.accept(answer), announced]));
    this.#isOpen = true;
  }

  /** The quality since the last reading. */
  async quality(): Promise<ConnectionQuality> {
    return this.#quality.read(await this.transport.stats());
  }

  /** How loud both sides have been since the last reading. */
  async sound(): Promise<Sound> {
    return this.#sound.read(await this.transport.stats());
  }

  /** How many packets of sound have come so far. */
  async packetsReceived(): Promise<number> {
    return packetsReceived(await this.transport.stats());
  }

  /** @throws {VoiceError} `configuration` if the command is larger than the channel carries */
  command(command: Command): void {
    for (const event of this.#dialect.write(command)) this.send(event);
  }

  /** @throws {VoiceError} `configuration` if the event is larger than the channel carries */
  send(event: WireEvent): void {
    this.#outbox.send(event);
  }

  /** Hangs up. A step under way is aborted, and nothing is reported any more. */
  close(): void {
    this.#listener = undefined;
    this.command({ type: 'hang-up' });
    if (this.#resource) hangUp(this.#resource, this.#credentials);
    this.#resource = undefined;
    this.#controller.abort();
    this.#dialect.close();
    this.transport.close();
  }

  get #credentials(): RequestCredentials {
    return this.#options.credentials ?? 'same-origin';
  }

  #callsUrl(secret: Secret | undefined): string {
    const { sessionUrl, callsUrl } = this.#options;
    return sessionUrl ?? callsUrl ?? secret?.callsUrl ?? DEFAULT_CALLS_URL;
  }

  async #fetchSecret(): Promise<Secret | undefined> {
    // The site's own server keeps the secret to itself.
    if (this.#options.sessionUrl) return undefined;
    return this.#run('secret', (signal) => clientSecret(this.#options, signal));
  }

  #sendOffer(offer: string, secret: Secret | undefined): Promise<AnswerReply> {
    const callsUrl = this.#callsUrl(secret);
    const channel = channelPlan(callsUrl);
    // The token endpoint has named another host, which wants the other kind of channel.
    if (channel.negotiated !== this.#channel.negotiated) this.transport.open(channel);
    const credentials = this.#options.sessionUrl ? this.#credentials : 'omit';
    const request = { url: offerUrl(callsUrl, channel), offer, secret: secret?.value, credentials };
    return this.#run('answer', (signal) => exchange(request, signal));
  }

  #receive(data: string): void {
    // A closed connection may still receive what was already on its way.
    const event = this.#listener && this.#fragments.read(data);
    if (!event) return;
    this.#listener?.event(event);
    for (const signal of this.#dialect.read(event)) {
      if (signal.type === 'session-opened') this.#onAnnounced?.();
      this.#listener?.signal(signal);
    }
  }

  #linkChanged(state: LinkState | undefined, message: string): void {
    if (state && this.#isOpen) this.#listener?.linkChanged(state);
    else if (state === 'lost' || state === 'hung-up')
      this.#controller.abort(new VoiceError('connection-failed', message));
  }

  #run<T>(name: keyof typeof STEPS, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { endpoint, seconds } = STEPS[name];
    const message = `${endpoint.name} did not answer within ${seconds} seconds.`;
    const expired = () => new VoiceError(endpoint.errorCode, message);
    return within(seconds * 1000, this.#controller.signal, expired, step);
  }
}
