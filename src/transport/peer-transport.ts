import { VoiceError } from '../errors.js';
import { udpCandidates, withoutExcessCandidates } from './udp-candidates.js';

/** Messages wait while the channel buffers more bytes than this. A channel whose buffer overflows is closed. */
const MAX_BUFFERED = 256 * 1024;

/** How often remote candidates are added again until the connection is up, in milliseconds. */
const RECHECK_INTERVAL = 2_000;

/** A service that hangs up closes the channel and then, within this time, the connection; in milliseconds. */
const HANG_UP_WITHIN = 500;

export interface ChannelOptions {
  readonly label: string;
  /** Whether both sides agreed on the id beforehand. Otherwise the channel is announced in-band. */
  readonly negotiated: boolean;
  readonly id: number | undefined;
}

/** What a transport reports to its owner. */
export interface PeerTransportListener {
  /** The channel has received a message. */
  message(data: string): void;
  /** The channel takes messages, for the first time or again. */
  ready(): void;
  /** The channel is closed: the service has hung up, or the connection is lost. */
  closed(how: 'hung-up' | 'lost'): void;
  /** The state of the peer connection has changed. */
  state(state: RTCPeerConnectionState): void;
}

/**
 * One peer connection with one audio transceiver and one event channel.
 *
 * The offer needs no microphone: the transceiver is `sendrecv` from the start, and the track is added later without
 * renegotiation (https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-replacetrack). The offer does not wait for ICE
 * gathering either: the service is ICE-lite, names its host candidates in the answer, and learns the browser's address
 * from the first check.
 */
export class PeerTransport {
  readonly #connection: RTCPeerConnection;
  readonly #audio: RTCRtpTransceiver;
  readonly #listener: PeerTransportListener;
  #channel!: RTCDataChannel;
  #recheckTimer: ReturnType<typeof setInterval> | undefined;
  #hangUpTimer: ReturnType<typeof setTimeout> | undefined;

  /** @throws {VoiceError} `unsupported`, or `configuration` if the browser refuses the ICE servers */
  constructor(iceServers: RTCIceServer[], channel: ChannelOptions, listener: PeerTransportListener) {
    if (typeof RTCPeerConnection !== 'function') {
      throw new VoiceError('unsupported', 'This browser has no RTCPeerConnection.');
    }
    this.#connection = configured(iceServers, (configuration) => new RTCPeerConnection(configuration));
    this.#listener = listener;
    this.#audio = this.#connection.addTransceiver('audio', { direction: 'sendrecv' });
    this.open(channel);
    this.#connection.onconnectionstatechange = () => {
      const { connectionState } = this.#connection;
      if (connectionState === 'connected') clearInterval(this.#recheckTimer);
      listener.state(connectionState);
    };
  }

  /** The assistant's audio. It is silent until the answer is accepted. */
  get track(): MediaStreamTrack {
    return this.#audio.receiver.track;
  }

  /** The largest message that the channel carries, in bytes; 65,536 until both sides have agreed. */
  get maxMessageSize(): number {
    return this.#connection.sctp?.maxMessageSize ?? 65_536;
  }

  /** Whether the channel takes messages now. */
  get ready(): boolean {
    return this.#channel.readyState === 'open' && this.#channel.bufferedAmount <= MAX_BUFFERED;
  }

