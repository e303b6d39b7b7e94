import { VoiceError } from '../errors.js';

/** Above this many bytes in the channel's buffer, messages wait; a channel whose buffer overflows is closed. */
const HIGH_WATER = 256 * 1024;

/** With the id that both sides agreed on beforehand, where it is not announced in-band. */
export interface ChannelOptions {
  readonly label: string;
  readonly negotiated: boolean;
  readonly id: number | undefined;
}

/** What a transport tells its owner. */
export interface PeerTransportListener {
  message(data: string): void;
  /** The channel takes messages: at first, or again. */
  ready(): void;
  /** The channel is closed. */
  closed(): void;
  /** Of the connection. */
  state(state: RTCPeerConnectionState): void;
}

/** How long an address that does not answer is waited for, in milliseconds. */
const ASKS_ANEW_AFTER = 2_000;

/**
 * One peer connection with one audio transceiver and one event channel.
 *
 * The offer needs no microphone: the transceiver is sendrecv from the start and the track is put in when it
 * comes, which needs no renegotiation (https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-replacetrack). It does
 * not wait for ICE gathering either: the service is ICE-lite with host candidates in its answer and learns
 * the browser's address from the first check.
 */
export class PeerTransport {
  readonly #connection: RTCPeerConnection;
  readonly #audio: RTCRtpTransceiver;
  readonly #listener: PeerTransportListener;
  #channel!: RTCDataChannel;
  #asking: ReturnType<typeof setInterval> | undefined;

  /** @throws {VoiceError} `unsupported`, or `configuration` for ICE servers that the browser refuses */
  constructor(iceServers: RTCIceServer[], channel: ChannelOptions, listener: PeerTransportListener) {
    if (typeof RTCPeerConnection !== 'function') {
      throw new VoiceError('unsupported', 'This browser has no RTCPeerConnection.');
    }
    try {
      this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    } catch (cause) {
      throw new VoiceError('configuration', 'The browser refused iceServers: see cause.', { cause });
    }
    this.#listener = listener;
    this.#audio = this.#connection.addTransceiver('audio', { direction: 'sendrecv' });
    this.open(channel);
    this.#connection.onconnectionstatechange = () => {
      const { connectionState } = this.#connection;
      if (connectionState === 'connected') clearInterval(this.#asking);
      listener.state(connectionState);
    };
  }

  /** The assistant's audio: there from the start, silent until the answer is accepted. */
  get track(): MediaStreamTrack {
    return this.#audio.receiver.track;
  }

  get maxMessageSize(): number {
    return this.#connection.sctp?.maxMessageSize ?? 65_536;
  }

  /** Whether the channel takes messages now. */
  get ready(): boolean {
    return this.#channel.readyState === 'open' && this.#channel.bufferedAmount <= HIGH_WATER;
  }

  /** Makes the channel; and another when it turns out late that the server wants the other kind, before `accept()` only. */
  open(options: ChannelOptions): void {
    this.#channel?.close();
    const channel = (this.#channel = this.#connection.createDataChannel(options.label, options));
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = HIGH_WATER / 2;
    channel.onopen = channel.onbufferedamountlow = () => this.#listener.ready();
    channel.onclose = () => channel === this.#channel && this.#listener.closed();
    channel.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.#listener.message(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
  }

  async createOffer(): Promise<string> {
    const offer = await this.#connection.createOffer();
    await this.#connection.setLocalDescription(offer);
    return offer.sdp ?? '';
  }

  /** @throws {VoiceError} `signaling-failed` when the browser cannot read the answer */
  async accept(answer: string): Promise<void> {
    this.#askAnew(answer.match(/candidate:\S+ \d+ udp .*/gi) ?? []);
    try {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer });
    } catch (cause) {
      throw new VoiceError('signaling-failed', 'The browser refused the SDP answer: see cause.', { cause });
    }
  }

  /** Sends this track, or nothing; the track stays its owner's. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    if (this.#connection.signalingState !== 'closed') await this.#audio.sender.replaceTrack(track);
  }

  /** While it is ready. */
  write(data: string): void {
    this.#channel.send(data);
  }

  async stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** Whoever still holds the connection, as the browser does for a while, holds nothing of the call by it. */
  close(): void {
    const channel = this.#channel;
    clearInterval(this.#asking);
    this.#connection.onconnectionstatechange = null;
    channel.onopen = channel.onbufferedamountlow = channel.onclose = channel.onmessage = null;
    this.#connection.close();
  }

  /**
   * While nobody answers, Firefox asks ever more seldom, at last every six seconds; a network that comes back
   * meanwhile would wait for it. An address that comes under a new name is asked as if for the first time.
   */
  #askAnew(candidates: string[]): void {
    this.#asking = setInterval(() => {
      candidates = candidates.map((candidate) => candidate.replace(':', ':1'));
      for (const candidate of candidates)
        this.#connection.addIceCandidate({ candidate, sdpMid: this.#audio.mid }).catch(() => {});
    }, ASKS_ANEW_AFTER);
  }
}
