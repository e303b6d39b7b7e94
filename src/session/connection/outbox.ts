import { VoiceError } from '../../errors.js';
import { toJson } from '../../json-text.js';
import type { WireEvent } from '../../protocol/signals.js';
import type { PeerTransport } from '../../transport/peer-transport.js';

/** The client events that wait for the channel to open, or for its buffer to drain. They are sent in order. */
export class Outbox {
  readonly #transport: Pick<PeerTransport, 'maxMessageSize' | 'ready' | 'write'>;
  readonly #waiting: string[] = [];

  constructor(transport: Pick<PeerTransport, 'maxMessageSize' | 'ready' | 'write'>) {
    this.#transport = transport;
  }

  /**
   * Returns the message for an event.
   * @throws {VoiceError} `configuration` if it is larger than the channel carries
   */
  encode(event: WireEvent): string {
    const message = toJson(event);
    const { size } = new Blob([message]);
    const max = this.#transport.maxMessageSize;
    if (size > max) {
      // A message that is too large would close the channel, and so end the call.
      throw new VoiceError('configuration', `The event ${event.type} has ${size} bytes, more than ${max}.`);
    }
    return message;
  }

  /**
   * Sends all of the events or none.
   * @throws {VoiceError} `configuration` if one is larger than the channel carries
   */
  send(...events: WireEvent[]): void {
    this.#waiting.push(...events.map((event) => this.encode(event)));
    this.resume();
  }

  /** Call this whenever the channel becomes ready. */
  resume(): void {
    while (this.#transport.ready && this.#waiting.length > 0) this.#transport.write(this.#waiting.shift()!);
  }
}
