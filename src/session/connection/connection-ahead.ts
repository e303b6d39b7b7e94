import type { VoiceSessionOptions } from '../session-options.js';
import { Connection } from './connection.js';

/** How long a prepared connection is kept, in milliseconds. */
const MAX_AGE = 60_000;

/** A connection prepared before the visitor starts a call: its secret is fetched and its offer made. */
export class ConnectionAhead {
  #connection: Connection | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  prepare(options: VoiceSessionOptions): void {
    if (this.#connection) return;
    try {
      this.#connection = new Connection(options);
      // An error is not reported here: the start meets it again.
      this.#connection.prepare().catch(() => this.discard());
      this.#timer = setTimeout(() => this.discard(), MAX_AGE);
    } catch {
      // The start meets this error again too.
    }
  }

  /**
   * Hands over the prepared connection, or a new one. The caller closes it.
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
