import { tellAudit } from './audit.js';
import { findClientAddress } from './client-address.js';
import { withinDeadline } from './hook-deadline.js';
import { checkLimit } from './limiter.js';
import type { Handler, MintRecord, VisitorInfo } from './options.js';
import { admitOrigin, ownOrigin } from './origin-guard.js';
import { Refusal } from './refusal.js';
import { errorReply, preflightReply, readableBy } from './reply.js';
import { checkKind, checkMethod, readBody, type AcceptedBody } from './request-guard.js';
import type { ResolvedOptions } from './resolved-options.js';
import type { ChosenSession } from './session-presets.js';
import { UpstreamError } from './upstream-error.js';

/** A visitor's request that passed every check. */
export interface CheckedRequest {
  request: Request;
  body: Uint8Array<ArrayBuffer>;
  /** Headers for the request to the service: the API key, and the visitor's safety identifier. */
  serviceHeaders: Headers;
  /** The origin of the page that asks. */
  origin: string;
  /** The session to ask the service for. */
  session: ChosenSession;
}

/** What a method returns after the service answered. */
export interface ServiceResult {
  response: Response;
  /** The id of the call that was opened, for the `onMint` record. */
  callId?: string;
}

/** The HTTP methods that an endpoint supports. */
interface Methods {
  POST: (checked: CheckedRequest) => Promise<ServiceResult>;
  DELETE?: {
    /** The id of the call to end; refuses what this handler did not sign. */
    callId: (request: Request, origin: string) => Promise<string>;
    end: (callId: string, serviceHeaders: Headers) => Promise<Response>;
  };
}

/** Builds a handler. It checks, in this order: origin, method, type, preset, limiter, body, captcha, `authorize`. */
export function createEndpoint(options: ResolvedOptions, accepted: AcceptedBody, methods: Methods): Handler {
  const allowedMethods = Object.keys(methods);

  const handle = async (request: Request, info: VisitorInfo, origin: string): Promise<Response> => {
    checkMethod(request, allowedMethods);
    if (request.method === 'DELETE') return hangUp(methods.DELETE!, request, info, origin);

    checkKind(request, accepted);
    const session = options.sessions.choose(request.url);
    const address = await findClientAddress(request, info, options);
    await checkLimit(options.limiter, request, address);
    const body = await readCopy(request, accepted, options);
    await options.humanCheck?.check(request, address);
    await authorize(request, options);
    const serviceHeaders = await createServiceHeaders(request, address, options);
    return postAndRecord({ request, body, serviceHeaders, origin, session }, options, methods.POST);
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
    const serviceHeaders = await createServiceHeaders(request, address, options);
    try {
      return await end(id, serviceHeaders);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return upstreamErrorReply(error);
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
      if (request.method === 'OPTIONS')
        return readableBy(origin, preflightReply(allowedMethods, options.allowedHeaders));
      return readableBy(origin, await handle(request, info, origin ?? ownOrigin(request, options)));
    } catch (error) {
      if (error instanceof Refusal) return readableBy(origin, await refuse(request, error));
      if (request.signal.aborted)
        return readableBy(null, await refuse(request, new Refusal(499, 'aborted', 'The visitor left.')));
      // One of the site's own functions failed. The reason goes to the server log, not to the visitor.
      console.error('realtime-voice/server:', error);
      return readableBy(origin, await refuse(request, new Refusal(500, 'internal', 'The server has a problem.')));
    }
  };
}

/** `authorize` gets a request whose body it may still read. */
async function readCopy(
  request: Request,
  accepted: AcceptedBody,
  options: ResolvedOptions,
): Promise<CheckedRequest['body']> {
  if (!options.authorize || request.bodyUsed) return readBody(request, accepted);
  try {
    return await readBody(request.clone(), accepted);
  } catch (error) {
    // The sender is only told to stop when both copies are given up.
    request.body?.cancel().catch(() => undefined);
    throw error;
  }
}

/** Not `instanceof`: a framework may have replaced the global `Response`, while `fetch` gives the built-in one. */
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]';
}

async function authorize(request: Request, { authorize }: ResolvedOptions): Promise<void> {
  if (!authorize) return;
  const verdict: unknown = await withinDeadline('authorize', () => authorize(request));
  if (verdict === true) return;
  const own = isResponse(verdict) ? copyOf(verdict) : undefined;
  throw new Refusal(401, 'unauthorized', 'This visitor may not start a call.', {}, own);
}

/** Headers can be set on the copy. The `Response` of a framework may check less than the built-in one. */
function copyOf(response: Response): Response {
  if (response.bodyUsed || response.type === 'error')
    throw new TypeError('authorize returned a response that cannot be sent: a used one, or Response.error().');
  return new Response(response.body, response);
}

async function createServiceHeaders(
  request: Request,
  address: string | undefined,
  { apiKey, safetyIdentifier }: ResolvedOptions,
): Promise<Headers> {
  const headers = new Headers({ Authorization: `Bearer ${apiKey}` });
  const identifier = await safetyIdentifier(request, address);
  if (identifier !== undefined) headers.set('OpenAI-Safety-Identifier', identifier);
  return headers;
}

/** Runs POST and reports the outcome to `onMint`. */
async function postAndRecord(
  checked: CheckedRequest,
  options: ResolvedOptions,
  runPost: Methods['POST'],
): Promise<Response> {
  const startedAt = Date.now();
  let record: Omit<MintRecord, 'durationMs'>;
  let response: Response;
  try {
    const result = await runPost(checked);
    response = result.response;
    record = { ok: response.ok, status: response.status, ...(result.callId && { callId: result.callId }) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { status, code, upstream } = error;
    response = upstreamErrorReply(error);
    record = { ok: false, status, code, ...(upstream && { upstream: withoutKey(upstream, options) }) };
  }
  const durationMs = Date.now() - startedAt;
  const { preset } = checked.session;
  const whole = { ...record, ...(preset !== undefined && { preset }), durationMs };
  await tellAudit('onMint', options.onMint, whole, checked.request);
  return response;
}

/** A careless service could name the key as the field that it rejects. */
function withoutKey<T extends { status: number }>(upstream: T, { apiKey }: ResolvedOptions): T | { status: number } {
  return JSON.stringify(upstream).includes(apiKey) ? { status: upstream.status } : upstream;
}

function upstreamErrorReply({ status, code, message, retryAfter }: UpstreamError): Response {
  return errorReply(status, code, message, retryAfter ? { 'Retry-After': retryAfter } : {});
}
