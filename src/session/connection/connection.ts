import { VoiceError } from '../../errors.js';
import { DetectedDialect } from '../../protocol/detected-dialect.js';
import { Fragments } from '../../protocol/fragments.js';
import { callIdFrom, callsUrlOf, channelPlan, offerUrl, type ChannelPlan } from '../../protocol/realtime-endpoint.js';
import { redacted } from '../../json-fields.js';
import type { Command, SessionOpened, Signal, WireEvent } from '../../protocol/signals.js';
import { QualityReader, type ConnectionQuality } from '../../transport/connection-quality.js';
import { callResource, hangUp } from '../../transport/hang-up.js';
import { checkUrl } from '../../transport/http-request.js';
import { PeerTransport } from '../../transport/peer-transport.js';
import { preconnect } from '../../transport/preconnect-link.js';
import { CALLS_ENDPOINT, exchange, type AnswerReply } from '../../transport/signaling.js';
import type { Secret } from '../../transport/token-source.js';
import { readTraffic, type Traffic } from '../../transport/traffic.js';
import { within } from '../deadline.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { clientSecret } from './client-secret.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';
import { OPENING_STEPS } from './opening-steps.js';
import { requestAdditions } from './request-additions.js';

/** The options that must be URLs if they are set. */
const URLS = ['tokenUrl', 'callsUrl', 'sessionUrl'] as const;

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

/** What can be had before the call starts: the secret, unless the site's server needs none, and the SDP offer. */
type Prepared = readonly [secret: Secret | undefined, offer: string];

/** One peer connection to one session of the service, from the client secret to the hang-up. */
export class Connection {
  readonly transport: PeerTransport;
  /** The service's id of the call, if the answer names one. */
  callId: string | undefined;
  /** Whether the offer has been answered. */
  isAnswered = false;
  /** The session as the service announced it, with what has changed since; undefined before. */
  session: SessionOpened | undefined;
  readonly #options: VoiceSessionOptions;
  readonly #controller = new AbortController();
  readonly #channel: ChannelPlan;
  readonly #outbox: Outbox;
  readonly #fragments = new Fragments();
  readonly #inbox = new Inbox<ConnectionListener>();
  readonly #dialect = new DetectedDialect((signal) => this.#report(signal));
  readonly #quality = new QualityReader();
  #prepared: Promise<Prepared> | undefined;
  #opening: Promise<SessionOpened> | undefined;
  /** The secret that the service got. It is taken out of everything that the service says. */
  #secret: string | undefined;
  #onAnnounced: ((session: SessionOpened) => void) | undefined;
  #isOpen = false;
  #link: LinkState = 'up';
  /** What to delete at the site's own server to end the call. */
  #resource: string | undefined;

