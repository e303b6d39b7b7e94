import { VoiceError } from '../../errors.js';
import type { WireEvent } from '../../protocol/signals.js';
import type { PeerTransport } from '../../transport/peer-transport.js';

/** Client events on their way: they wait for the channel to open and for its buffer to drain, in order. */
export class Outbox {
  readonly #transport: PeerTransport;
  readonly #waiting: string[] = [];

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
    this.resume();
  }

  /** Call it whenever the channel takes messages: at first, or again. */
  resume(): void {
    while (this.#transport.ready && this.#waiting.length > 0) this.#transport.write(this.#waiting.shift()!);
  }
}
