/** Headers of every answer: no caching, no content sniffing, no referrer. */
const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** A response with the private headers. */
export function reply(status: number, body: BodyInit | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...PRIVATE_HEADERS, ...headers } });
}

/** A response with a JSON body. */
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

/** Adds the CORS headers that let a page of this origin read the answer; `null` adds none. */
export function readableBy(origin: string | null, response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value);
  headers.append('Vary', 'Origin');
  if (origin !== null) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Credentials', 'true');
    // CORS hides these two from the page unless they are named. `Location` holds the call's id.
    headers.set('Access-Control-Expose-Headers', 'Location, Retry-After');
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
