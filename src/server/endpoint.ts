import type { HandlerOptions, MintRecord, ResolvedOptions } from './options.js';
import { errorReply, readableBy, reply } from './reply.js';
import { admitOrigin, isPreflight, readBody, refuseBody, refuseMethod, type AcceptedBody } from './request-guard.js';
import { UpstreamError } from './upstream.js';

/** A visitor's request that passed every check. */
export interface CheckedRequest {
  request: Request;
  /** The request's body as text. */
  body: string;
  /** Headers for the request to the service: the API key, and the visitor's safety identifier. */
  serviceHeaders: Headers;
}

/** What a method returns after the service answered. */
export interface ServiceResult {
  response: Response;
  /** The id of the call that was opened, for the `onMint` record. */
  callId?: string;
}

/** The HTTP methods that an endpoint supports. */
interface Methods {
  /** A bare `Response` is a refusal: the service was not called, so `onMint` is not called either. */
  POST: (checked: CheckedRequest) => Promise<ServiceResult | Response>;
  /** Ends a call. It has no body and is never rate limited: a call that cannot be ended costs money. */
  DELETE?: (checked: CheckedRequest) => Promise<Response>;
}

/** Builds a handler that checks a request in this order: origin, method, body, limiter, `authorize`; then runs it. */
export function createEndpoint(
  options: ResolvedOptions,
  accepted: AcceptedBody,
  methods: Methods,
): (request: Request) => Promise<Response> {
  const allowedMethods = Object.keys(methods);

  const handleDelete = async (request: Request): Promise<Response> => {
    const unauthorized = await refuseByAuthorize(request, options);
    if (unauthorized) return unauthorized;

    const checked = await toCheckedRequest(request, '', options);
    try {
      return await methods.DELETE!(checked);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return upstreamErrorReply(error);
    }
  };

  const handlePost = async (request: Request): Promise<Response> => {
    const wrongBody = refuseBody(request, accepted);
    if (wrongBody) return wrongBody;

    const limited = await refuseByLimiter(request, options);
    if (limited) return limited;

    // `authorize` may want to read the body too, so the original request is left unread.
    const source = options.authorize && !request.bodyUsed ? request.clone() : request;
    const body = await readBody(source, accepted);
    if (body instanceof Response) return body;

    const unauthorized = await refuseByAuthorize(request, options);
    if (unauthorized) return unauthorized;

    return postAndRecord(await toCheckedRequest(request, body, options), options, methods.POST);
  };

  const handle = async (request: Request): Promise<Response> => {
    const wrongMethod = refuseMethod(request, allowedMethods);
    if (wrongMethod) return wrongMethod;
    return request.method === 'DELETE' ? handleDelete(request) : handlePost(request);
  };

  return async (request) => {
    const admission = admitOrigin(request, options.allowedOrigins);
    if (!admission.admitted) return readableBy(null, admission.response);
    if (isPreflight(request)) return readableBy(admission.origin, preflightReply(allowedMethods));
    try {
      return readableBy(admission.origin, await handle(request));
    } catch (error) {
      if (request.signal.aborted) return readableBy(null, errorReply(499, 'aborted', 'The visitor left.'));
      // One of the site's own functions threw. The reason goes to the server log, not to the visitor.
      console.error('realtime-voice/server:', error);
      return readableBy(admission.origin, errorReply(500, 'internal', 'The server has a problem.'));
    }
  };
}

async function toCheckedRequest(request: Request, body: string, options: HandlerOptions): Promise<CheckedRequest> {
  const serviceHeaders = new Headers({ Authorization: `Bearer ${options.apiKey}` });
  const { safetyIdentifier } = options;
  const identifier = typeof safetyIdentifier === 'function' ? await safetyIdentifier(request) : safetyIdentifier;
  if (identifier) serviceHeaders.set('OpenAI-Safety-Identifier', identifier);
  return { request, body, serviceHeaders };
}

/** Runs POST and reports the outcome to `onMint`. */
async function postAndRecord(
  checked: CheckedRequest,
  options: HandlerOptions,
  runPost: Methods['POST'],
): Promise<Response> {
  const startedAt = Date.now();
  let record: Omit<MintRecord, 'durationMs'>;
  let response: Response;
  try {
    const result = await runPost(checked);
    if (result instanceof Response) return result;
    response = result.response;
    record = { ok: response.ok, status: response.status, ...(result.callId && { callId: result.callId }) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { status, code, upstream } = error;
    response = upstreamErrorReply(error);
    record = { ok: false, status, code, ...(upstream && { upstream }) };
  }
  await options.onMint?.({ ...record, durationMs: Date.now() - startedAt }, checked.request);
  return response;
}

function upstreamErrorReply({ status, code, message, retryAfter }: UpstreamError): Response {
  return errorReply(status, code, message, retryAfter ? { 'Retry-After': retryAfter } : {});
}

async function refuseByLimiter(request: Request, { limiter }: HandlerOptions): Promise<Response | undefined> {
  const verdict = await limiter?.(request);
  if (!verdict || verdict.allowed) return undefined;
  const seconds = Math.max(1, Math.ceil(verdict.retryAfterSeconds ?? 60));
  return errorReply(429, 'rate-limited', 'Too many calls. Try again later.', { 'Retry-After': String(seconds) });
}

async function refuseByAuthorize(request: Request, { authorize }: HandlerOptions): Promise<Response | undefined> {
  if (!authorize) return undefined;
  const verdict = await authorize(request);
  if (verdict === true) return undefined;
  if (verdict instanceof Response) return verdict;
  return errorReply(401, 'unauthorized', 'This visitor may not start a call.');
}

/** The CORS preflight answer: https://fetch.spec.whatwg.org/#http-cors-protocol */
function preflightReply(methods: readonly string[]): Response {
  return reply(204, null, {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '600',
  });
}
