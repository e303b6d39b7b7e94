import { asVoiceError, ServiceRefusal, VoiceError, type VoiceErrorCode } from '../errors.js';
import { fields, redacted, text, type Fields } from '../json-fields.js';

/** The longest delay that a server can ask for by `Retry-After`, in milliseconds. */
const MAX_RETRY_AFTER = 30_000;

/** Who answers a request. */
export interface Endpoint {
  /** Its name at the beginning of an error message. */
  readonly name: string;
  /** The code of an error that has no code of its own. */
  readonly errorCode: VoiceErrorCode;
  /** What its error messages must not repeat. */
  readonly secret?: string | undefined;
}

/** What the page adds to a request to its own site. */
export interface RequestAdditions {
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the JSON object in the body; undefined if the page wants no body of its own. */
  readonly fields?: Fields | undefined;
}

/** Secrets look like this wherever OpenAI's names are used. */
const SECRET = /\b[es]k[-_][\w-]{8,}/g;

/**
 * Sends a request and reads the response. A redirect is not followed: what is sent is for this address only.
 *
 * @throws {VoiceError} the endpoint's own code, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export function request<T>(
  endpoint: Endpoint,
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
  read: (response: Response) => Promise<T>,
): Promise<T> {
  // A page is told only that a request failed, never why.
  const message = `${endpoint.name} cannot be reached: check CORS, CSP connect-src and redirects.`;
  return attempt(init.signal, endpoint.errorCode, message, async () => {
    const response = await fetch(url, { ...init, redirect: 'error' });
    if (!response.ok) throw await errorFrom(response, endpoint);
    return read(response);
  });
}

/** @throws {VoiceError} `configuration` if `fetch` takes no such URL; `option` is its name */
export function checkUrl(option: string, url: string): void {
  try {
    new Request(url);
  } catch {
    throw new VoiceError('configuration', `${option} must be a URL like /voice or https://example.com/voice.`);
  }
}

/** Runs a step. Rethrows the abort reason if the signal is aborted; otherwise wraps the error in a `VoiceError`. */
export async function attempt<T>(
  signal: AbortSignal,
  code: VoiceErrorCode,
  message: string,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    signal.throwIfAborted();
    throw asVoiceError(cause, code, message);
  }
}

/** Reads an error response. Servers answer `{error: {message, code}}`, `{error: "…"}` or `{message}`. */
async function errorFrom(response: Response, endpoint: Endpoint): Promise<VoiceError> {
  const { name, errorCode, secret } = endpoint;
  const { status, headers } = response;
  const body: unknown = await response.json().catch(() => null);
  if (status === 410) throw new CallEndedError(endpoint);
  throwIfEnded(endpoint, body);
  const { error, message: plainMessage } = fields(body);
  const { code, message: nestedMessage } = fields(error);
  const words = text(error, nestedMessage, plainMessage);
  const reason = redacted(words, secret)?.replace(SECRET, '***').slice(0, 300);
  const message = `${name} answered ${status}${reason ? `: ${reason}` : '.'}`;
  if (status === 401 || status === 403) {
    // The site's own endpoints get no secret.
    return secret === undefined ? new VoiceError('token-unauthorized', message) : new ServiceRefusal(message);
  }
  if (code === 'insufficient_quota') return new VoiceError('quota-exceeded', message);
  if (status === 429) {
    return new VoiceError('rate-limited', message, { retryAfterMs: retryAfterMs(headers.get('retry-after') ?? '') });
  }
  // A retry does not help against 4xx, except against 408 (timeout) and 425 (too early).
  return new VoiceError(errorCode, message, { retriable: status >= 500 || status === 408 || status === 425 });
}

/** A server says that the call is over. A reconnection that gets this error ends the call; a first call fails. */
export class CallEndedError extends VoiceError {
  constructor({ name, errorCode }: Endpoint) {
    super(errorCode, `${name} answered that the call is over.`, { retriable: false });
  }
}

/**
 * Reads `{ "ended": true }`, which may come with any status.
 * @throws {CallEndedError}
 */
export function throwIfEnded(endpoint: Endpoint, body: unknown): void {
  if (fields(body)['ended'] === true) throw new CallEndedError(endpoint);
}

/** The header holds seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 1000), MAX_RETRY_AFTER);
}
