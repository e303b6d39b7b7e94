import { asVoiceError, VoiceError, type VoiceErrorCode } from '../errors.js';
import { fields, text } from '../json-fields.js';

/** The longest delay that a server can ask for by `Retry-After`, in milliseconds. */
const MAX_RETRY_AFTER = 30_000;

/** Who answers a request. */
export interface Endpoint {
  /** Its name at the beginning of an error message. */
  readonly name: string;
  /** The code of an error that has no code of its own. */
  readonly errorCode: VoiceErrorCode;
}

/**
 * Sends a request and reads the response.
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
  const message = `${endpoint.name} cannot be reached: check CORS and CSP connect-src.`;
  return attempt(init.signal, endpoint.errorCode, message, async () => {
    const response = await fetch(url, init);
    if (!response.ok) throw await errorFrom(response, endpoint);
    return read(response);
  });
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
async function errorFrom(response: Response, { name, errorCode }: Endpoint): Promise<VoiceError> {
  const { status, headers } = response;
  const body: unknown = await response.json().catch(() => null);
  if (status === 410 || isCallEnded(body)) return callEnded({ name, errorCode });
  const { error, message: plainMessage } = fields(body);
  const { code, message: nestedMessage } = fields(error);
  const reason = text(error, nestedMessage, plainMessage)?.slice(0, 300);
  const message = `${name} answered ${status}${reason ? `: ${reason}` : '.'}`;
  if (status === 401 || status === 403) return new VoiceError('token-unauthorized', message);
  if (code === 'insufficient_quota') return new VoiceError('quota-exceeded', message);
  if (status === 429) {
    return new VoiceError('rate-limited', message, { retryAfterMs: retryAfterMs(headers.get('retry-after') ?? '') });
  }
  // A retry does not help against 4xx, except against 408 (timeout) and 425 (too early).
  return new VoiceError(errorCode, message, { retriable: status >= 500 || status === 408 || status === 425 });
}

/** Whether a response says that the call is over, with `{ "ended": true }`. */
export function isCallEnded(body: unknown): boolean {
  return fields(body)['ended'] === true;
}

/** A reconnection that gets this error ends the call in order; a first call fails with it. */
export function callEnded({ name, errorCode }: Endpoint): VoiceError {
  return new VoiceError(errorCode, `${name} answered that the call is over.`, { retriable: false, isCallEnded: true });
}

/** The header holds seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 1000), MAX_RETRY_AFTER);
}
