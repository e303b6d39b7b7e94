import { VoiceError } from '../errors.js';
import { callsUrlOf, channelPlan, offerUrl, type ChannelPlan } from '../protocol/realtime-endpoint.js';
import { requestAdditions } from '../session/connection/request-additions.js';
import { callResource, hangUp } from '../transport/hang-up.js';
import { PeerTransport } from '../transport/peer-transport.js';
import { CALLS_ENDPOINT, exchange } from '../transport/signaling.js';
import type { Secret } from '../transport/token-source.js';
import type { EndpointOptions } from './endpoint-options.js';

/** A real call of a second or two, without a microphone. Close it. */
export class TrialCall {
  /** Where the offer goes. */
  readonly url: string;
  readonly #transport: PeerTransport;
  readonly #options: EndpointOptions;
  readonly #secret: Secret | undefined;
  readonly #channel: ChannelPlan;
  /** What has got through so far. */
  #media = false;
  #events = false;
  #opened: (() => void) | undefined;
  #failed: ((error: VoiceError) => void) | undefined;
  #lost: VoiceError | undefined;
  #answer = '';
  /** What to delete at the site's own server to end the call. */
  #resource: string | undefined;

  /** @throws {VoiceError} `unsupported`, or `configuration` if the browser refuses the ICE servers */
  constructor(options: EndpointOptions, secret: Secret | undefined) {
    this.#options = options;
    this.#secret = secret;
    this.url = callsUrlOf(options, secret);
    this.#channel = channelPlan(this.url, secret?.agreesOnChannel);
    this.#transport = new PeerTransport(options.iceServers ?? secret?.iceServers ?? [], this.#channel, {
      message: () => {
        this.#events = true;
        this.#advance();
      },
      ready: () => {},
      closed: () => this.#lose('The service has closed the event channel.'),
      state: (state) => {
        if (state === 'failed' || state === 'closed') return this.#lose(`The peer connection is ${state}.`);
        this.#media = state === 'connected';
        this.#advance();
      },
    });
  }

  /** @throws {VoiceError} what `exchange()` and the page's `requestInit` throw */
  async dial(signal: AbortSignal): Promise<void> {
    const { sessionUrl, credentials = 'same-origin' } = this.#options;
    const request = {
      url: offerUrl(this.url, this.#channel),
      offer: await this.#transport.createOffer(),
      secret: this.#secret?.value,
      credentials: sessionUrl ? credentials : ('omit' as const),
      ...(sessionUrl && { additions: await requestAdditions(this.#options, 'session', CALLS_ENDPOINT, signal) }),
    };
    const { answer, location } = await exchange(request, signal);
    this.#answer = answer;
    if (sessionUrl) this.#resource = callResource(new URL(sessionUrl, document.baseURI), location);
  }

  /**
   * Resolves when both the media and the events have got through.
   * @throws {VoiceError} `signaling-failed` or `connection-failed`
   */
  async connect(): Promise<void> {
    await this.#transport.accept(this.#answer);
    await new Promise<void>((resolve, reject) => {
      this.#opened = resolve;
      this.#failed = reject;
      this.#advance();
    });
  }

  /** @throws {VoiceError} `connection-failed` if it is closed */
  async stats(): Promise<RTCStatsReport> {
    const report = await this.#transport.stats();
    if (!report) throw new VoiceError('connection-failed', 'The peer connection is closed.');
    return report;
  }

  close(): void {
    if (this.#resource) hangUp(this.#resource, this.#options.credentials ?? 'same-origin');
    this.#resource = undefined;
    this.#transport.close();
  }

  #advance(): void {
    if (this.#lost) this.#failed?.(this.#lost);
    else if (this.#media && this.#events) this.#opened?.();
  }

  #lose(message: string): void {
    this.#lost = new VoiceError('connection-failed', message);
    this.#advance();
  }
}
