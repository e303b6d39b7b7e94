import { VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import type { PeerTransport } from '../transport/peer-transport.js';

/** Above this many bytes in the channel's buffer, messages wait; a channel whose buffer overflows is closed. */
const HIGH_WATER = 256 * 1024;

/** Client events on their way: they wait for the channel to open and for its buffer to drain, in order. */
export class Outbox {
  readonly #transport: PeerTransport;
  readonly #waiting: string[] = [];
  #open = false;
  #draining = false;

  constructor(transport: PeerTransport) {
    this.#transport = transport;
  }

  /** @throws {VoiceError} `configuration` when the event is larger than the channel carries */
  send(event: WireEvent): void {
    const message = JSON.stringify(event);
    const bytes = new TextEncoder().encode(message).length;
    const most = this.#transport.maxMessageSize;
    if (bytes > most) {
      // Sent all the same, it would close the channel and end the call.
      throw new VoiceError('configuration', `The event ${event.type} has ${bytes} bytes; the channel carries ${most}.`);
    }
    this.#waiting.push(message);
    this.#flush();
  }

  open(): void {
    this.#open = true;
    this.#flush();
  }

  #flush(): void {
    while (this.#open && !this.#draining && this.#waiting.length > 0) {
      if (this.#transport.bufferedAmount > HIGH_WATER) {
        this.#draining = true;
        this.#transport.whenDrained(HIGH_WATER / 2, () => {
          this.#draining = false;
          this.#flush();
        });
        return;
      }
      this.#transport.sendMessage(this.#waiting.shift()!);
    }
  }
}
