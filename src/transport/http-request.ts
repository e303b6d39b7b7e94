import { asVoiceError, VoiceError, type VoiceErrorCode } from '../errors.js';
import { fields, text } from '../json-fields.js';

/** Longest wait that a server's `Retry-After` can ask of a visitor, in milliseconds. */
const LONGEST_WAIT = 30_000;

/** Whom a step of the call asks, as its messages name it, the step's own code, and for how long it may take, in seconds. */
export interface Endpoint {
  readonly what: string;
  readonly failed: VoiceErrorCode;
  readonly seconds: number;
}

/**
 * Asks an endpoint and reads its answer.
 *
 * @throws {VoiceError} the endpoint's own code, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export function request<T>(
  { what, failed }: Endpoint,
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
  read: (response: Response) => Promise<T>,
): Promise<T> {
  // The browser tells a page only that a request failed, never why.
  return attempt(init.signal, failed, `${what} cannot be reached: check CORS and CSP connect-src.`, async () => {
    const response = await fetch(url, init);
    if (!response.ok) throw await refusal(response, what, failed);
    return read(response);
  });
}

/** What a step throws once it is aborted is the reason of that, else a `VoiceError`: its own, or `code` and the cause. */
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

/** What servers say of an error: `{error: {message, code}}`, `{error: "…"}` or `{message}`. */
async function refusal(response: Response, what: string, failed: VoiceErrorCode): Promise<VoiceError> {
  const { status, headers } = response;
  const { error, message: said } = fields(await response.json().catch(() => null));
  const { code, message: reason } = fields(error);
  const given = text(error, reason, said)?.slice(0, 300);
  const message = `${what} answered ${status}${given ? `: ${given}` : '.'}`;
  if (status === 401 || status === 403) return new VoiceError('token-unauthorized', message);
  if (code === 'insufficient_quota') return new VoiceError('quota-exceeded', message);
  if (status === 429)
    return new VoiceError('rate-limited', message, { retryAfterMs: retryAfter(headers.get('retry-after') ?? '') });
  // 4xx is the page's or the server's mistake and will be made again; 408 and 425 ask for another try.
  return new VoiceError(failed, message, { retriable: status >= 500 || status === 408 || status === 425 });
}

/** Seconds, or a date. */
function retryAfter(header: string): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 1000), LONGEST_WAIT);
}
