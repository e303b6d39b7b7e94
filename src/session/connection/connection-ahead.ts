import { Connection } from './connection.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** How long what was prepared is kept, in milliseconds. */
const KEPT = 60_000;

/** A connection prepared ahead, when a start is likely: its secret fetched and its offer made. */
export class ConnectionAhead {
  #connection: Connection | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  prepare(options: VoiceSessionOptions): void {
    if (this.#connection) return;
    try {
      this.#connection = new Connection(options);
      // Starting will meet the same obstacle and tell it.
      this.#connection.prepare().catch(() => this.discard());
      this.#timer = setTimeout(() => this.discard(), KEPT);
    } catch {
      // As above.
    }
  }

  /**
   * The prepared connection if there is one, else a new one; the caller's from now on.
   * @throws {VoiceError} `unsupported` or `configuration`
   */
  take(options: VoiceSessionOptions): Connection {
    const connection = this.#connection ?? new Connection(options);
    this.#connection = undefined;
    clearTimeout(this.#timer);
    return connection;
  }

  discard(): void {
    clearTimeout(this.#timer);
    this.#connection?.close();
    this.#connection = undefined;
  }
}
