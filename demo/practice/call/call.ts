import wrtc from '@roamhq/wrtc';
import { invalid } from '../service/service-error.js';
import { Ear } from '../sound/ear.js';
import { FrameStream } from '../sound/pcm.js';
import { Playback } from '../sound/playback.js';
import type { Speech } from '../sound/speech.js';
import type { CallLine, Dialect, DialectFactory, Tempo } from '../wire/dialect.js';
import type { CallReport } from './call-description.js';
import { EventChannel } from './event-channel.js';
import { PacketCounter } from './packet-counter.js';

export interface CallOptions {
  id: string;
  speech: Speech;
  tempo: Tempo;
  dialect: DialectFactory;
  /** Id of a data channel that both sides have agreed on; without it the client opens one. */
  channelId: number | undefined;
  /** Whether the call begins scripted. It can be changed later. */
  scripted: boolean;
  /** Called with each event that is sent to the client, while the call is tapped. */
  said(text: string): void;
  /** Called with each event of the client, before it has any effect. */
  received(text: string): void;
  /** Called once, when the call ends. */
  ended(): void;
  /** Called once, after the end of the call, when the peer connection is closed. */
  closed(): void;
}

interface SinkData {
  samples: Int16Array;
  sampleRate: number;
  channelCount?: number;
}

const GATHERING_MS = 1000;
const CLOSE_DELAY_MS = 50;
/** A client that has not connected by then has gone. */
const CONNECT_LIMIT_MS = 30_000;

/** One call: its peer connection, its data channel and its sound. What is said in it is decided by the dialect. */
export class Call implements CallLine {
  readonly id: string;
  readonly ear = new Ear();
  readonly playback: Playback;
  readonly speech: Speech;
  readonly tempo: Tempo;
  /** Whether the site's server is told what is sent to the client. */
  tapped = false;
  readonly #startedAt = Date.now();
  readonly #peer = new wrtc.RTCPeerConnection();
  readonly #source = new wrtc.nonstandard.RTCAudioSource();
  readonly #track = this.#source.createTrack();
  readonly #packets = new PacketCounter(this.#peer);
  readonly #options: CallOptions;
  readonly #dialect: Dialect;
  readonly #channel: EventChannel;
  readonly #timers = new Set<NodeJS.Timeout>();
  #sink: InstanceType<typeof wrtc.nonstandard.RTCAudioSink> | undefined;
  #endedAt: number | null = null;

  constructor(options: CallOptions) {
    this.#options = options;
    this.id = options.id;
    this.speech = options.speech;
    this.tempo = options.tempo;
    this.playback = new Playback(this.#source);
    this.#dialect = options.dialect(this);
    this.#channel = new EventChannel({
      opened: () => {
        if (!this.scripted) this.#dialect.opened();
      },
      received: (text) => {
        this.#options.received(text);
        this.receive(text);
      },
      closed: () => this.end(),
    });
    this.scripted = options.scripted;
    this.#peer.onconnectionstatechange = () => {
      const state = this.#peer.connectionState;
      if (state === 'failed' || state === 'closed') this.end();
    };
    this.#peer.ontrack = ({ track }) => {
      if (track.kind === 'audio' && !this.#sink) this.#listenTo(track);
    };
    this.#peer.ondatachannel = ({ channel }) => this.#channel.use(channel);
    this.later(CONNECT_LIMIT_MS, () => {
      if (this.#peer.connectionState !== 'connected') this.end();
    });
  }

  /** While true, the call says nothing by itself: a test sends every event. */
  get scripted(): boolean {
    return this.ear.silent;
  }

  set scripted(scripted: boolean) {
    this.ear.silent = scripted;
  }

  /** @returns the answer with all its candidates, as nothing is trickled */
  async answer(offer: string): Promise<string> {
    // Without transport-wide congestion control there are no bandwidth probes. Their padding packets would add to the
    // 50 packets in each second of one voice.
    const sdp = offer.replace(/^a=(rtcp-fb:.* transport-cc|extmap:.*transport-wide-cc.*)\r?\n/gm, '');
    try {
      await this.#peer.setRemoteDescription({ type: 'offer', sdp });
    } catch {
      throw invalid('Failed to parse the SDP offer.', 'invalid_offer', 'sdp');
    }
    const { channelId } = this.#options;
    if (channelId !== undefined) {
      this.#channel.use(this.#peer.createDataChannel('oai-events', { negotiated: true, id: channelId }));
    }
    // An offer without an audio section gets no sound. An offer that only sends is answered with `recvonly`.
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

  /** Sends a text even if the call is scripted. @returns whether it was sent */
  sendText(text: string): boolean {
    if (this.tapped) this.#options.said(text);
    return this.#channel.send(text);
  }

  /** An event of the client, or of the site's server. */
  receive(text: string): void {
    if (!this.scripted) this.#dialect.received(text);
  }

  later(ms: number, action: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  /** Closes the data channel and leaves the connection up. */
  closeChannel(): void {
    this.#channel.close();
  }

  close(): void {
    this.#channel.close();
    this.later(CLOSE_DELAY_MS, () => this.end());
  }

  /** The site's server hangs up. */
  hangUp(): void {
    if (this.#endedAt === null) this.#dialect.hungUp();
  }

  end(): void {
    if (this.#endedAt !== null) return;
    this.#endedAt = Date.now();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#dialect.closed();
    this.playback.stop();
    this.#sink?.stop();
    this.ear.release();
    this.#track.stop();
    this.#channel.forget();
    this.#options.ended();
    void this.#close();
  }

  /** Like `snapshot`, with the packets counted anew. */
  async report(): Promise<CallReport> {
    // The statistics of a closing peer connection are not read: the last counts stay.
    if (this.#endedAt === null) await this.#packets.count();
    return this.snapshot();
  }

  snapshot(): CallReport {
    const { session, items, muted } = this.#dialect.describe();
    const { received, sent } = this.#packets.counts;
    const { sent: frames, voiced: voicedFrames } = this.playback.frames;
    return {
      id: this.id,
      state: this.#endedAt === null ? this.#peer.connectionState : 'closed',
      channel: this.#channel.state,
      scripted: this.scripted,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      session,
      muted,
      heard: { ...this.ear.level(), ...received },
      sent: { frames, voicedFrames, ...sent },
      serverEvents: this.#channel.sent,
      items,
    };
  }

  #listenTo(track: MediaStreamTrack): void {
    const frames = new FrameStream((frame) => this.ear.hear(frame));
    this.#sink = new wrtc.nonstandard.RTCAudioSink(track);
    this.#sink.ondata = (data: SinkData) => frames.push(data.samples, data.sampleRate, data.channelCount ?? 1);
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

  /** The native module crashes if the peer is closed while its statistics or its last sound are on their way. */
  async #close(): Promise<void> {
    await this.#packets.settled().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, CLOSE_DELAY_MS));
    this.#peer.close();
    this.#options.closed();
  }
}
