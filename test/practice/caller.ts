import wrtc from '@roamhq/wrtc';
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { FrameStream, power } from '../../demo/practice/sound/pcm.js';
import { Playback } from '../../demo/practice/sound/playback.js';
import { callCrash } from './call-crash.js';

// An orderly exit tears down the native WebRTC module, in which it may crash.
process.once('beforeExit', () => process.exit());

interface Event {
  type: string;
}
/** The events that may have this type. */
type Named<Any extends Event, Type extends string> = (Any extends Event
  ? Type extends Any['type']
    ? Any
    : never
  : never) & { at: number };

export interface CallerOptions {
  url: string;
  session?: Record<string, unknown>;
  dcid?: number;
  direction?: RTCRtpTransceiverDirection;
  /** How many milliseconds a wait may take. Default 10,000. */
  patience?: number;
  /** Whether the test makes the process of the call crash. Otherwise a crash fails the test at once. */
  crashes?: boolean;
}

/**
 * A client of the practice server: a real peer connection with PCM at both ends, and all events it has received. It
 * uses the events of the Realtime API, unless other types are given.
 */
export class Caller<ServerEvent extends Event = RealtimeServerEvent, ClientEvent extends Event = RealtimeClientEvent> {
  readonly events: (ServerEvent & { at: number })[] = [];
  /** RMS of each 10 ms of received sound. */
  readonly levels: number[] = [];
  readonly peer = new wrtc.RTCPeerConnection();
  readonly microphone: Playback;
  callId = '';
  readonly #patience: number;
  readonly #url: string;
  readonly #crashes: boolean;
  readonly #closing = new AbortController();
  readonly #track: MediaStreamTrack;
  #channel!: RTCDataChannel;
  #channelClosed = false;
  #sink: InstanceType<typeof wrtc.nonstandard.RTCAudioSink> | undefined;
  #crash: Error | undefined;
  #waiting = new Set<() => void>();

  constructor({ url, patience = 10_000, crashes = false }: CallerOptions) {
    this.#url = url;
    this.#patience = patience;
    this.#crashes = crashes;
    const source = new wrtc.nonstandard.RTCAudioSource();
    this.microphone = new Playback(source);
    this.#track = source.createTrack();
    this.peer.ontrack = ({ track }) => this.#listenTo(track);
    this.peer.onconnectionstatechange = () => this.#wake();
  }

  static async call(options: CallerOptions): Promise<Caller> {
    const caller = new Caller(options);
    const minted = await mint(options.url, { session: { type: 'realtime', ...options.session } });
    const { value } = (await minted.json()) as { value: string };
    const offer = await caller.offer(options);
    const query = options.dcid === undefined ? '' : `?dcid=${options.dcid}`;
    const response = await post(options.url, `/v1/realtime/calls${query}`, value, offer);
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
    await caller.accept(response);
    return caller;
  }

  async offer({ dcid, direction = 'sendrecv' }: Pick<CallerOptions, 'dcid' | 'direction'> = {}): Promise<string> {
    const transceiver = this.peer.addTransceiver('audio', { direction });
    this.#channel = this.peer.createDataChannel('any-label', dcid === undefined ? {} : { negotiated: true, id: dcid });
    this.#channel.onmessage = ({ data }: MessageEvent<string>) => {
      const event = this.read(data);
      if (event) this.events.push({ ...event, at: performance.now() });
      this.#wake();
    };
    this.#channel.onclose = () => {
      this.#channelClosed = true;
      this.#wake();
    };
    await this.peer.setLocalDescription(await this.peer.createOffer());
    // The track is added after the offer, like in a page that does not wait for the microphone.
    if (direction === 'sendrecv') await transceiver.sender.replaceTrack(this.#track);
    return this.peer.localDescription?.sdp ?? '';
  }

  async accept(response: Response): Promise<void> {
    await this.connect(await response.text(), response.headers.get('location')?.match(/\w+$/)?.[0]);
  }

  async connect(answer: string, callId = ''): Promise<void> {
    this.callId = callId;
    if (callId && !this.#crashes) void this.#failOnCrash();
    await this.peer.setRemoteDescription({ type: 'answer', sdp: answer });
    this.microphone.start();
  }

  /** `closed` when the channel has told so, which is after its last message. Its own state changes before that. */
  get channelState(): RTCDataChannelState {
    const { readyState } = this.#channel;
    return readyState === 'closed' && !this.#channelClosed ? 'closing' : readyState;
  }

  send(event: ClientEvent | string): void {
    this.#channel.send(typeof event === 'string' ? event : JSON.stringify(event));
  }

  type(text: string): void {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
    this.send(JSON.stringify({ type: this.itemCreate, item }));
    this.send('{"type":"response.create"}');
  }

  /** Speaks into the microphone. Resolves when the last sample was sent. */
  speak(samples: Int16Array): Promise<void> {
    return new Promise((resolve) => {
      const utterance = this.microphone.open({ started() {}, progressed() {}, drained: resolve });
      utterance.append(samples);
      utterance.finish();
    });
  }

  /** Waits for the first event of this type, counted from `from`. It may have come already. */
  async event<Type extends ServerEvent['type']>(type: Type, from = 0): Promise<Named<ServerEvent, Type>> {
    const found = () => this.events.slice(from).find((event) => event.type === type);
    await this.until(() => found() !== undefined, type);
    return found() as Named<ServerEvent, Type>;
  }

  async until(condition: () => boolean, what = 'a condition'): Promise<void> {
    const deadline = performance.now() + this.#patience;
    while (!condition()) {
      if (this.#crash) throw this.#crash;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`Waited in vain for ${what}. The events so far: ${this.types().join(' ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        const waiting = this.#waiting;
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }

  types(from = 0): string[] {
    return this.events.slice(from).map(({ type }) => type);
  }

  close(): void {
    this.#closing.abort();
    this.microphone.stop();
    this.#sink?.stop();
    this.#track.stop();
    this.peer.close();
  }

  protected get itemCreate(): string {
    return 'conversation.item.create';
  }

  /** Undefined if the message was only a part of an event. */
  protected read(message: string): ServerEvent | undefined {
    return JSON.parse(message) as ServerEvent;
  }

  async #failOnCrash(): Promise<void> {
    this.#crash = await callCrash(this.#url, this.callId, this.#closing.signal);
    if (!this.#crash) return;
    // A test that waits for something else would hang: an uncaught error makes it fail too.
    if (this.#waiting.size === 0) throw this.#crash;
    this.#wake();
  }

  #listenTo(track: MediaStreamTrack): void {
    const frames = new FrameStream((frame) => {
      this.levels.push(Math.sqrt(power(frame)));
      this.#wake();
    });
    this.#sink = new wrtc.nonstandard.RTCAudioSink(track);
    this.#sink.ondata = ({
      samples,
      sampleRate,
      channelCount = 1,
    }: {
      samples: Int16Array;
      sampleRate: number;
      channelCount?: number;
    }) => frames.push(samples, sampleRate, channelCount);
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

export function mint(url: string, body: unknown, key = 'sk-practice'): Promise<Response> {
  return fetch(`${url}/v1/realtime/client_secrets`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function post(url: string, path: string, key: string, sdp: string): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/sdp' },
    body: sdp,
  });
}
