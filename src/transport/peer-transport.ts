import { VoiceError } from '../errors.js';

export interface ChannelOptions {
  readonly label: string;
  /** The id that both sides agreed on beforehand; undefined = announced in-band. */
  readonly negotiatedId: number | undefined;
}

/** What a transport tells its owner; nothing is told after `close()`. */
export interface PeerTransportListener {
  message(data: string): void;
  channelOpen(): void;
  channelClosed(): void;
  connectionState(state: RTCPeerConnectionState): void;
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
  #channel: RTCDataChannel;
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
    this.#channel = this.#open(channel);
    this.#connection.onconnectionstatechange = () => {
      const { connectionState } = this.#connection;
      if (connectionState === 'connected') clearInterval(this.#asking);
      listener.connectionState(connectionState);
    };
  }

  /** The assistant's audio: there from the start, silent until the answer is accepted. */
  get remoteTrack(): MediaStreamTrack {
    return this.#audio.receiver.track;
  }

  get maxMessageSize(): number {
    return this.#connection.sctp?.maxMessageSize ?? 65_536;
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  /** Makes another channel when it turns out late that the server wants the other kind; before `accept()` only. */
  replaceChannel(channel: ChannelOptions): void {
    silence(this.#channel);
    this.#channel.close();
    this.#channel = this.#open(channel);
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

  /** What a channel that is closing cannot carry any more is dropped: its owner hears of the end. */
  sendMessage(data: string): void {
    if (this.#channel.readyState === 'open') this.#channel.send(data);
  }

  /** Calls back whenever what is buffered has gone down to `bytes`. */
  whenDrained(bytes: number, then: () => void): void {
    this.#channel.bufferedAmountLowThreshold = bytes;
    this.#channel.onbufferedamountlow = then;
  }

  async stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    clearInterval(this.#asking);
    this.#connection.onconnectionstatechange = null;
    silence(this.#channel);
    this.#connection.close();
  }

  /**
   * While nobody answers, Firefox asks ever more seldom, at last every six seconds; a network that comes back
   * meanwhile would wait for it. An address that comes under a new name is asked as if for the first time.
   */
  #askAnew(candidates: string[]): void {
    this.#asking = setInterval(() => {
      candidates = candidates.map((candidate) => candidate.replace(':', ':1'));
      for (const candidate of candidates) this.#connection.addIceCandidate({ candidate, sdpMid: this.#audio.mid }).catch(() => {});
    }, ASKS_ANEW_AFTER);
  }

  #open({ label, negotiatedId }: ChannelOptions): RTCDataChannel {
    const negotiated = negotiatedId !== undefined;
    const channel = this.#connection.createDataChannel(label, { negotiated, id: negotiatedId });
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.#listener.channelOpen();
    channel.onclose = () => this.#listener.channelClosed();
    channel.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.#listener.message(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
    return channel;
  }
}

function silence(channel: RTCDataChannel): void {
  channel.onopen = channel.onclose = channel.onmessage = null;
}
