import type { VoiceSessionOptions } from '../session-options.js';
import { Connection } from './connection.js';

// All times are in milliseconds.
/** How long a secret and an offer are kept, and how long until another secret is fetched ahead. */
const MAX_AGE = 60_000;
/** How long a session is kept at the service without a start. */
const UNUSED_AFTER = 20_000;
/** How many calls the elements of a page make ready by `preconnect` until it is loaded again. */
const MAX_PRECONNECTED = 2;

/** The options that a connection is made with. All others take effect when the call begins. */
const MADE_WITH = [
  'tokenUrl',
  'tokenMethod',
  'tokenSource',
  'callsUrl',
  'sessionUrl',
  'credentials',
  'requestInit',
  'iceServers',
  'preconnect',
] as const satisfies readonly (keyof VoiceSessionOptions)[];

/**
 * How far a connection is made ahead. `prepared`: its secret is fetched and its offer made. The others open it, too:
 * `pressed` while the visitor holds the start button down, `preconnected` because the page wants it.
 */
export type Readiness = 'prepared' | 'pressed' | 'preconnected';

interface Early {
  readiness: Readiness;
  readonly connection: Connection;
  readonly options: VoiceSessionOptions;
  timer?: ReturnType<typeof setTimeout>;
  /** Removes the listeners. */
  readonly controller: AbortController;
}

let preconnected = 0;

/** The connection that is made before the visitor starts a call. Nobody sees it before: it reports to no call. */
export class ConnectionAhead {
  #early: Early | undefined;
  /** As `performance.now()` tells it. A secret costs, whether or not it is used. */
  #preparedAt = -Infinity;
  readonly #onUnused: () => void;

  /** `onUnused` is told of each connection that was opened, and hung up without a start. */
  constructor(onUnused: () => void) {
    this.#onUnused = onUnused;
  }

  /**
   * Makes a connection as ready as it is to be, or brings the present one there. There is one secret a minute at most,
   * however often it is called. An error is not reported: the start meets it again.
   */
  advance(options: VoiceSessionOptions, readiness: Readiness): void {
    this.optionsChanged(options);
    const early = (this.#early ??= this.#prepare(options));
    if (readiness === 'preconnected' && !mayPreconnect()) return;
    if (readiness === 'prepared' || early?.readiness !== 'prepared') return;
    if (readiness === 'preconnected') preconnected += 1;
    early.readiness = readiness;
    this.#limit(early, UNUSED_AFTER);
    early.connection.connect().catch(() => this.#discard(early));
  }

  /** The visitor has left the start button without a click. */
  release(): void {
    if (this.#early?.readiness === 'pressed') this.discard();
  }

  /** Hangs up if other options would have made another connection. */
  optionsChanged(options: VoiceSessionOptions): void {
    const before = this.#early?.options;
    if (before && MADE_WITH.some((name) => options[name] !== before[name])) this.discard();
  }

  /**
   * Hands over the connection if it is in order, or else a new one. The caller closes it.
   * @throws {VoiceError} `unsupported` or `configuration`
   */
  take(options: VoiceSessionOptions): Connection {
    const early = this.#early;
    if (!early?.connection.isIntact) {
      this.discard();
      return new Connection(options);
    }
    this.#forget(early);
    return early.connection;
  }

  discard(): void {
    if (this.#early) this.#discard(this.#early);
  }

  #prepare(options: VoiceSessionOptions): Early | undefined {
    if (performance.now() - this.#preparedAt < MAX_AGE) return undefined;
    this.#preparedAt = performance.now();
    try {
      const connection = new Connection(options);
      const early: Early = { readiness: 'prepared', connection, options, controller: new AbortController() };
      connection.prepare().catch(() => this.#discard(early));
      this.#limit(early, MAX_AGE);
      // A page with an open connection is not kept in the back/forward cache.
      window.addEventListener('pagehide', () => this.discard(), early.controller);
      return early;
    } catch {
      return undefined;
    }
  }

  #limit(early: Early, ms: number): void {
    clearTimeout(early.timer);
    early.timer = setTimeout(() => this.#discard(early), ms);
  }

  /** Does nothing once the connection is discarded or handed over. */
  #discard(early: Early): void {
    if (this.#early !== early) return;
    this.#forget(early);
    early.connection.close();
    if (early.readiness !== 'prepared') this.#onUnused();
  }

  #forget({ timer, controller }: Early): void {
    clearTimeout(timer);
    controller.abort();
    this.#early = undefined;
  }
}

/** A visitor who saves data gets no call that may be for nothing. Not every browser tells. */
function mayPreconnect(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return preconnected < MAX_PRECONNECTED && !connection?.saveData;
}
