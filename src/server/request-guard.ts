import { readAtMost } from './bounded-body.js';
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

/** Reads no more than is accepted, and no longer than 10 seconds. */
export async function readBody(
  request: Request,
  accepted: AcceptedBody,
  deadlineMs = BODY_DEADLINE_MS,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed) return new Uint8Array();
  const reader = isLengthTold(request) ? undefined : request.body?.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), deadlineMs);
  });
  try {
    const reading = reader ? readAtMost(accepted.maxBytes, reader) : readWhole(request);
    const body = await Promise.race([reading.catch(brokenOff), expired]);
    if (!body || body.byteLength > accepted.maxBytes) throw tooLarge(accepted);
    return body;
  } catch (error) {
    // Not awaited: a cancel may wait for a sender that never ends.
    reader?.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The server ends a body at the length that its header tells, unless it came in chunks. Other bodies are read piece by
 * piece, which costs a server on Node as much as all other checks together.
 */
function isLengthTold({ headers }: Request): boolean {
  return headers.has('Content-Length') && !headers.has('Transfer-Encoding');
}

async function readWhole(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await request.arrayBuffer());
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
