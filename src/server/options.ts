/** The session that the handler asks the service for. All fields are those of the service's own API. */
export interface SessionConfig {
  /**
   * `realtime` (the default), `transcription`, or `live` for GPT-Live. Only `createSessionHandler` accepts `live`. The
   * service selects GPT-Live by the request path, so `live` itself is not sent.
   */
  type?: string;
  /** The model's name at the service. */
  model?: string;
  /** The system prompt of the conversation. */
  instructions?: string;
  [field: string]: unknown;
}

/** The answer of the `limiter` option. */
export interface LimiterVerdict {
  allowed: boolean;
  /** Seconds until the visitor may try again, sent as `Retry-After`; default 60. */
  retryAfterSeconds?: number;
}

/** One request that reached the service. Contains no key, no client secret and no text from the service. */
export interface MintRecord {
  ok: boolean;
  /** The HTTP status that the browser received. */
  status: number;
  /** The error code that the browser received. */
  code?: string;
  /** The service's HTTP status, its error code, and the name of the field it rejected. */
  upstream?: { status: number; code?: string; param?: string };
  /** The id of the opened call, `rtc_…` or `live_…`; session handler only. */
  callId?: string;
  /** Milliseconds from the checked request to the service's answer. */
  durationMs: number;
}

/** The options of `createTokenHandler` and `createSessionHandler`. */
export interface HandlerOptions {
  /** The service's secret API key. It never leaves the server. */
  apiKey: string;
  /** The session to ask the service for. */
  session: SessionConfig;
  /** Further origins that may call this endpoint, such as `https://shop.example`; default none. Its own always may. */
  allowedOrigins?: readonly string[];
  /** Seconds until an unused client secret expires, 10 to 120; default 60. Token handler only. */
  expiresAfter?: number;
  /** The service's base URL, without `/v1`; default `https://api.openai.com`. */
  baseUrl?: string;
  /** Decides whether a POST may go on; a refusal becomes 429. Default: no limit. Not asked about `DELETE`. */
  limiter?: (request: Request) => LimiterVerdict | Promise<LimiterVerdict>;
  /**
   * Decides whether the visitor may use this endpoint; default everyone. `true` lets the request through, a `Response`
   * is sent as it is, and anything else becomes 401. Also asked about `DELETE`, which has no body.
   */
  authorize?: (request: Request) => boolean | Response | Promise<boolean | Response>;
  /** A stable, hashed id of the visitor, sent as `OpenAI-Safety-Identifier`; default none. */
  safetyIdentifier?: string | ((request: Request) => string | undefined | Promise<string | undefined>);
  /** Called after every POST that reached the service, for logs and metrics. */
  onMint?: (record: MintRecord, request: Request) => void | Promise<void>;
}

/** The options after validation, with every default filled in. */
export interface ResolvedOptions extends HandlerOptions {
  allowedOrigins: readonly string[];
  /** Seconds. */
  expiresAfter: number;
  baseUrl: string;
  /** True if the browser uses the same base URL by default, so that the answer need not name it. */
  isDefaultBase: boolean;
  /** True for GPT-Live, false for the Realtime API. */
  isLive: boolean;
  /** The session as JSON. Serialised once, so that no request and no later change to the object can alter it. */
  sessionJson: string;
}

const DEFAULT_BASE_URL = 'https://api.openai.com';
// The service accepts 10 s to 2 h. Two minutes are enough to open a call, and a short life limits misuse.
const MIN_EXPIRES_AFTER_S = 10;
const MAX_EXPIRES_AFTER_S = 120;

/** Validates the options when the handler is created, so that mistakes show at server start. */
export function resolveOptions(options: HandlerOptions, creator: string): ResolvedOptions {
  const fail = (reason: string): never => {
    throw new TypeError(`${creator}: ${reason}`);
  };
  if (typeof options?.apiKey !== 'string' || options.apiKey.trim() === '') {
    fail('apiKey is missing. Pass the secret key of the service, for example process.env.OPENAI_API_KEY.');
  }
  if (typeof options.session !== 'object' || options.session === null || Array.isArray(options.session)) {
    fail('session is missing. Pass the session to ask for, for example { model, instructions }.');
  }
  const seconds = options.expiresAfter ?? 60;
  if (!Number.isFinite(seconds)) fail('expiresAfter must be a number of seconds.');

  const baseUrl = options.baseUrl === undefined ? DEFAULT_BASE_URL : normaliseBaseUrl(options.baseUrl, fail);
  const { type, ...session } = options.session;
  const isLive = type === 'live';
  return {
    ...options,
    apiKey: options.apiKey.trim(),
    allowedOrigins: (options.allowedOrigins ?? []).map((origin) => normaliseOrigin(origin, fail)),
    expiresAfter: Math.round(Math.min(MAX_EXPIRES_AFTER_S, Math.max(MIN_EXPIRES_AFTER_S, seconds))),
    baseUrl,
    isDefaultBase: baseUrl === DEFAULT_BASE_URL,
    isLive,
    sessionJson: JSON.stringify(isLive ? session : { ...session, type: type ?? 'realtime' }),
  };
}

function normaliseBaseUrl(value: string, fail: (reason: string) => never): string {
  const url = parseUrl(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    return fail(`baseUrl must be an http(s) URL without credentials or query, not "${value}".`);
  }
  // The service's client libraries expect "/v1" in their base URL, so a copied URL often ends in it.
  return (url.origin + url.pathname).replace(/\/+$/, '').replace(/\/v1$/, '');
}

function normaliseOrigin(value: string, fail: (reason: string) => never): string {
  const url = parseUrl(value);
  if (!url || url.origin === 'null' || url.href !== `${url.origin}/`) {
    return fail(`allowedOrigins takes origins such as "https://shop.example", not "${value}".`);
  }
  return url.origin;
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
