/** Headers of every answer: no caching, no content sniffing, no referrer. */
const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

export function reply(status: number, body: BodyInit | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...PRIVATE_HEADERS, ...headers } });
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return reply(status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

/** An error response: `{ "error": { "code", "message" } }`. Every refusal and failure has this form. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return jsonReply(status, { error: { code, message } }, headers);
}

/** The CORS preflight answer: https://fetch.spec.whatwg.org/#http-cors-protocol */
export function preflightReply(methods: readonly string[], headers: readonly string[]): Response {
  return reply(204, null, {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': ['Content-Type', ...headers].join(', '),
    'Access-Control-Max-Age': '600',
  });
}

/**
 * Adds the CORS headers that let a page of this origin read the answer; `null` adds none. The response is changed, not
 * copied: a copy has its body as a stream, so that no server can tell its length beforehand.
 */
export function readableBy(origin: string | null, response: Response): Response {
  const { headers } = response;
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value);
  headers.append('Vary', 'Origin');
  if (origin !== null) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Credentials', 'true');
    headers.set('Access-Control-Expose-Headers', 'Location, Retry-After');
  }
  return response;
}
