import { VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import type { PeerTransport } from '../transport/peer-transport.js';

/** Above this many bytes in the channel's buffer, messages wait; a channel whose buffer overflows is closed. */
const HIGH_WATER = 256 * 1024;

/** Client events on their way: they wait for the channel to open and for its buffer to drain, in order. */
export class Outbox {
  readonly #transport: PeerTransport;
  readonly #waiting: string[] = [];
  /** Whether the channel takes messages now. */
  #open = false;

  constructor(transport: PeerTransport) {
    this.#transport = transport;
  }

  /** @throws {VoiceError} `configuration` when the event is larger than the channel carries */
  send(event: WireEvent): void {
    const message = JSON.stringify(event);
    const { size } = new Blob([message]);
    const most = this.#transport.maxMessageSize;
    if (size > most) {
      // Sent all the same, it would close the channel and end the call.
      throw new VoiceError('configuration', `The event ${event.type} has ${size} bytes, more than ${most}.`);
    }
    this.#waiting.push(message);
    if (this.#open) this.open();
  }

  /** The channel takes messages: at first, or again. */
  open(): void {
    this.#open = true;
    while (this.#open && this.#waiting.length > 0) {
      this.#transport.sendMessage(this.#waiting.shift()!);
      if (this.#transport.bufferedAmount <= HIGH_WATER) continue;
      this.#open = false;
      this.#transport.whenDrained(HIGH_WATER / 2, () => this.open());
    }
  }
}
