import { VoiceError } from '../../errors.js';
import { fields, text } from '../../json-fields.js';
import { attempt, type Endpoint, type RequestAdditions } from '../../transport/http-request.js';
import type { VoiceSessionOptions } from '../session-options.js';

/**
 * Asks the page what to add to a request.
 * @throws {VoiceError} the endpoint's own code, with the error of the page's function as its cause; or `configuration`
 */
export async function requestAdditions(
  { requestInit }: VoiceSessionOptions,
  kind: 'token' | 'session',
  { errorCode }: Endpoint,
  signal: AbortSignal,
): Promise<RequestAdditions> {
  const failed = 'requestInit failed: see cause.';
  const ask = async (): Promise<unknown> => (await requestInit?.(kind, signal)) ?? {};
  const isUsable = requestInit == null || typeof requestInit === 'function';
  const additions = isUsable && additionsFrom(await attempt(signal, errorCode, failed, ask));
  if (additions) return additions;
  const form = '{ headers, body }: valid headers, and the text of a JSON object';
  throw new VoiceError('configuration', `requestInit must be a function that returns ${form}.`);
}

/** Undefined if they have another form. The browser's error is left out, because it quotes what may be a secret. */
function additionsFrom(init: unknown): RequestAdditions | undefined {
  try {
    const { headers, body } = init as RequestInit;
    const beside: unknown = body ? JSON.parse(text(body) ?? '') : {};
    if ([init, beside].some((value) => fields(value) !== value)) return undefined;
    return { headers: Object.fromEntries(new Headers(headers)), fields: body ? fields(beside) : undefined };
  } catch {
    return undefined;
  }
}
