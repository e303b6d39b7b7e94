import { VoiceError } from '../errors.js';
import { count, fields, text } from '../json-fields.js';
import { attempt, request, type Endpoint } from './http-request.js';

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

export const TOKENS: Endpoint = { what: 'The token endpoint', failed: 'token-failed', seconds: 8 };

/** @throws {VoiceError} `token-failed`, `token-unauthorized`, `rate-limited`, `quota-exceeded` or `configuration` */
export function fetchSecret({ url, method, credentials }: TokenEndpoint, signal: AbortSignal): Promise<Secret> {
  const post = method === 'POST';
  const headers = { Accept: 'application/json', ...(post && { 'Content-Type': 'application/json' }) };
  const init = { method, credentials, cache: 'no-store', signal, headers, body: post ? '{}' : null } as const;
  return request(TOKENS, url, init, async (response) => {
    const body: unknown = await response.json().catch(() => {
      const type = response.headers.get('content-type');
      const hint = response.redirected ? ' after a redirect' : '';
      // Without its cause: the parser quotes what it could not read, which may be a secret.
      throw new VoiceError(TOKENS.failed, `${TOKENS.what} answered ${type}${hint}, not JSON.`);
    });
    return readSecret(body);
  });
}

/** @throws {VoiceError} `token-failed` or `configuration`; what a function of the page threw is the cause. */
export function callTokenSource(source: TokenSource, signal: AbortSignal): Promise<Secret> {
  const ask = async (): Promise<Secret> => readSecret(typeof source === 'string' ? source : await source(signal));
  return attempt(signal, TOKENS.failed, 'tokenSource failed: see cause.', ask);
}

/** Reads every token shape in use: `{value}`, `{client_secret: {value}}`, `{client_secret: "…"}`, `{token}`. */
export function readSecret(body: unknown): Secret {
  const { value, client_secret, token, expires_at, calls_url } = fields(body);
  const nested = fields(client_secret);
  const secret = text(body, value, client_secret, nested['value'], token)?.trim();
  if (secret?.startsWith('sk-')) {
    throw new VoiceError(
      'configuration',
      `${TOKENS.what} answered with an API key, not sent on. Revoke it, and answer with a client secret.`,
    );
  }
  if (!secret || /[^!-~]/.test(secret)) {
    throw new VoiceError(TOKENS.failed, `${TOKENS.what} answered without a secret like { "value": "ek_..." }.`);
  }
  return {
    value: secret,
    expiresAt: count(expires_at ?? nested['expires_at']) * 1000 || undefined,
    callsUrl: text(calls_url) || undefined,
  };
}
