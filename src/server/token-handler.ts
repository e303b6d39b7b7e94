import { createEndpoint } from './endpoint.js';
import type { Handler, HandlerOptions } from './options.js';
import { jsonReply } from './reply.js';
import { resolveOptions } from './resolved-options.js';
import { containsKey } from './service-key.js';
import { warnAtStart } from './startup-warnings.js';
import { parseJson } from './upstream-body.js';
import { invalidAnswer } from './upstream-error.js';
import { post } from './upstream.js';

/** Nothing in the body is used, so it need not be long. JSON only: forms of other sites cannot send it. */
const ACCEPTS = { types: ['application/json'], maxBytes: 2_048 };

/**
 * The endpoint behind `token-url`: trades the site's key for a secret that opens one kind of session and soon expires.
 * What is asked of the service was fixed when the handler was made; no request changes a byte of it.
 */
export function createTokenHandler(options: HandlerOptions): Handler {
  const resolved = resolveOptions(options, 'createTokenHandler');
  const { apiKey, baseUrl, expiresAfter, isDefaultBase, isLive, maxSessionSeconds, sessionJson } = resolved;
  if (isLive) {
    throw new TypeError(
      'createTokenHandler: GPT-Live has no secrets for browsers. Use createSessionHandler, and session-url.',
    );
  }
  warnAtStart(resolved, 'createTokenHandler');
  if (maxSessionSeconds !== undefined) {
    console.warn(
      'createTokenHandler: maxSessionSeconds has no effect here. Use createSessionHandler, and session-url.',
    );
  }
  const expiry = JSON.stringify({ anchor: 'created_at', seconds: expiresAfter });
  const order = `{"expires_after":${expiry},"session":${sessionJson}}`;

  return createEndpoint(resolved, ACCEPTS, {
    POST: async ({ request, headers }) => {
      headers.set('Content-Type', 'application/json');
      const answer = await post(`${baseUrl}/v1/realtime/client_secrets`, { headers, body: order }, request.signal);
      const secret = readSecret(parseJson(answer.body));
      if (!secret || containsKey(secret.value, apiKey) || secret.value.startsWith('sk-')) {
        throw invalidAnswer(answer.status, 'The service gave no client secret.');
      }
      const callsUrl = isDefaultBase ? {} : { calls_url: `${baseUrl}/v1/realtime/calls` };
      return { response: jsonReply(200, { ...secret, ...callsUrl }) };
    },
  });
}

interface Secret {
  value: string;
  expires_at?: number;
}

/** Compatible servers put the secret in one of three places. */
function readSecret(body: unknown): Secret | undefined {
  const outer = (body ?? {}) as Record<string, unknown>;
  const nested = outer['client_secret'];
  const holder = typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>) : outer;
  const value = holder['value'] ?? (holder === outer ? nested : undefined);
  const expiresAt = holder['expires_at'];
  // Whatever else it is, the browser could not send it in a header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) return undefined;
  return typeof expiresAt === 'number' ? { value, expires_at: expiresAt } : { value };
}
