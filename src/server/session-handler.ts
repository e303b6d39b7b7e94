import { createEndpoint } from './endpoint.js';
import { resolveOptions, type HandlerOptions } from './options.js';
import { errorReply, reply } from './reply.js';
import { mediaType } from './request-guard.js';
import { hangUpPath, isSdp, liveApi, realtimeApi } from './service-call.js';
import { post, UpstreamError } from './upstream.js';

/** An offer with audio and one data channel has 2 to 10 kB; more network interfaces make it longer. */
const ACCEPTED = { types: ['application/sdp', 'application/json'], maxBytes: 65_536 };

/**
 * Creates the endpoint for `session-url`. It sends the browser's SDP offer to the service together with the site's
 * session and returns the SDP answer, so the browser never holds a secret.
 *
 * Offer and answer are passed on byte for byte: WebRTC rejects an SDP without its last line break. The `Location`
 * header of the answer points back to this endpoint; a `DELETE` to it ends the call, as in WHIP (RFC 9725).
 */
export function createSessionHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const resolved = resolveOptions(options, 'createSessionHandler');
  const { baseUrl, isLive, sessionJson } = resolved;
  const api = isLive ? liveApi : realtimeApi;

  return createEndpoint(resolved, ACCEPTED, {
    POST: async ({ request, body, serviceHeaders }) => {
      const offer = mediaType(request) === 'application/json' ? readOffer(body) : body;
      if (!isSdp(offer)) {
        return errorReply(400, 'invalid-offer', 'The body is not an SDP offer.');
      }
      const { path, contentType, body: callBody } = api.createRequest(offer, sessionJson);
      serviceHeaders.set('Content-Type', contentType);
      const answer = await post(baseUrl + path, { headers: serviceHeaders, body: callBody }, request.signal);
      const call = api.readAnswer(answer);
      if (!call) {
        throw new UpstreamError(502, 'upstream-invalid', 'The service sent no SDP answer.', {
          upstream: { status: answer.status },
        });
      }
      const response = reply(201, call.answer, {
        'Content-Type': 'application/sdp',
        ...(call.id !== undefined && { Location: hangUpLocation(call.id, request) }),
      });
      return call.id === undefined ? { response } : { response, callId: call.id };
    },

    DELETE: async ({ request, serviceHeaders }) => {
      const path = hangUpPath(new URL(request.url).searchParams.get('call_id') ?? '');
      if (!path) return errorReply(400, 'invalid-call-id', 'Name the call to end: ?call_id=…');
      try {
        // Without the visitor's signal: a browser that closes the page aborts its request, and the call must still end.
        await post(baseUrl + path, { headers: serviceHeaders, body: '' });
      } catch (error) {
        // A rejection means that the service knows no such call: it has already ended.
        const hasEnded = error instanceof UpstreamError && error.code === 'upstream-rejected';
        if (!hasEnded) throw error;
      }
      return reply(204, null);
    },
  });
}

/** A relative URL, because behind a proxy the browser may see this endpoint at another path. */
function hangUpLocation(callId: string, request: Request): string {
  const query = new URL(request.url).searchParams;
  query.set('call_id', callId);
  return `?${query}`;
}

/** The offer in a JSON body `{ sdp }`. */
function readOffer(body: string): string | undefined {
  try {
    const { sdp } = JSON.parse(body) as { sdp?: unknown };
    return typeof sdp === 'string' ? sdp : undefined;
  } catch {
    return undefined;
  }
}
