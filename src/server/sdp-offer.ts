import { Refusal } from './refusal.js';
import { mediaType } from './request-guard.js';
import { isSdp } from './service-call.js';

/** The offer in the visitor's request, bare or as JSON `{ sdp }`; refuses everything else with 400. */
export function readOffer(request: Request, body: Uint8Array): string {
  const text = decodeStrictly(body);
  const offer = mediaType(request) === 'application/json' ? offerInJson(text) : text;
  if (isSdp(offer)) return offer;
  throw new Refusal(400, 'invalid-offer', 'The body is not an SDP offer.');
}

/** Undefined for bytes that are not UTF-8: with replaced characters it would not be the offer that the browser made. */
function decodeStrictly(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function offerInJson(body: string | undefined): string | undefined {
  try {
    const { sdp } = JSON.parse(body ?? '') as { sdp?: unknown };
    // JSON can hold half a surrogate pair, which UTF-8 cannot.
    return typeof sdp === 'string' && !/\p{Surrogate}/u.test(sdp) ? sdp : undefined;
  } catch {
    return undefined;
  }
}
