import { VoiceError } from '../errors.js';
import { count, fields, text } from '../json-fields.js';
import { attempt, callEnded, isCallEnded, request, type Endpoint } from './http-request.js';

/** An ephemeral client secret, as token endpoints answer it. */
export interface ClientSecret {
  /** The secret itself, for instance `ek_…`. An API key (`sk-…`) is refused. */
  readonly value: string;
  /** When the secret expires, in seconds since the epoch. */
  readonly expires_at?: number;
  /** Where the SDP offer goes, if the page sets no calls URL. */
  readonly calls_url?: string;
}

/** A client secret, or a function that gets one. The function's signal aborts when the secret is no longer needed. */
export type TokenSource = string | ((signal: AbortSignal) => Promise<string | ClientSecret>);

/** A checked client secret. It stays in memory and goes to nobody but the calls URL. */
export interface Secret {
  readonly value: string;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  readonly callsUrl: string | undefined;
}

export interface TokenRequest {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly credentials: RequestCredentials;
}

export const TOKEN_ENDPOINT: Endpoint = { name: 'The token endpoint', errorCode: 'token-failed' };

/**
 * Fetches a client secret from the site's token endpoint. A POST has the JSON body `{}`.
 * @throws {VoiceError} `token-failed`, `token-unauthorized`, `rate-limited`, `quota-exceeded` or `configuration`
 */
export function fetchSecret({ url, method, credentials }: TokenRequest, signal: AbortSignal): Promise<Secret> {
  const isPost = method === 'POST';
  const headers = { Accept: 'application/json', ...(isPost && { 'Content-Type': 'application/json' }) };
  const init = { method, credentials, cache: 'no-store', signal, headers, body: isPost ? '{}' : null } as const;
  return request(TOKEN_ENDPOINT, url, init, async (response) => {
    const body: unknown = await response.json().catch(() => {
      const type = response.headers.get('content-type');
      const hint = response.redirected ? ' after a redirect' : '';
      // The parser's error is left out, because it quotes the text, which may be a secret.
      throw new VoiceError(TOKEN_ENDPOINT.errorCode, `${TOKEN_ENDPOINT.name} answered ${type}${hint}, not JSON.`);
    });
    return parseSecret(body);
  });
}

/**
 * Gets a client secret from the page.
 * @throws {VoiceError} `token-failed`, with the error of the page's function as its cause, or `configuration`
 */
export function callTokenSource(source: TokenSource, signal: AbortSignal): Promise<Secret> {
  const { errorCode } = TOKEN_ENDPOINT;
  return attempt(signal, errorCode, 'tokenSource failed: see cause.', async () =>
    parseSecret(typeof source === 'string' ? source : await source(signal)),
  );
}

/**
 * Reads every form of token response in use: `{value}`, `{client_secret: {value}}`, `{client_secret: "…"}`, `{token}`.
 * @throws {VoiceError} `configuration` for an API key, `token-failed` if there is no secret
 */
export function parseSecret(body: unknown): Secret {
  if (isCallEnded(body)) throw callEnded(TOKEN_ENDPOINT);
  const { value, client_secret, token, expires_at, calls_url } = fields(body);
  const nested = fields(client_secret);
  const secret = text(body, value, client_secret, nested['value'], token)?.trim();
  if (secret?.startsWith('sk-')) {
    throw new VoiceError(
      'configuration',
      `${TOKEN_ENDPOINT.name} answered with an API key. It was not used. Revoke it, and answer a client secret.`,
    );
  }
  if (!secret || /[^!-~]/.test(secret)) {
    const message = `${TOKEN_ENDPOINT.name} answered without a secret like { "value": "ek_..." }.`;
    throw new VoiceError(TOKEN_ENDPOINT.errorCode, message);
  }
  return {
    value: secret,
    expiresAt: count(expires_at ?? nested['expires_at']) * 1000 || undefined,
    callsUrl: text(calls_url) || undefined,
  };
}
