/** The session the service is asked for, as its API documents it. */
export interface SessionConfig {
  /**
   * `realtime`, the default, or `transcription`; `live` for GPT-Live, which `createSessionHandler` alone can open. The
   * service knows that last word by its address, so it is not sent on.
   */
  type?: string;
  model?: string;
  instructions?: string;
  [field: string]: unknown;
}

export interface LimiterVerdict {
  allowed: boolean;
  /** Told to the visitor's browser as `Retry-After`. */
  retryAfterSeconds?: number;
}

/** What became of one secret or one call that the service was asked for. Holds no key, no secret and no text of the service. */
export interface MintRecord {
  ok: boolean;
  /** The status the visitor's browser was answered with. */
  status: number;
  /** The error code the browser was answered with. */
  code?: string;
  /** What the service said, for the site's own log: status, and the names of the error and the field it blames. */
  upstream?: { status: number; code?: string; param?: string };
  /** Session handler only: the id of the call that was opened, `rtc_…` or `live_…`. */
  callId?: string;
  durationMs: number;
}

export interface HandlerOptions {
  /** The service's secret key. It never leaves the server. */
  apiKey: string;
  session: SessionConfig;
  /** Other origins that may ask, such as `https://shop.example`. The handler's own origin always may. */
  allowedOrigins?: readonly string[];
  /** Seconds in which the browser must use a client secret; 10 to 120, default 60. */
  expiresAfter?: number;
  /** Where the service lives, without `/v1`; default `https://api.openai.com`. */
  baseUrl?: string;
  /** Not asked about hanging up. */
  limiter?: (request: Request) => LimiterVerdict | Promise<LimiterVerdict>;
  /**
   * Only `true` lets the request through; a `Response` is sent as it is, anything else becomes 401. It is asked about
   * hanging up too, which is a `DELETE` without a body.
   */
  authorize?: (request: Request) => boolean | Response | Promise<boolean | Response>;
  /** A stable, hashed id of the visitor, sent on as `OpenAI-Safety-Identifier`. */
  safetyIdentifier?: string | ((request: Request) => string | undefined | Promise<string | undefined>);
  /** Told of every secret and every call that the service was asked for, for audit and metrics. */
  onMint?: (record: MintRecord, request: Request) => void | Promise<void>;
}

export interface ResolvedOptions extends HandlerOptions {
  allowedOrigins: readonly string[];
  expiresAfter: number;
  baseUrl: string;
  /** Whether `baseUrl` is the browser's default too, so that it need not be told. */
  isDefaultBase: boolean;
  /** GPT-Live instead of the Realtime API. */
  isLive: boolean;
  /** Serialised once: nothing that happens later, in a request or elsewhere, can change what is asked for. */
  sessionJson: string;
}

const DEFAULT_BASE = 'https://api.openai.com';
const SHORTEST_SECRET_S = 10;
const LONGEST_SECRET_S = 120;

/** Checks everything once, at start, where the site's developer sees it. */
export function resolveOptions(options: HandlerOptions, maker: string): ResolvedOptions {
  const fail = (reason: string): never => {
    throw new TypeError(`${maker}: ${reason}`);
  };
  if (typeof options?.apiKey !== 'string' || options.apiKey.trim() === '') {
    fail('apiKey is missing. Pass the secret key of the service, for example process.env.OPENAI_API_KEY.');
  }
  if (typeof options.session !== 'object' || options.session === null || Array.isArray(options.session)) {
    fail('session is missing. Pass the session to ask for, for example { model, instructions }.');
  }
  const seconds = options.expiresAfter ?? 60;
  if (!Number.isFinite(seconds)) fail('expiresAfter must be a number of seconds.');

  const baseUrl = options.baseUrl === undefined ? DEFAULT_BASE : normaliseBase(options.baseUrl, fail);
  const { type, ...session } = options.session;
  const isLive = type === 'live';
  return {
    ...options,
    apiKey: options.apiKey.trim(),
    allowedOrigins: (options.allowedOrigins ?? []).map((origin) => normaliseOrigin(origin, fail)),
    expiresAfter: Math.round(Math.min(LONGEST_SECRET_S, Math.max(SHORTEST_SECRET_S, seconds))),
    baseUrl,
    isDefaultBase: baseUrl === DEFAULT_BASE,
    isLive,
    sessionJson: JSON.stringify(isLive ? session : { ...session, type: type ?? 'realtime' }),
  };
}

function normaliseBase(value: string, fail: (reason: string) => never): string {
  const url = parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    return fail(`baseUrl must be an http(s) URL without credentials or query, not "${value}".`);
  }
  // Client libraries of the service want "/v1" in their base URL; whoever copies one over means the same place.
  return (url.origin + url.pathname).replace(/\/+$/, '').replace(/\/v1$/, '');
}

function normaliseOrigin(value: string, fail: (reason: string) => never): string {
  const url = parse(value);
  if (!url || url.origin === 'null' || url.href !== `${url.origin}/`) {
    return fail(`allowedOrigins takes origins such as "https://shop.example", not "${value}".`);
  }
  return url.origin;
}

function parse(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
