import type { HandlerOptions, MintRecord, ResolvedOptions } from './options.js';
import { errorReply, readableBy, reply } from './reply.js';
import { admitOrigin, isPreflight, readBody, refuseKind, refuseMethod, type Accepts } from './request-guard.js';
import { UpstreamError } from './upstream.js';

/** A visitor's request that passed every check. */
export interface Visit {
  request: Request;
  body: string;
  /** Headers for the service: the key, and the visitor's safety identifier. */
  headers: Headers;
}

/** What a handler gives back once the service has answered: the response, and what the site's audit should hold. */
export interface Served {
  response: Response;
  callId?: string;
}

/** What an endpoint has the service do. */
interface Methods {
  /** A bare `Response` is a refusal: the service was not asked, so there is nothing to audit. */
  POST: (visit: Visit) => Promise<Served | Response>;
  /** Ends what a `POST` began. It has no body, and it is never one request too many: what goes on costs. */
  DELETE?: (visit: Visit) => Promise<Response>;
}

/** The order of things which both handlers share: who asks, what, how often, by whose leave; then the service. */
export function createEndpoint(
  options: ResolvedOptions,
  accepts: Accepts,
  methods: Methods,
): (request: Request) => Promise<Response> {
  const allowed = Object.keys(methods);

  const end = async (request: Request): Promise<Response> => {
    const unauthorized = await refuseByAuthorize(request, options);
    if (unauthorized) return unauthorized;

    const visit = await visitOf(request, '', options);
    try {
      return await methods.DELETE!(visit);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return failureReply(error);
    }
  };

  const answer = async (request: Request): Promise<Response> => {
    const wrongMethod = refuseMethod(request, allowed);
    if (wrongMethod) return wrongMethod;
    if (request.method === 'DELETE') return end(request);

    const wrongKind = refuseKind(request, accepts);
    if (wrongKind) return wrongKind;

    const limited = await refuseByLimiter(request, options);
    if (limited) return limited;

    // `authorize` gets a request whose body it may still read.
    const source = options.authorize && !request.bodyUsed ? request.clone() : request;
    const body = await readBody(source, accepts);
    if (body instanceof Response) return body;

    const unauthorized = await refuseByAuthorize(request, options);
    if (unauthorized) return unauthorized;

    return audited(await visitOf(request, body, options), options, methods.POST);
  };

  return async (request) => {
    const admission = admitOrigin(request, options.allowedOrigins);
    if (!admission.admitted) return readableBy(null, admission.response);
    if (isPreflight(request)) return readableBy(admission.origin, preflightReply(allowed));
    try {
      return readableBy(admission.origin, await answer(request));
    } catch (error) {
      if (request.signal.aborted) return readableBy(null, errorReply(499, 'aborted', 'The visitor left.'));
      // One of the site's own functions threw. Its developer reads why, the visitor does not.
      console.error('realtime-voice/server:', error);
      return readableBy(admission.origin, errorReply(500, 'internal', 'The server has a problem.'));
    }
  };
}

async function visitOf(request: Request, body: string, options: HandlerOptions): Promise<Visit> {
  const headers = new Headers({ Authorization: `Bearer ${options.apiKey}` });
  const { safetyIdentifier } = options;
  const identifier = typeof safetyIdentifier === 'function' ? await safetyIdentifier(request) : safetyIdentifier;
  if (identifier) headers.set('OpenAI-Safety-Identifier', identifier);
  return { request, body, headers };
}

async function audited(visit: Visit, options: HandlerOptions, serve: Methods['POST']): Promise<Response> {
  const startedAt = Date.now();
  let record: Omit<MintRecord, 'durationMs'>;
  let response: Response;
  try {
    const served = await serve(visit);
    if (served instanceof Response) return served;
    response = served.response;
    record = { ok: response.ok, status: response.status, ...(served.callId && { callId: served.callId }) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { status, code, upstream } = error;
    response = failureReply(error);
    record = { ok: false, status, code, ...(upstream && { upstream }) };
  }
  await options.onMint?.({ ...record, durationMs: Date.now() - startedAt }, visit.request);
  return response;
}

function failureReply({ status, code, message, retryAfter }: UpstreamError): Response {
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

function preflightReply(methods: readonly string[]): Response {
  return reply(204, null, {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '600',
  });
}
