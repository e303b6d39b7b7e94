import { VoiceError } from '../errors.js';
import { count, fields, text } from '../json-fields.js';
import { toJson } from '../json-text.js';
import { attempt, request, throwIfEnded, type Endpoint, type RequestAdditions } from './http-request.js';

/** An ephemeral client secret, as token endpoints answer it. */
export interface ClientSecret {
  /** The secret itself, for instance `ek_…`. An API key (`sk-…`) is refused. */
  readonly value: string;
  /** When the secret expires, in seconds since the epoch. */
  readonly expires_at?: number;
  /** Where the SDP offer goes, if the page sets no calls URL: with https, or to this machine. */
  readonly calls_url?: string;
  /** Whether the calls URL takes a data channel that is agreed on beforehand, by `?dcid=`; default: OpenAI's does. */
  readonly dcid?: boolean;
  /** STUN and TURN servers, if the page sets none. */
  readonly ice_servers?: readonly RTCIceServer[];
}

/** A client secret, or a function that gets one. The function's signal aborts when the secret is no longer needed. */
export type TokenSource = string | ((signal: AbortSignal) => Promise<string | ClientSecret>);

/** A checked client secret. It stays in memory and goes to nobody but the calls URL. */
export interface Secret {
  readonly value: string;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  readonly callsUrl: string | undefined;
  /** Whether the calls URL is known to take a data channel that is agreed on beforehand. */
  readonly agreesOnChannel: boolean;
  /** Unchecked: the browser checks them. */
  readonly iceServers: RTCIceServer[] | undefined;
}

export interface TokenRequest {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly credentials: RequestCredentials;
  /** What the page adds. Its fields are the JSON object of a POST. */
  readonly additions?: RequestAdditions;
}

export const TOKEN_ENDPOINT: Endpoint = { name: 'The token endpoint', errorCode: 'token-failed' };

/**
 * Fetches a client secret from the site's token endpoint. A POST has the JSON body `{}`.
 * @throws {VoiceError} `token-failed`, `token-unauthorized`, `rate-limited`, `quota-exceeded` or `configuration`
 */
export async function fetchSecret(
  { url, method, credentials, additions = {} }: TokenRequest,
  signal: AbortSignal,
): Promise<Secret> {
  const isPost = method === 'POST';
  const type = 'application/json';
  const headers = { ...additions.headers, accept: type, ...(isPost && { 'content-type': type }) };
  const body = isPost ? toJson(additions.fields ?? {}) : null;
  const init = { method, credentials, cache: 'no-store', signal, headers, body } as const;
  return request(TOKEN_ENDPOINT, url, init, async (response) => {
    const body: unknown = await response.json().catch(() => {
      const type = response.headers.get('content-type');
      // The parser's error is left out, because it quotes the text, which may be a secret.
      throw new VoiceError(TOKEN_ENDPOINT.errorCode, `${TOKEN_ENDPOINT.name} answered ${type}, not JSON.`);
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
  return attempt(signal, errorCode, 'tokenSource failed: see cause.', async () => {
    checkTokenSource(source);
    return parseSecret(typeof source === 'function' ? await source(signal) : source);
  });
}

/** @throws {VoiceError} what `callTokenSource()` would throw, as far as that is known before a function is called */
export function checkTokenSource(source: TokenSource): void {
  if (typeof source === 'string') parseSecret(source);
  else if (typeof source !== 'function')
    throw new VoiceError('configuration', 'tokenSource must be a client secret or a function that returns one.');
}

/**
 * Reads every form of token response in use: `{value}`, `{client_secret: {value}}`, `{client_secret: "…"}`, `{token}`.
 * @throws {VoiceError} `configuration` for an API key or an insecure calls URL, `token-failed` if there is no secret
 */
export function parseSecret(body: unknown): Secret {
  throwIfEnded(TOKEN_ENDPOINT, body);
  const { value, client_secret, token, expires_at, calls_url, dcid, ice_servers } = fields(body);
  const nested = fields(client_secret);
  const secret = text(body, value, client_secret, nested['value'], token)?.trim();
  if (secret?.startsWith('sk-')) {
    throw new VoiceError(
      'configuration',
      `${TOKEN_ENDPOINT.name} answered with an API key. It was not used. Revoke it, and answer a client secret.`,
    );
  }
  if (!secret || /[^!#-[\]-~]/.test(secret)) {
    const message = `${TOKEN_ENDPOINT.name} answered without a secret like { "value": "ek_..." }.`;
    throw new VoiceError(TOKEN_ENDPOINT.errorCode, message);
  }
  return {
    value: secret,
    expiresAt: count(expires_at ?? nested['expires_at']) * 1000 || undefined,
    callsUrl: secureUrl(text(calls_url)),
    agreesOnChannel: dcid === true,
    iceServers: (ice_servers as RTCIceServer[] | null) ?? undefined,
  };
}

/** The secret goes to this URL, so nobody on the way may read it: https, or http to this machine. */
function secureUrl(url: string | undefined): string | undefined {
  if (url && !/^(https:|http:\/\/([\w.-]+\.)?(localhost|127(\.\d+){3}|\[::1])(:\d+)?\/)/i.test(url)) {
    throw new VoiceError('configuration', `${TOKEN_ENDPOINT.name} answered a calls_url that is not https.`);
  }
  return url || undefined;
}
