import { VoiceError } from '../errors.js';
import { httpFailure, networkFailure } from '../http-failure.js';

/** An ephemeral client secret as token endpoints send it. */
export interface ClientSecret {
  readonly value: string;
  /** Unix seconds. */
  readonly expires_at?: number;
  /** Where the offer goes, when the page names no calls URL itself. */
  readonly calls_url?: string;
}

/** A literal secret, or a function that gets one; the signal aborts when the call is given up. */
export type TokenSource = string | ((signal: AbortSignal) => Promise<string | ClientSecret>);

/** A secret that was read and found usable. It stays in memory and is shown to nobody but the calls URL. */
export interface Secret {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  readonly callsUrl: string | undefined;
}

export interface TokenEndpoint {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly credentials: RequestCredentials;
}

const WHAT = 'The token endpoint';

/** @throws {VoiceError} `token-failed`, `token-unauthorized`, `rate-limited` or `configuration` */
export async function fetchSecret(endpoint: TokenEndpoint, signal: AbortSignal): Promise<Secret> {
  let response: Response;
  try {
    response = await fetch(endpoint.url, {
      method: endpoint.method,
      credentials: endpoint.credentials,
      cache: 'no-store',
      signal,
      headers: { Accept: 'application/json', ...(endpoint.method === 'POST' && { 'Content-Type': 'application/json' }) },
      ...(endpoint.method === 'POST' && { body: '{}' }),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw networkFailure(error, WHAT, 'token-failed');
  }
  if (!response.ok) throw await httpFailure(response, WHAT, 'token-failed');
  return readSecret(await parse(response, signal));
}

/** @throws {VoiceError} `token-failed` or `configuration`; what a function of the page threw is the cause. */
export async function callTokenSource(source: TokenSource, signal: AbortSignal): Promise<Secret> {
  if (typeof source === 'string') return readSecret(source);
  try {
    return readSecret(await source(signal));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof VoiceError) throw error;
    throw new VoiceError('token-failed', 'tokenSource failed: see cause.', { cause: error });
  }
}

async function parse(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    signal.throwIfAborted();
    const type = response.headers.get('content-type') ?? 'no content type';
    const hint = response.redirected ? ' after a redirect (a login page?)' : '';
    throw new VoiceError('token-failed', `${WHAT} answered ${type}${hint} where JSON was expected.`, { cause: error });
  }
}

/** Reads every token shape in use: `{value}`, `{client_secret: {value}}`, `{client_secret: "…"}`, `{token}`. */
export function readSecret(body: unknown): Secret {
  const answer = (typeof body === 'object' && body !== null ? body : { value: body }) as Record<string, unknown>;
  const nested = answer['client_secret'] as { value?: unknown; expires_at?: unknown } | string | undefined | null;
  const value =
    answer['value'] ?? (typeof nested === 'object' ? nested?.value : nested) ?? answer['token'];
  if (typeof value !== 'string' || value.trim() === '') {
    throw new VoiceError('token-failed', `${WHAT} answered without a secret: { "value": "…" } was expected.`);
  }
  const secret = value.trim();
  if (secret.startsWith('sk-')) {
    throw new VoiceError(
      'configuration',
      `${WHAT} answered with a secret API key, which was not used. Revoke it: browsers have seen it. Answer with ` +
        'an ephemeral client secret, as createTokenHandler does.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw new VoiceError('token-failed', `${WHAT} answered with a secret that no HTTP header can hold.`);
  }
  const expires = answer['expires_at'] ?? (typeof nested === 'object' ? nested?.expires_at : undefined);
  const callsUrl = answer['calls_url'];
  return {
    value: secret,
    expiresAt: typeof expires === 'number' && expires > 0 ? expires * 1000 : undefined,
    callsUrl: typeof callsUrl === 'string' && callsUrl !== '' ? callsUrl : undefined,
  };
}
