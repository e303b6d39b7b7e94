import { createEndpoint } from './endpoint.js';
import { resolveOptions, type HandlerOptions } from './options.js';
import { jsonReply } from './reply.js';
import { parseJson, post, UpstreamError } from './upstream.js';

/** The body is not used, so a short one is enough. JSON only, because a form on another site cannot send JSON. */
const ACCEPTED = { types: ['application/json'], maxBytes: 2_048 };

/**
 * Creates the endpoint for `token-url`. It exchanges the site's API key for an ephemeral client secret. The request to
 * the service is fixed when the handler is created; no visitor's request can change it.
 */
export function createTokenHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const resolved = resolveOptions(options, 'createTokenHandler');
  const { apiKey, baseUrl, expiresAfter, isDefaultBase, isLive, sessionJson } = resolved;
  if (isLive) {
    throw new TypeError(
      'createTokenHandler: GPT-Live has no client secrets. Use createSessionHandler with session-url instead.',
    );
  }
  const expiry = JSON.stringify({ anchor: 'created_at', seconds: expiresAfter });
  const secretRequest = `{"expires_after":${expiry},"session":${sessionJson}}`;

  return createEndpoint(resolved, ACCEPTED, {
    POST: async ({ request, serviceHeaders: headers }) => {
      headers.set('Content-Type', 'application/json');
      const init = { headers, body: secretRequest };
      const answer = await post(`${baseUrl}/v1/realtime/client_secrets`, init, request.signal);
      const secret = readClientSecret(parseJson(answer.body));
      // A compatible server that echoes an API key would publish it.
      if (!secret || secret.value === apiKey || secret.value.startsWith('sk-')) {
        throw new UpstreamError(502, 'upstream-invalid', 'The service sent no client secret.', {
          upstream: { status: answer.status },
        });
      }
      const callsUrl = isDefaultBase ? {} : { calls_url: `${baseUrl}/v1/realtime/calls` };
      return { response: jsonReply(200, { ...secret, ...callsUrl }) };
    },
  });
}

interface ClientSecret {
  value: string;
  /** Seconds since the epoch. */
  expires_at?: number;
}

/** Reads `{ value }`, `{ client_secret: { value } }` or `{ client_secret: "…" }`, as compatible servers do. */
function readClientSecret(body: unknown): ClientSecret | undefined {
  const { value, client_secret: nested, expires_at: expiresAt } = (body ?? {}) as Record<string, unknown>;
  if (typeof nested === 'object' && nested !== null) return readClientSecret(nested);
  const secret = value ?? nested;
  if (typeof secret !== 'string' || secret === '') return undefined;
  return typeof expiresAt === 'number' ? { value: secret, expires_at: expiresAt } : { value: secret };
}