  /** @throws {VoiceError} `unsupported` or `configuration` */
  constructor(options: VoiceSessionOptions) {
    this.#options = options;
    for (const name of URLS) if (options[name]) checkUrl(name, options[name]);
    this.#channel = channelPlan(callsUrlOf(options));
    this.transport = new PeerTransport(options.iceServers ?? [], this.#channel, {
      message: (data) => this.#receive(data),
      ready: () => this.#outbox.resume(),
      closed: (how) => this.#linkChanged(how, 'The event channel is closed.'),
      state: (state) => this.#linkChanged(LINK_STATES[state], `The peer connection is ${state}.`),
    });
    this.#outbox = new Outbox(this.transport);
  }

  /** Fetches the secret and makes the offer, both at the same time. A second call returns the same promise. */
  prepare(): Promise<Prepared> {
    // The request first: Chromium takes some milliseconds to begin an offer.
    return (this.#prepared ??= Promise.all([this.#fetchSecret(), this.transport.createOffer()]));
  }

  /** Whether nothing speaks against a call over this connection, however far it is. */
  get isIntact(): boolean {
    return this.#link === 'up';
  }

  /**
   * Resolves to the session when media and events flow and the service has announced it. A second call returns the
   * same promise.
   * @throws {VoiceError} the code of the step that failed
   */
  connect(): Promise<SessionOpened> {
    return (this.#opening ??= this.#open());
  }

  /** The same as `connect()`. The listener is told what it has missed at once. */
  async open(listener: ConnectionListener): Promise<SessionOpened> {
    this.#inbox.deliverTo(listener);
    return this.connect();
  }

  async #open(): Promise<SessionOpened> {
    const [prepared, offer] = await this.prepare();
    const isExpiring = (prepared?.expiresAt ?? Infinity) - SECRET_MARGIN < Date.now();
    const secret = isExpiring ? await this.#fetchSecret() : prepared;
    const { answer, location, id } = await this.#sendOffer(offer, secret);
    this.isAnswered = true;
    const { sessionUrl } = this.#options;
    this.callId = callIdFrom(location) ?? id;
    if (sessionUrl) this.#resource = callResource(new URL(sessionUrl, document.baseURI), location);
    const announced = new Promise<SessionOpened>((resolve) => (this.#onAnnounced = resolve));
    const [session] = await this.#run('media', () => Promise.all([announced, this.transport.accept(answer)]));
    this.#isOpen = true;
    return session;
  }

  /** The quality since the last reading; undefined when it is closed. */
  async quality(): Promise<ConnectionQuality | undefined> {
    const stats = await this.transport.stats();
    return stats && this.#quality.read(stats);
  }

  /** What has passed through it so far; undefined when it is closed. */
  async traffic(): Promise<Traffic | undefined> {
    const stats = await this.transport.stats();
    return stats && readTraffic(stats);
  }

  /** @throws {VoiceError} `configuration` if the command is larger than the channel carries */
  command(command: Command): void {
    this.#outbox.send(...this.#dialect.write(command));
  }

  /** @throws {VoiceError} what `command()` would throw */
  check(command: Command): void {
    for (const event of this.#dialect.write(command)) this.#outbox.encode(event);
  }

  /** @throws {VoiceError} `configuration` if the event is larger than the channel carries */
  send(event: WireEvent): void {
    this.#outbox.send(event);
  }

  /** Hangs up. A step under way is aborted, and nothing is reported any more. */
  close(): void {
    this.#inbox.close();
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

  async #fetchSecret(): Promise<Secret | undefined> {
    const { sessionUrl, callsUrl } = this.#options;
    // The site's own server keeps the secret to itself.
    if (sessionUrl) return undefined;
    // The default is not taken for granted: the token endpoint may name another server.
    if (callsUrl) preconnect(callsUrl);
    const secret = await this.#run('secret', (signal) => clientSecret(this.#options, signal));
    preconnect(callsUrlOf(this.#options, secret));
    return secret;
  }

  #sendOffer(prepared: string, secret: Secret | undefined): Promise<AnswerReply> {
    const callsUrl = callsUrlOf(this.#options, secret);
    const channel = channelPlan(callsUrl, secret?.agreesOnChannel);
    // The token endpoint has named another host, or says that this one wants the other kind of channel.
    if (channel.negotiated !== this.#channel.negotiated) this.transport.open(channel);
    this.#secret = secret?.value;
    const iceServers = this.#options.iceServers ? undefined : secret?.iceServers;
    return this.#run('answer', async (signal) => {
      const offer = iceServers ? await this.transport.offerThrough(iceServers) : prepared;
      const request = { url: offerUrl(callsUrl, channel), offer, secret: this.#secret };
      if (!this.#options.sessionUrl) return exchange({ ...request, credentials: 'omit' }, signal);
      const additions = await requestAdditions(this.#options, 'session', CALLS_ENDPOINT, signal);
      return exchange({ ...request, credentials: this.#credentials, additions }, signal);
    });
  }

  #receive(data: string): void {
    const event = redacted(this.#fragments.read(data), this.#secret);
    if (!event) return;
    this.#inbox.put((listener) => listener.event(event));
    for (const signal of this.#dialect.read(event)) this.#report(signal);
  }

  #report(signal: Signal): void {
    if (signal.type === 'session-opened') this.#onAnnounced?.((this.session = signal));
    if (signal.type === 'session-updated' && this.session)
      this.session = { ...this.session, ...signal, type: this.session.type };
    this.#inbox.put((listener) => listener.signal(signal));
  }

  #linkChanged(state: LinkState | undefined, message: string): void {
    if (state) this.#link = state;
    if (state && this.#isOpen) this.#inbox.put((listener) => listener.linkChanged(state));
    else if (state === 'lost' || state === 'hung-up')
      this.#controller.abort(new VoiceError('connection-failed', message));
  }

  #run<T>(name: keyof typeof OPENING_STEPS, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { endpoint, seconds } = OPENING_STEPS[name];
    const message = `${endpoint.name} did not answer within ${seconds} seconds.`;
    const expired = () => new VoiceError(endpoint.errorCode, message);
    return within(seconds * 1000, this.#controller.signal, expired, step);
  }
}
