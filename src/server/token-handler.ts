import { createEndpoint } from './endpoint.js';
import { resolveOptions, type HandlerOptions } from './options.js';
import { jsonReply } from './reply.js';
import { parseJson, post, UpstreamError } from './upstream.js';

/** The body says nothing that is used, so it need not be long. JSON only: other sites' forms cannot send it. */
const ACCEPTS = { types: ['application/json'], maxBytes: 2_048 };

/**
 * The endpoint behind `token-url`: trades the site's key for a secret that opens one kind of session and soon
 * expires. What is asked of the service was fixed when the handler was made; no request changes a byte of it.
 */
export function createTokenHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const resolved = resolveOptions(options, 'createTokenHandler');
  const { apiKey, baseUrl, expiresAfter, isDefaultBase, isLive, sessionJson } = resolved;
  if (isLive) {
    throw new TypeError(
      'createTokenHandler: GPT-Live has no secrets for browsers. Use createSessionHandler, and session-url.',
    );
  }
  const expiry = JSON.stringify({ anchor: 'created_at', seconds: expiresAfter });
  const order = `{"expires_after":${expiry},"session":${sessionJson}}`;

  return createEndpoint(resolved, ACCEPTS, {
    POST: async ({ request, headers }) => {
      headers.set('Content-Type', 'application/json');
      const answer = await post(`${baseUrl}/v1/realtime/client_secrets`, { headers, body: order }, request.signal);
      const secret = readSecret(parseJson(answer.body));
      if (!secret || secret.value === apiKey || secret.value.startsWith('sk-')) {
        throw new UpstreamError(502, 'upstream-invalid', 'The service gave no client secret.', {
          upstream: { status: answer.status },
        });
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
  const { value, client_secret: nested, expires_at: expiresAt } = (body ?? {}) as Record<string, unknown>;
  if (typeof nested === 'object' && nested !== null) return readSecret(nested);
  const found = value ?? nested;
  if (typeof found !== 'string' || found === '') return undefined;
  return typeof expiresAt === 'number' ? { value: found, expires_at: expiresAt } : { value: found };
}
