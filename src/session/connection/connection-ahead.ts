import type { VoiceSessionOptions } from '../session-options.js';
import { Connection } from './connection.js';

/** How long a prepared connection is kept, and how long until another is prepared; in milliseconds. */
const MAX_AGE = 60_000;

/** The options that a connection depends on. */
const RELEVANT: readonly (keyof VoiceSessionOptions)[] = [
  'tokenUrl',
  'tokenMethod',
  'tokenSource',
  'callsUrl',
  'sessionUrl',
  'credentials',
  'iceServers',
];

/** A connection prepared before the visitor starts a call: its secret is fetched and its offer made. */
export class ConnectionAhead {
  #connection: Connection | undefined;
  #options: VoiceSessionOptions = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new AbortController();
  /** As `performance.now()` has it. A secret costs, whether or not it is used. */
  #preparedAt = -Infinity;

  /** At most once a minute, however often it is called. */
  prepare(options: VoiceSessionOptions): void {
    if (performance.now() - this.#preparedAt < MAX_AGE) return;
    this.discard();
    this.#preparedAt = performance.now();
    this.#options = options;
    try {
      const connection = (this.#connection = new Connection(options));
      // An error is not reported here: the start meets it again.
      connection.prepare().catch(() => connection === this.#connection && this.discard());
    } catch {
      // The start meets this error again too.
      return;
    }
    this.#timer = setTimeout(() => this.discard(), MAX_AGE);
    this.#listeners = new AbortController();
    // A page with an open connection is not kept in the back/forward cache.
    window.addEventListener('pagehide', () => this.discard(), this.#listeners);
  }

  /**
   * Hands over the prepared connection, or a new one. The caller closes it.
   * @throws {VoiceError} `unsupported` or `configuration`
   */
  take(options: VoiceSessionOptions): Connection {
    const connection = this.#connection ?? new Connection(options);
    this.#connection = undefined;
    this.discard();
    return connection;
  }

  /** Discards what was prepared with options that are out of date. */
  optionsChanged(options: VoiceSessionOptions): void {
    if (RELEVANT.some((name) => this.#options[name] !== options[name])) this.discard();
  }

  discard(): void {
    clearTimeout(this.#timer);
    this.#listeners.abort();
    this.#connection?.close();
    this.#connection = undefined;
  }
}
