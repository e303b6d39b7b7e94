import wrtc from '@roamhq/wrtc';
import type { CallLine, Dialect, DialectFactory, Tempo } from './dialect.js';
import { Ear } from '../sound/ear.js';
import { FrameStream } from '../sound/pcm.js';
import { Playback } from '../sound/playback.js';
import { newId } from '../wire/realtime/server-event.js';
import { invalid } from '../http/service-error.js';
import type { Speech } from '../sound/speech.js';

export interface CallOptions {
  speech: Speech;
  tempo: Tempo;
  dialect: DialectFactory;
  idPrefix: 'rtc' | 'live';
  /** Id of a data channel both sides agreed on beforehand; otherwise the client opens one. */
  channelId: number | undefined;
  /** From the first event on; can be changed later. */
  scripted: boolean;
}

interface SinkData {
  samples: Int16Array;
  sampleRate: number;
  channelCount?: number;
}

const GATHERING_MS = 1000;
const CLOSE_DELAY = 50;
const KEPT_EVENTS = 5000;

/** In milliseconds. */
const CONNECT_LIMIT = 30_000;

/** One call: a peer connection, its data channel and the sound both ways. What is said on it is the dialect's business. */
export class Call implements CallLine {
  readonly id: string;
  readonly startedAt = Date.now();
  readonly ear = new Ear();
  readonly playback: Playback;
  readonly speech: Speech;
  readonly tempo: Tempo;
  readonly #peer = new wrtc.RTCPeerConnection();
  readonly #source = new wrtc.nonstandard.RTCAudioSource();
  readonly #track = this.#source.createTrack();
  readonly #options: CallOptions;
  readonly #dialect: Dialect;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #clientEvents: unknown[] = [];
  #sink: InstanceType<typeof wrtc.nonstandard.RTCAudioSink> | undefined;
  #channel: RTCDataChannel | undefined;
  /** As its events tell. Asked for its state, a channel that another thread is closing brings the process down. */
  #channelState: RTCDataChannelState = 'closed';
  #serverEvents = 0;
  #counting: Promise<void> | undefined;
  #endedAt: number | null = null;
  #packets = { received: 0, sent: 0 };

