export interface EventChannelListener {
  opened(): void;
  received(text: string): void;
  /** The client has closed the channel. */
  closed(): void;
}

/** The data channel of a call. */
export class EventChannel {
  readonly #listener: EventChannelListener;
  #channel: RTCDataChannel | undefined;
  /** Kept from the events: reading the state of a channel that another thread is closing crashes the process. */
  #state: RTCDataChannelState = 'closed';
  #sent = 0;

  constructor(listener: EventChannelListener) {
    this.#listener = listener;
  }

  get state(): RTCDataChannelState {
    return this.#state;
  }

  /** How many messages were sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Takes the first channel it is given, and no other. */
  use(channel: RTCDataChannel): void {
    if (this.#channel) return;
    this.#channel = channel;
    this.#state = 'connecting';
    const opened = () => {
      if (this.#channel !== channel) return;
      this.#state = 'open';
      this.#listener.opened();
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#listener.received(String(data));
    // When a page goes away, its channel closes long before ICE notices.
    channel.onclose = () => {
      if (this.#channel === channel) this.#listener.closed();
    };
    if (channel.readyState === 'open') opened();
    else channel.onopen = opened;
  }

  /** @returns whether it was sent */
  send(text: string): boolean {
    if (this.#state !== 'open') return false;
    try {
      // The channel may be closed although its event has not arrived yet.
      this.#channel?.send(text);
    } catch {
      return false;
    }
    this.#sent++;
    return true;
  }

  close(): void {
    const channel = this.#channel;
    this.forget();
    channel?.close();
  }

  /** Does not use the channel any more, and leaves it to the peer connection to close it. */
  forget(): void {
    this.#channel = undefined;
    this.#state = 'closed';
  }
}
