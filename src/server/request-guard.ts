import { errorReply } from './reply.js';

/** The request body that an endpoint accepts. */
export interface AcceptedBody {
  /** Media types. */
  types: readonly string[];
  maxBytes: number;
}

/** The result of the origin check. `origin` may read the answer; it is null if no browser sent the request. */
export type Admission = { admitted: true; origin: string | null } | { admitted: false; response: Response };

/**
 * Admits requests from the site's own pages and from the listed origins, and refuses all others. It relies on `Origin`
 * and `Sec-Fetch-Site`, which a browser sets and a page's script cannot change. A program that is not a browser can
 * send any header; `authorize` and `limiter` have to stop it.
 */
export function admitOrigin(request: Request, allowedOrigins: readonly string[]): Admission {
  const origin = request.headers.get('Origin');
  // "none" means that a person opened the address directly.
  const isOpenedDirectly = request.headers.get('Sec-Fetch-Site') === 'none';
  const isListed = origin !== null && allowedOrigins.includes(origin) && !isOpenedDirectly;
  if (isListed || isSameOrigin(request)) return { admitted: true, origin };

  const message = 'This origin may not use this endpoint. Sites on other origins have to be listed in allowedOrigins.';
  return { admitted: false, response: errorReply(403, 'origin-not-allowed', message) };
}

function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('Origin');
  const fetchSite = request.headers.get('Sec-Fetch-Site');
  const own = new URL(request.url);

  // Older browsers send no `Sec-Fetch-Site`.
  if (fetchSite === null) return origin === own.origin;
  if (fetchSite !== 'same-origin') return false;
  return origin === null || origin === own.origin || isOwnOriginBehindProxy(origin, own);
}

/**
 * A proxy that terminates TLS forwards `http:`. The browser has already confirmed "same origin", so comparing the host
 * is enough.
 */
function isOwnOriginBehindProxy(origin: string, own: URL): boolean {
  return own.protocol === 'http:' && origin === `https://${own.host}`;
}

/** True for a CORS preflight. */
export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS';
}

/** Returns 405 for a method that the endpoint does not support. */
export function refuseMethod(request: Request, methods: readonly string[]): Response | undefined {
  if (methods.includes(request.method)) return undefined;
  const allowed = { Allow: [...methods, 'OPTIONS'].join(', ') };
  return errorReply(405, 'method-not-allowed', `Use ${methods.join(' or ')}.`, allowed);
}

/** Returns 415 or 413 if the headers announce a body that the endpoint does not accept. */
export function refuseBody(request: Request, accepted: AcceptedBody): Response | undefined {
  if (!accepted.types.includes(mediaType(request))) {
    return errorReply(415, 'unsupported-media-type', `Send ${accepted.types.join(' or ')}.`);
  }
  if (Number(request.headers.get('Content-Length') ?? 0) > accepted.maxBytes) return tooLarge(accepted);
  return undefined;
}

/** The media type of the body, in lower case and without parameters. */
export function mediaType(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Reads the body; returns 413 as soon as it exceeds the limit. `Content-Length` may be missing or wrong. */
export async function readBody(request: Request, accepted: AcceptedBody): Promise<string | Response> {
  if (request.bodyUsed || !request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > accepted.maxBytes) {
      // Not awaited: it may wait for a sender that never stops.
      reader.cancel().catch(() => undefined);
      return tooLarge(accepted);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function tooLarge(accepted: AcceptedBody): Response {
  return errorReply(413, 'body-too-large', `The body may have at most ${accepted.maxBytes} bytes.`);
}
