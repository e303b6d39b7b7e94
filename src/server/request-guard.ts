import { errorReply } from './reply.js';

/** What an endpoint takes from a visitor. */
export interface Accepts {
  types: readonly string[];
  maxBytes: number;
}

export type Admission =
  | {
      admitted: true;
      /** The origin that may read the answer; null where no browser asked for it. */ origin: string | null;
    }
  | { admitted: false; response: Response };

/**
 * Only pages of the site itself, and of origins it listed, may ask. Browsers state both headers and no script can
 * forge them, so this stops other websites; a program that is no browser has to be stopped by `authorize` and
 * `limiter`. Whatever is not understood is refused.
 */
export function admitOrigin(request: Request, allowedOrigins: readonly string[]): Admission {
  const origin = request.headers.get('Origin');
  const site = request.headers.get('Sec-Fetch-Site');
  const own = new URL(request.url);

  if (origin !== null && allowedOrigins.includes(origin) && site !== 'none') return { admitted: true, origin };

  const sameOrigin =
    site === null
      ? origin === own.origin
      : site === 'same-origin' && (origin === null || origin === own.origin || isOwnBehindProxy(origin, own));
  if (sameOrigin) return { admitted: true, origin };

  const message = 'This origin may not use this endpoint. Sites on other origins have to be listed in allowedOrigins.';
  return { admitted: false, response: errorReply(403, 'origin-not-allowed', message) };
}

/** A proxy that ends TLS passes `http:` on. The browser has vouched for "same origin", so the host decides. */
function isOwnBehindProxy(origin: string, own: URL): boolean {
  return own.protocol === 'http:' && origin === `https://${own.host}`;
}

export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS';
}

export function refuseMethod(request: Request, methods: readonly string[]): Response | undefined {
  if (methods.includes(request.method)) return undefined;
  const allowed = { Allow: [...methods, 'OPTIONS'].join(', ') };
  return errorReply(405, 'method-not-allowed', `Use ${methods.join(' or ')}.`, allowed);
}

/** The refusal for a body of the wrong kind, before it is looked at. */
export function refuseKind(request: Request, accepts: Accepts): Response | undefined {
  if (!accepts.types.includes(mediaType(request))) {
    return errorReply(415, 'unsupported-media-type', `Send ${accepts.types.join(' or ')}.`);
  }
  if (Number(request.headers.get('Content-Length') ?? 0) > accepts.maxBytes) return tooLarge(accepts);
  return undefined;
}

export function mediaType(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Reads no more than is accepted: a length header may be missing or lie. */
export async function readBody(request: Request, accepts: Accepts): Promise<string | Response> {
  if (request.bodyUsed || !request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > accepts.maxBytes) {
      // Not awaited: a cancel may wait for a sender that never ends.
      reader.cancel().catch(() => undefined);
      return tooLarge(accepts);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function tooLarge(accepts: Accepts): Response {
  return errorReply(413, 'body-too-large', `The body may have at most ${accepts.maxBytes} bytes.`);
}