  /** Makes the channel, or replaces it by one of another kind. Call it before `accept()`. */
  open(options: ChannelOptions): void {
    this.#channel?.close();
    const channel = (this.#channel = this.#connection.createDataChannel(options.label, options));
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = MAX_BUFFERED / 2;
    channel.onopen = channel.onbufferedamountlow = () => this.#listener.ready();
    let isAborted = false;
    channel.onerror = () => (isAborted = true);
    channel.onclose = () => channel === this.#channel && this.#channelClosed(isAborted);
    channel.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.#listener.message(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
  }

  /** Makes the SDP offer and applies it on this side. */
  async createOffer(): Promise<string> {
    const offer = await this.#connection.createOffer();
    await this.#connection.setLocalDescription(offer);
    return offer.sdp ?? '';
  }

  /**
   * Makes another offer, for a connection through other ICE servers.
   * @throws {VoiceError} `configuration` if the browser refuses them
   */
  async offerThrough(iceServers: RTCIceServer[]): Promise<string> {
    configured(iceServers, (configuration) => this.#connection.setConfiguration(configuration));
    // Only a restart gathers candidates from them.
    this.#connection.restartIce();
    return this.createOffer();
  }

  /**
   * Applies the SDP answer.
   * @throws {VoiceError} `signaling-failed` if the browser cannot read the answer
   */
  async accept(answer: string): Promise<void> {
    const sdp = withoutExcessCandidates(answer);
    this.#recheck(udpCandidates(sdp));
    try {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp });
    } catch (cause) {
      throw new VoiceError('signaling-failed', 'The browser refused the SDP answer: see cause.', { cause });
    }
  }

  /** Sends a track, or nothing. The caller stops the track. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    if (this.#connection.signalingState !== 'closed') await this.#audio.sender.replaceTrack(track);
  }

  /** Sends a message. Call it only while `ready` is true. */
  write(data: string): void {
    this.#channel.send(data);
  }

  /** Resolves to undefined, or never, when the connection is closed: Firefox 140 refuses to read that. */
  stats(): Promise<RTCStatsReport | undefined> {
    return this.#connection.getStats().catch(() => undefined);
  }

  /** Closes the connection and removes the handlers, because the browser keeps a closed connection for a while. */
  close(): void {
    const channel = this.#channel;
    const dtls = this.#connection.sctp?.transport;
    clearInterval(this.#recheckTimer);
    clearTimeout(this.#hangUpTimer);
    this.#connection.onconnectionstatechange = null;
    if (dtls) dtls.onstatechange = null;
    channel.onopen = channel.onbufferedamountlow = channel.onclose = channel.onerror = channel.onmessage = null;
    this.#connection.close();
  }

  /**
   * Tells a hang-up from a loss. WebRTC has no message for a hang-up, so this is a guess: a service that hangs up
   * closes the channel in order, and then DTLS. Both need a network that works; a lost one closes neither. Whatever
   * else is seen, such as an aborted SCTP association or a channel that closes alone, counts as lost: a reconnection
   * too many costs little, and a call that ends by mistake costs the conversation.
   */
  #channelClosed(isAborted: boolean): void {
    const { sctp } = this.#connection;
    if (isAborted || !sctp || sctp.state === 'closed') return this.#listener.closed('lost');
    this.#hangUpTimer = setTimeout(() => this.#listener.closed('lost'), HANG_UP_WITHIN);
    sctp.transport.onstatechange = () => {
      if (sctp.transport.state === 'closed') this.#listener.closed('hung-up');
    };
  }

  /**
   * Makes the browser check the remote candidates again and again until the connection is up. Firefox by itself checks
   * ever less often, in the end every six seconds, which delays a call whose network comes back. A candidate with a
   * new foundation is checked at once.
   */
  #recheck(candidates: string[]): void {
    this.#recheckTimer = setInterval(() => {
      candidates = candidates.map((candidate) => candidate.replace(':', ':1'));
      for (const candidate of candidates) {
        this.#connection.addIceCandidate({ candidate, sdpMid: this.#audio.mid }).catch(() => {});
      }
    }, RECHECK_INTERVAL);
  }
}

/** @throws {VoiceError} `configuration` if the browser refuses the ICE servers */
function configured<T>(iceServers: RTCIceServer[], apply: (configuration: RTCConfiguration) => T): T {
  try {
    return apply({ iceServers, bundlePolicy: 'max-bundle' });
  } catch (cause) {
    throw new VoiceError('configuration', 'The browser refused the ICE servers: see cause.', { cause });
  }
}
