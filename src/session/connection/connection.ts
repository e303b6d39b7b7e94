import { VoiceError } from '../../errors.js';
import type { Endpoint } from '../../transport/http-request.js';
import { Beta, isBeta } from '../../protocol/beta.js';
import { Fragments } from '../../protocol/fragments.js';
import { Live } from '../../protocol/live.js';
import { realtime } from '../../protocol/realtime.js';
import {
  callIdFrom,
  channelPlan,
  DEFAULT_CALLS_URL,
  offerUrl,
  type ChannelPlan,
} from '../../protocol/realtime-endpoint.js';
import type { Command, Dialect, Signal, WireEvent } from '../../protocol/signals.js';
import { QualityReader, type ConnectionQuality } from '../../transport/connection-quality.js';
import { PeerTransport } from '../../transport/peer-transport.js';
import { CALLS, exchange } from '../../transport/signaling.js';
import { callTokenSource, fetchSecret, TOKENS, type Secret } from '../../transport/token-source.js';
import { within } from '../deadline.js';
import { Outbox } from './outbox.js';
import type { VoiceSessionOptions } from '../session-options.js';

const MEDIA: Endpoint = { what: 'The media connection', failed: 'connection-failed', seconds: 15 };
/** A secret this close to its end is not used any more, in milliseconds. */
const SECRET_MARGIN = 3_000;

/** `lost` is final, the others come and go. */
export type Link = 'up' | 'interrupted' | 'lost';

const LINKS: Partial<Record<RTCPeerConnectionState, Link>> = {
  connected: 'up',
  disconnected: 'interrupted',
  failed: 'lost',
  closed: 'lost',
};

export interface ConnectionListener {
  event(event: WireEvent): void;
  signal(signal: Signal): void;
  /** After the connection was ready. */
  link(link: Link): void;
}

/** One peer connection joined to one session of the service, from the secret to the announced session. */
export class Connection {
  readonly #options: VoiceSessionOptions;
  readonly #controller = new AbortController();
  readonly transport: PeerTransport;
  readonly #outbox: Outbox;
  readonly #plan: ChannelPlan;
  readonly #fragments = new Fragments();
  readonly #quality = new QualityReader();
  #dialect: Dialect = realtime;
  #announce: (() => void) | undefined;
  #listener: ConnectionListener | undefined;
  #prepared: Promise<[string, Secret | undefined]> | undefined;
  #ready = false;
  callId: string | undefined;
  /** Where the site's own server ends the call, as in WHIP (RFC 9725). */
  #resource: string | undefined;

  /** @throws {VoiceError} `unsupported` or `configuration` */
  constructor(options: VoiceSessionOptions) {
    this.#options = options;
    this.#plan = channelPlan(this.#callsUrl(undefined));
    this.transport = new PeerTransport(options.iceServers ?? [], this.#plan, {
      message: (data) => this.#receive(data),
      ready: () => this.#outbox.resume(),
      closed: () => this.#link('lost', 'The event channel is closed.'),
      state: (state) => this.#link(LINKS[state], `The peer connection is ${state}.`),
    });
    this.#outbox = new Outbox(this.transport);
  }

  /** Fetches the secret and makes the offer, side by side; idempotent, so that both can be had ahead. */
  prepare(): Promise<[string, Secret | undefined]> {
    return (this.#prepared ??= Promise.all([this.transport.createOffer(), this.#secret()]));
  }

  /**
   * Resolves when the channel is open and the service has announced the session.
   * @throws {VoiceError}
   */
  async open(listener: ConnectionListener): Promise<void> {
    this.#listener = listener;
    const [offer, prepared] = await this.prepare();
    const stale = (prepared?.expiresAt ?? Infinity) - SECRET_MARGIN < Date.now();
    const secret = stale ? await this.#secret() : prepared;
    const url = this.#callsUrl(secret);
    const plan = channelPlan(url);
    // The server chose another host than the offer was made for: that host wants the other kind of channel.
    if (plan.negotiated !== this.#plan.negotiated) this.transport.open(plan);
    const { sessionUrl, credentials = 'same-origin' } = this.#options;
    const request = {
      url: offerUrl(url, plan),
      offer,
      secret: secret?.value,
      credentials: sessionUrl ? credentials : ('omit' as const),
    };
    const { answer, location, id } = await this.#within(CALLS, (signal) => exchange(request, signal));
    this.callId = callIdFrom(location) ?? id;
    if (sessionUrl) this.#resource = resourceOf(new URL(sessionUrl, document.baseURI), location);
    const announced = new Promise<void>((resolve) => (this.#announce = resolve));
    await this.#within(MEDIA, () => Promise.all([this.transport.accept(answer), announced]));
    this.#ready = true;
  }

  /** Since the last look at this connection. */
  async quality(): Promise<ConnectionQuality> {
    return this.#quality.read(await this.transport.stats());
  }

  command(command: Command): void {
    for (const event of this.#dialect.write(command)) this.send(event);
  }

  send(event: WireEvent): void {
    this.#outbox.send(event);
  }

  close(): void {
    this.#listener = undefined;
    this.command({ type: 'hang-up' });
    // It must go out even while the page is being left.
    const { credentials = 'same-origin' } = this.#options;
    if (this.#resource) fetch(this.#resource, { method: 'DELETE', keepalive: true, credentials }).catch(() => {});
    this.#resource = undefined;
    this.#controller.abort();
    this.#dialect.close?.();
    this.transport.close();
  }

  #callsUrl(secret: Secret | undefined): string {
    const { sessionUrl, callsUrl } = this.#options;
    return sessionUrl ?? callsUrl ?? secret?.callsUrl ?? DEFAULT_CALLS_URL;
  }

  async #secret(): Promise<Secret | undefined> {
    const { sessionUrl, tokenSource, tokenUrl, tokenMethod = 'POST', credentials = 'same-origin' } = this.#options;
    if (sessionUrl) return undefined;
    return this.#within(TOKENS, async (signal) => {
      if (tokenSource) return callTokenSource(tokenSource, signal);
      if (tokenUrl) return fetchSecret({ url: tokenUrl, method: tokenMethod, credentials }, signal);
      throw new VoiceError('configuration', 'Nothing to call: set token-url, session-url or tokenSource.');
    });
  }

  #receive(data: string): void {
    // What was on its way when the connection was closed says nothing any more.
    const event = this.#listener && this.#fragments.read(data);
    if (!event) return;
    this.#listener?.event(event);
    if (this.#dialect === realtime) {
      if (event.type === 'session.started') this.#dialect = new Live((signal) => this.#listener?.signal(signal));
      if (isBeta(event)) this.#dialect = new Beta();
    }
    for (const signal of this.#dialect.read(event)) {
      if (signal.type === 'session-opened') this.#announce?.();
      this.#listener?.signal(signal);
    }
  }

  #link(link: Link | undefined, message: string): void {
    if (link && this.#ready) this.#listener?.link(link);
    else if (link === 'lost') this.#controller.abort(new VoiceError('connection-failed', message));
  }

  #within<T>({ what, failed, seconds }: Endpoint, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const expired = () => new VoiceError(failed, `${what} did not answer within ${seconds} seconds.`);
    return within(seconds * 1000, this.#controller.signal, expired, step);
  }
}

/** Only what leads back to the site's own endpoint is for the browser to end: some pass the service's address on. */
function resourceOf(endpoint: URL, location: string | null): string | undefined {
  const resource = location && new URL(location, endpoint);
  return resource && resource.origin + resource.pathname === endpoint.origin + endpoint.pathname
    ? resource.href
    : undefined;
}