  constructor(options: CallOptions) {
    this.#options = options;
    this.id = newId(options.idPrefix);
    this.speech = options.speech;
    this.tempo = options.tempo;
    this.playback = new Playback(this.#source);
    this.#dialect = options.dialect(this);
    this.scripted = options.scripted;
    this.#peer.onconnectionstatechange = () => {
      const state = this.#peer.connectionState;
      if (state === 'failed' || state === 'closed') this.end();
    };
    this.#peer.ontrack = ({ track }) => {
      if (track.kind === 'audio' && !this.#sink) this.#listenTo(track);
    };
    this.#peer.ondatachannel = ({ channel }) => this.#use(channel);
    // Who asked for an answer and never came is not waited for.
    this.later(CONNECT_LIMIT, () => {
      if (this.#peer.connectionState !== 'connected') this.end();
    });
  }

  /** While true, the call says nothing by itself: a test writes every event. */
  get scripted(): boolean {
    return this.ear.silent;
  }

  set scripted(scripted: boolean) {
    this.ear.silent = scripted;
  }

  /** @returns the answer, complete with its candidates: nothing is trickled. */
  async answer(offer: string): Promise<string> {
    // Without transport-wide congestion control there are no bandwidth probes, whose padding would add to the 50
    // packets a second that a call of one voice has.
    const sdp = offer.replace(/^a=(rtcp-fb:.* transport-cc|extmap:.*transport-wide-cc.*)\r?\n/gm, '');
    try {
      await this.#peer.setRemoteDescription({ type: 'offer', sdp });
    } catch {
      this.end();
      throw invalid('Failed to parse the SDP offer.', 'invalid_offer', 'sdp');
    }
    const { channelId } = this.#options;
    if (channelId !== undefined)
      this.#use(this.#peer.createDataChannel('oai-events', { negotiated: true, id: channelId }));
    // An offer without an audio section gets no sound, and one that only sends is not sent to.
    const audio = this.#peer.getTransceivers().some(({ receiver }) => receiver.track.kind === 'audio');
    if (audio) this.#peer.addTrack(this.#track, new wrtc.MediaStream());
    const gathered = this.#gathered();
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    await gathered;
    this.playback.start();
    return this.#peer.localDescription?.sdp ?? '';
  }

  send(event: { type: string }): void {
    if (!this.scripted) this.sendText(JSON.stringify(event));
  }

  sendText(text: string): boolean {
    if (this.#channelState !== 'open') return false;
    try {
      // The news that it is closed may still be on its way: only trying tells.
      this.#channel?.send(text);
    } catch {
      return false;
    }
    this.#serverEvents++;
    return true;
  }

  later(ms: number, action: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  /** Leaves the connection up, with nothing to talk through. */
  closeChannel(): void {
    const channel = this.#channel;
    this.#forget();
    channel?.close();
  }

  /** As the site's server does it. */
  hangUp(): void {
    if (!this.ended) this.#dialect.hungUp();
  }

  end(): void {
    if (this.#endedAt !== null) return;
    this.#endedAt = Date.now();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#dialect.closed();
    this.playback.stop();
    this.#sink?.stop();
    this.ear.rest();
    this.#track.stop();
    this.#forget();
    // The native module crashes when a peer is closed while its statistics or its last sound are on their way.
    void Promise.resolve(this.#counting).finally(() => setTimeout(() => this.#peer.close(), CLOSE_DELAY));
  }

  get ended(): boolean {
    return this.#endedAt !== null;
  }

  async describe() {
    await (this.#counting ??= this.#countPackets().finally(() => (this.#counting = undefined)));
    const { session, items, muted } = this.#dialect.describe();
    const heard = this.ear.level();
    return {
      id: this.id,
      state: this.#endedAt === null ? this.#peer.connectionState : 'closed',
      channel: this.#channelState,
      scripted: this.scripted,
      startedAt: this.startedAt,
      endedAt: this.#endedAt,
      session,
      muted,
      heard: { ...heard, packets: this.#packets.received },
      sent: {
        frames: this.playback.frames.sent,
        voicedFrames: this.playback.frames.voiced,
        packets: this.#packets.sent,
      },
      clientEvents: this.#clientEvents,
      serverEvents: this.#serverEvents,
      items,
    };
  }

  #listenTo(track: MediaStreamTrack): void {
    const frames = new FrameStream((frame) => this.ear.hear(frame));
    this.#sink = new wrtc.nonstandard.RTCAudioSink(track);
    this.#sink.ondata = (data: SinkData) => frames.push(data.samples, data.sampleRate, data.channelCount ?? 1);
  }

  #use(channel: RTCDataChannel): void {
    if (this.#channel) return;
    this.#channel = channel;
    this.#channelState = 'connecting';
    const opened = () => {
      if (this.#channel !== channel) return;
      this.#channelState = 'open';
      if (!this.scripted) this.#dialect.opened();
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#received(String(data));
    // A page that goes away closes its channel long before ICE notices. Our own closing has forgotten the channel by now.
    channel.onclose = () => {
      if (this.#channel === channel) this.end();
    };
    if (channel.readyState === 'open') opened();
    else channel.onopen = opened;
  }

  #forget(): void {
    this.#channel = undefined;
    this.#channelState = 'closed';
  }

  #received(text: string): void {
    let event: unknown = text;
    try {
      event = JSON.parse(text);
    } catch {
      // Kept as it came.
    }
    if (this.#clientEvents.length < KEPT_EVENTS) this.#clientEvents.push(event);
    if (!this.scripted) this.#dialect.received(text);
  }

  #gathered(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHERING_MS);
      this.#peer.onicegatheringstatechange = () => {
        if (this.#peer.iceGatheringState !== 'complete') return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The last count stays readable after the end. */
  async #countPackets(): Promise<void> {
    if (this.#endedAt !== null) return;
    const stats = await this.#peer.getStats();
    stats.forEach((entry: { type: string; kind?: string; packetsReceived?: number; packetsSent?: number }) => {
      if (entry.kind !== 'audio') return;
      if (entry.type === 'inbound-rtp') this.#packets.received = entry.packetsReceived ?? 0;
      if (entry.type === 'outbound-rtp') this.#packets.sent = entry.packetsSent ?? 0;
    });
  }
}
