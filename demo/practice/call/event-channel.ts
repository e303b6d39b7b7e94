export interface EventChannelListener {
  opened(): void;
  received(text: string): void;
  /** The client has closed the channel. */
  closed(): void;
}

const KEPT_EVENTS = 5000;

/** The data channel of a call, and what went over it. */
export class EventChannel {
  readonly #listener: EventChannelListener;
  readonly #clientEvents: unknown[] = [];
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

  /** The first events of the client: objects, or the text itself if it was no JSON. */
  get clientEvents(): readonly unknown[] {
    return this.#clientEvents;
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
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#received(String(data));
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

  #received(text: string): void {
    let event: unknown = text;
    try {
      event = JSON.parse(text);
    } catch {
      // The text itself is kept.
    }
    if (this.#clientEvents.length < KEPT_EVENTS) this.#clientEvents.push(event);
    this.#listener.received(text);
  }
}
