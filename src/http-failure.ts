import { VoiceError, type VoiceErrorCode } from './errors.js';

/** Longest wait that a server's `Retry-After` can ask of a visitor, in milliseconds. */
const LONGEST_WAIT = 30_000;

/** A refusal by HTTP as the error of the step that met it; `failed` is that step's own code. */
export async function httpFailure(response: Response, what: string, failed: VoiceErrorCode): Promise<VoiceError> {
  const { status } = response;
  const { reason, code } = await serverReason(response);
  const message = `${what} answered ${status}${reason ? `: ${reason}` : '.'}`;
  if (status === 401 || status === 403) return new VoiceError('token-unauthorized', message);
  if (code === 'insufficient_quota') return new VoiceError('quota-exceeded', message);
  if (status === 429) {
    return new VoiceError('rate-limited', message, { retryAfterMs: retryAfter(response.headers.get('retry-after')) });
  }
  // 4xx is the page's or the server's mistake and will be made again; 408 and 425 ask for another try.
  return new VoiceError(failed, message, { retriable: status >= 500 || status === 408 || status === 425 });
}

/** A failed `fetch`: the browser tells a page only that it failed, never why. */
export function networkFailure(error: unknown, what: string, failed: VoiceErrorCode): VoiceError {
  return new VoiceError(failed, `${what} could not be reached: check network, CORS and CSP connect-src.`, { cause: error });
}

async function serverReason(response: Response): Promise<{ reason: string; code: unknown }> {
  try {
    const body = (await response.json()) as { error?: unknown; message?: unknown } | null;
    const error = body?.error as { message?: unknown; code?: unknown } | string | undefined;
    const reason = typeof error === 'string' ? error : (error?.message ?? body?.message);
    const code = typeof error === 'object' ? error?.code : undefined;
    return { reason: typeof reason === 'string' ? reason.slice(0, 300) : '', code };
  } catch {
    return { reason: '', code: undefined };
  }
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 1000), LONGEST_WAIT);
}
