import type { Command, WireEvent } from '../../../src/protocol/signals.js';
import { writeRealtime } from '../../../src/protocol/realtime-commands.js';
import { Outbox } from '../../../src/session/connection/outbox.js';

/** A data channel that is open and carries only so much, with the real outbox and the real client events. */
export class LimitedChannel {
  readonly ready = true;
  readonly sent: WireEvent[] = [];
  readonly maxMessageSize: number;
  readonly #outbox = new Outbox(this);

  /** In bytes. */
  constructor(maxMessageSize: number) {
    this.maxMessageSize = maxMessageSize;
  }

  write(message: string): void {
    this.sent.push(JSON.parse(message) as WireEvent);
  }

  command(command: Command): void {
    this.#outbox.send(...writeRealtime(command));
  }

  /** The items of a type, in the order in which they were sent. */
  items(type: string): Record<string, unknown>[] {
    return this.sent.map(({ item }) => item as Record<string, unknown>).filter((item) => item?.['type'] === type);
  }
}
