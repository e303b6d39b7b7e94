import { Refusal } from './refusal.js';

/** The request body that an endpoint accepts. */
export interface AcceptedBody {
  types: readonly string[];
  maxBytes: number;
}

/** Milliseconds until a body must have arrived. */
const BODY_DEADLINE_MS = 10_000;

/** Refuses a method that the endpoint does not support. */
export function checkMethod(request: Request, methods: readonly string[]): void {
  if (methods.includes(request.method)) return;
  const allowed = { Allow: [...methods, 'OPTIONS'].join(', ') };
  throw new Refusal(405, 'method-not-allowed', `Use ${methods.join(' or ')}.`, allowed);
}

/** Refuses a body by its headers, before it is read. */
export function checkKind(request: Request, accepted: AcceptedBody): void {
  if (!accepted.types.includes(mediaType(request))) {
    throw new Refusal(415, 'unsupported-media-type', `Send ${accepted.types.join(' or ')}.`);
  }
  if (Number(request.headers.get('Content-Length') ?? 0) > accepted.maxBytes) throw tooLarge(accepted);
}

export function mediaType(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Reads no more than is accepted, since a length header may be missing or lie, and no longer than 10 seconds. */
export async function readBody(
  request: Request,
  accepted: AcceptedBody,
  deadlineMs = BODY_DEADLINE_MS,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed || !request.body) return new Uint8Array();
  const reader = request.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), deadlineMs);
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(brokenOff), expired]);
      if (done) return joined(chunks, bytes);
      bytes += value.byteLength;
      if (bytes > accepted.maxBytes) throw tooLarge(accepted);
      chunks.push(value);
    }
  } catch (error) {
    // Not awaited: a cancel may wait for a sender that never ends.
    reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

function tooLarge(accepted: AcceptedBody): Refusal {
  return new Refusal(413, 'body-too-large', `The body may have at most ${accepted.maxBytes} bytes.`);
}

function brokenOff(): never {
  throw new Refusal(400, 'body-incomplete', 'The body broke off.');
}

function tooSlow(): Refusal {
  return new Refusal(408, 'body-timeout', 'The body did not arrive in time.');
}
