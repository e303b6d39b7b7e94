import type { HumanCheckOptions } from './human-check.js';
import type { Limiter } from './limiter.js';

/** The session to ask the service for, as the API of the service documents it. */
export interface SessionConfig {
  /**
   * `realtime` (default), `transcription`, or `live` for GPT-Live. Only `createSessionHandler` can open `live`; that
   * word selects the address at the service and is not sent on.
   */
  type?: string;
  model?: string;
  instructions?: string;
  [field: string]: unknown;
}

/** The result of one request to the service. It holds no key, no secret and no text of the service. */
export interface MintRecord {
  ok: boolean;
  /** The HTTP status that the browser got. */
  status: number;
  /** The error code that the browser got. */
  code?: string;
  /** What the service answered, for your log: the status, the error code and the name of the rejected field. */
  upstream?: { status: number; code?: string; param?: string };
  /** Session handler only: the id of the call that was opened, `rtc_…` or `live_…`. */
  callId?: string;
  /** The name of the preset that was asked for; missing for `session`. */
  preset?: string;
  /** Milliseconds that the service took. */
  durationMs: number;
}

/** A request that was turned away before the service was asked. */
export interface RefusalRecord {
  /** The HTTP status that the browser got. */
  status: number;
  /** The error code that the browser got, for example `origin-not-allowed` or `rate-limited`. */
  code: string;
}

/**
 * What the caller of a handler knows about the visitor: `{ address }`, or what the server passes with a request. The
 * address of the connection is read from what `@hono/node-server`, `Deno.serve` and `Bun.serve` pass, and from `c.env`
 * of Hono on these. Anything else is ignored, so it may have any type.
 */
export type VisitorInfo = unknown;

/** What `createTokenHandler` and `createSessionHandler` return. */
export type Handler = (request: Request, info?: VisitorInfo) => Promise<Response>;

export interface HandlerOptions {
  /**
   * The secret key of the service, in visible ASCII characters. It never leaves the server. `undefined` is allowed so
   * that `process.env.OPENAI_API_KEY` fits; without a key, the handler is not created, and the error says so.
   */
  apiKey: string | undefined;
  /** The session to ask for. It is read once, when the handler is created. */
  session: SessionConfig;
  /**
   * Further sessions by name. A request whose URL has `?preset=sales` gets the session `sales`, one without `preset`
   * gets `session`, and any other name is refused. Default none.
   */
  presets?: Readonly<Record<string, SessionConfig>>;
  /** Other origins that may ask, such as `https://shop.example`; default none. No wildcards. */
  allowedOrigins?: readonly string[];
  /**
   * The origin of your site as visitors see it, such as `https://shop.example`. Default: taken from the `Host` header
   * and the URL of each request. Set it where the server answers to any `Host`.
   */
  publicOrigin?: string;
  /** Further request headers that pages of `allowedOrigins` may send, for example `X-CSRF-Token`; default none. */
  allowedHeaders?: readonly string[];
  /** Seconds in which the browser must use a client secret, 10 to 120; default 60. Token handler only. */
  expiresAfter?: number;
  /** Where the service lives, without `/v1`; default `https://api.openai.com`. */
  baseUrl?: string;
  /**
   * Decides how often a visitor may ask; only `allowed: true` lets a request pass. Default: `createMemoryLimiter()`, 10
   * requests a minute per address and 100 a minute per process. `false` turns it off. Asked about `DELETE` too.
   */
  limiter?: Limiter | false;
  /**
   * Finds the IP address of the visitor. `info` is the second argument of the handler. Default: `trustedProxies`, then
   * the address of the connection, as `info` tells it.
   */
  clientAddress?: (request: Request, info: unknown) => string | null | undefined | Promise<string | null | undefined>;
  /**
   * How many reverse proxies of your own stand before the server: the address is the n-th from the right of
   * `X-Forwarded-For`. Default 0: the header is never read.
   */
  trustedProxies?: number;
  /**
   * Asks a captcha service (Turnstile, hCaptcha, reCAPTCHA) whether a person asks. The page sends the token of the
   * captcha in the header `X-Human-Token`, a new one with each request. Not asked about `DELETE`. Default none.
   */
  verifyHuman?: HumanCheckOptions;
  /**
   * Decides whether the visitor may use this endpoint; default everyone. Only `true` lets the request through, a
   * `Response` is sent as it is, anything else becomes 401. Also asked about `DELETE`.
   */
  authorize?: (request: Request) => boolean | Response | Promise<boolean | Response>;
  /**
   * A stable pseudonym of the visitor, sent to the service as `OpenAI-Safety-Identifier`. Default: a keyed hash of the
   * address, when the address is known. `false` sends none.
   */
  safetyIdentifier?: string | false | ((request: Request) => string | undefined | Promise<string | undefined>);
  /**
   * Session handler only: names the visitor, for example by a login. Only a request with that name may end the call.
   * Default: whoever holds the `Location` of the call may.
   */
  bindTo?: (request: Request) => string | undefined | Promise<string | undefined>;
  /** The secret for signatures and hashes, at least 8 characters; default: derived from `apiKey`. */
  secret?: string;
  /**
   * Session handler only: seconds after which the handler ends the call at the service, 1 to 86,400; default none. If
   * the service fails, it is asked again for about an hour. The timer lives in this process: a platform that stops the
   * process after the answer never runs it. A service that names no call in its answer cannot be used with it.
   */
  maxSessionSeconds?: number;
  /** Told of every request to the service, for audit and metrics. The answer waits for it 1 second at most. */
  onMint?: (record: MintRecord, request: Request) => void | Promise<void>;
  /** Told of every request that was turned away. The answer waits for it 1 second at most. */
  onRefuse?: (record: RefusalRecord, request: Request) => void | Promise<void>;
}
