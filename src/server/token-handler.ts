import { createEndpoint } from './endpoint.js';
import type { Handler, HandlerOptions } from './options.js';
import { jsonReply } from './reply.js';
import { resolveOptions } from './resolved-options.js';
import { containsKey } from './service-key.js';
import { warnAtStart } from './startup-warnings.js';
import { parseJson } from './upstream-body.js';
import { invalidAnswer } from './upstream-error.js';
import { post } from './upstream.js';

/** The body is not used, so a short one is enough. JSON only, because a form on another site cannot send JSON. */
const ACCEPTED = { types: ['application/json'], maxBytes: 2_048 };

/**
 * Creates the endpoint for `token-url`. It exchanges the site's API key for an ephemeral client secret. The request to
 * the service is fixed when the handler is created; no visitor's request can change it.
 */
export function createTokenHandler(options: HandlerOptions): Handler {
  const resolved = resolveOptions(options, 'createTokenHandler');
  const { apiKey, baseUrl, expiresAfter, isDefaultBase, maxSessionSeconds, sessions } = resolved;
  const isOpenAi = /^https:\/\/([^/:]+\.)?api\.openai\.com(:|$)/.test(new URL(baseUrl).origin);
  if (sessions.isLive) {
    throw new TypeError(
      'createTokenHandler: GPT-Live has no client secrets. Use createSessionHandler with session-url instead.',
    );
  }
  warnAtStart(resolved, 'createTokenHandler');
  if (maxSessionSeconds !== undefined) {
    console.warn(
      'createTokenHandler: maxSessionSeconds has no effect here. Use createSessionHandler, and session-url.',
    );
  }
  const expiry = JSON.stringify({ anchor: 'created_at', seconds: expiresAfter });

  return createEndpoint(resolved, ACCEPTED, {
    POST: async ({ request, serviceHeaders: headers, session }) => {
      headers.set('Content-Type', 'application/json');
      const answer = await post(
        `${baseUrl}/v1/realtime/client_secrets`,
        { headers, body: `{"expires_after":${expiry},"session":${session.json}}` },
        request.signal,
      );
      const body = parseJson(answer.body);
      const secret = readClientSecret(body);
      if (!secret || containsKey(secret.value, apiKey) || secret.value.startsWith('sk-')) {
        throw invalidAnswer(answer.status, 'The service sent no client secret.');
      }
      const callsUrl = isDefaultBase ? {} : { calls_url: `${baseUrl}/v1/realtime/calls` };
      // A server that is not known to take a channel that is agreed on beforehand must say so.
      const dcid = isOpenAi || (body as { dcid?: unknown }).dcid === true ? { dcid: true } : {};
      return { response: jsonReply(200, { ...secret, ...callsUrl, ...dcid }) };
    },
  });
}

interface ClientSecret {
  value: string;
  /** Seconds since the epoch. */
  expires_at?: number;
}

/** Reads `{ value }`, `{ client_secret: { value } }` or `{ client_secret: "…" }`, as compatible servers send it. */
function readClientSecret(body: unknown): ClientSecret | undefined {
  const outer = (body ?? {}) as Record<string, unknown>;
  const nested = outer['client_secret'];
  const holder = typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>) : outer;
  const value = holder['value'] ?? (holder === outer ? nested : undefined);
  const expiresAt = holder['expires_at'];
  // Whatever else it is, the browser could not send it in a header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) return undefined;
  return typeof expiresAt === 'number' ? { value, expires_at: expiresAt } : { value };
}
