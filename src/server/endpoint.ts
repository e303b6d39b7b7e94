import { tellAudit } from './audit.js';
import { findClientAddress } from './client-address.js';
import { withinDeadline } from './hook-deadline.js';
import { checkLimit } from './limiter.js';
import type { Handler, MintRecord, VisitorInfo } from './options.js';
import { admitOrigin, ownOrigin } from './origin-guard.js';
import { Refusal } from './refusal.js';
import { errorReply, preflightReply, readableBy } from './reply.js';
import { checkKind, checkMethod, readBody, type Accepts } from './request-guard.js';
import type { ResolvedOptions } from './resolved-options.js';
import { UpstreamError } from './upstream-error.js';

/** A visitor's request that passed every check. */
export interface Visit {
  request: Request;
  body: Uint8Array<ArrayBuffer>;
  /** Headers for the service: the key, and the visitor's safety identifier. */
  headers: Headers;
  /** The origin of the page that asks. */
  origin: string;
}

/** What a handler returns once the service has answered: the response, and the call for the audit. */
export interface Served {
  response: Response;
  callId?: string;
}

/** What an endpoint asks of the service. */
interface Methods {
  POST: (visit: Visit) => Promise<Served>;
  DELETE?: {
    /** The id of the call to end; refuses what this handler did not sign. */
    callId: (request: Request, origin: string) => Promise<string>;
    end: (callId: string, visit: Visit) => Promise<Response>;
  };
}

/** The checks that both handlers share, in their order: origin, method, type, limiter, size, authorize. */
export function createEndpoint(options: ResolvedOptions, accepts: Accepts, methods: Methods): Handler {
  const allowed = Object.keys(methods);

  const answer = async (request: Request, info: VisitorInfo, origin: string): Promise<Response> => {
    checkMethod(request, allowed);
    if (request.method === 'DELETE') return hangUp(methods.DELETE!, request, info, origin);

    checkKind(request, accepts);
    const address = await findClientAddress(request, info, options);
    await checkLimit(options.limiter, request, address);
    const body = await readCopy(request, accepts, options);
    await authorize(request, options);
    const headers = await serviceHeaders(request, address, options);
    return audited({ request, body, headers, origin }, options, methods.POST);
  };

  const hangUp = async (
    { callId, end }: NonNullable<Methods['DELETE']>,
    request: Request,
    info: VisitorInfo,
    origin: string,
  ): Promise<Response> => {
    // First, so that nobody can use up the limit with ids that were never signed.
    const id = await callId(request, origin);
    const address = await findClientAddress(request, info, options);
    await checkLimit(options.limiter, request, address);
    await authorize(request, options);
    const headers = await serviceHeaders(request, address, options);
    try {
      return await end(id, { request, body: new Uint8Array(), headers, origin });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return failureReply(error);
    }
  };

  const refuse = async (request: Request, refusal: Refusal): Promise<Response> => {
    const { status, code, message, headers, response } = refusal;
    await tellAudit('onRefuse', options.onRefuse, { status: response?.status ?? status, code }, request);
    return response ?? errorReply(status, code, message, headers);
  };

  return async (request, info) => {
    let origin: string | null = null;
    try {
      origin = admitOrigin(request, options);
      if (request.method === 'OPTIONS') return readableBy(origin, preflightReply(allowed, options.allowedHeaders));
      return readableBy(origin, await answer(request, info, origin ?? ownOrigin(request, options)));
    } catch (error) {
      if (error instanceof Refusal) return readableBy(origin, await refuse(request, error));
      if (request.signal.aborted) return readableBy(null, errorReply(499, 'aborted', 'The visitor left.'));
      // One of the site's own functions failed. Its developer reads why, the visitor does not.
      console.error('realtime-voice/server:', error);
      return readableBy(origin, await refuse(request, new Refusal(500, 'internal', 'The server has a problem.')));
    }
  };
}

/** `authorize` gets a request whose body it may still read. */
async function readCopy(request: Request, accepts: Accepts, options: ResolvedOptions): Promise<Visit['body']> {
  if (!options.authorize || request.bodyUsed) return readBody(request, accepts);
  try {
    return await readBody(request.clone(), accepts);
  } catch (error) {
    // The sender is only told to stop when both copies are given up.
    request.body?.cancel().catch(() => undefined);
    throw error;
  }
}

async function authorize(request: Request, { authorize }: ResolvedOptions): Promise<void> {
  if (!authorize) return;
  const verdict: unknown = await withinDeadline('authorize', () => authorize(request));
  if (verdict === true) return;
  // Copied here, where a response that cannot be sent is still an error of the site.
  const own = verdict instanceof Response ? new Response(verdict.body, verdict) : undefined;
  throw new Refusal(401, 'unauthorized', 'This visitor may not start a call.', {}, own);
}

async function serviceHeaders(
  request: Request,
  address: string | undefined,
  { apiKey, safetyIdentifier }: ResolvedOptions,
): Promise<Headers> {
  const headers = new Headers({ Authorization: `Bearer ${apiKey}` });
  const identifier = await safetyIdentifier(request, address);
  if (identifier !== undefined) headers.set('OpenAI-Safety-Identifier', identifier);
  return headers;
}

async function audited(visit: Visit, options: ResolvedOptions, serve: Methods['POST']): Promise<Response> {
  const startedAt = Date.now();
  let record: Omit<MintRecord, 'durationMs'>;
  let response: Response;
  try {
    const served = await serve(visit);
    response = served.response;
    record = { ok: response.ok, status: response.status, ...(served.callId && { callId: served.callId }) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { status, code, upstream } = error;
    response = failureReply(error);
    record = { ok: false, status, code, ...(upstream && { upstream: withoutKey(upstream, options) }) };
  }
  const durationMs = Date.now() - startedAt;
  await tellAudit('onMint', options.onMint, { ...record, durationMs }, visit.request);
  return response;
}

/** A careless service could name the key as the field that it rejects. */
function withoutKey<T extends { status: number }>(upstream: T, { apiKey }: ResolvedOptions): T | { status: number } {
  return JSON.stringify(upstream).includes(apiKey) ? { status: upstream.status } : upstream;
}

function failureReply({ status, code, message, retryAfter }: UpstreamError): Response {
  return errorReply(status, code, message, retryAfter ? { 'Retry-After': retryAfter } : {});
}
