import { createEndpoint } from './endpoint.js';
import { resolveOptions, type HandlerOptions } from './options.js';
import { errorReply, reply } from './reply.js';
import { mediaType } from './request-guard.js';
import { hangUpPath, isSdp, liveSessions, realtimeCalls } from './service-call.js';
import { post, UpstreamError } from './upstream.js';

/** An offer with audio and one data channel has 2 to 10 kB; many network interfaces make it longer. */
const ACCEPTS = { types: ['application/sdp', 'application/json'], maxBytes: 65_536 };

/**
 * The endpoint behind `session-url`: takes the visitor's SDP offer to the service together with the site's session,
 * and brings the answer back. The browser never holds a secret. Neither description is altered, not even trimmed:
 * WebRTC refuses one without its last line break.
 *
 * `Location` of the answer leads back to this endpoint, where a `DELETE` ends the call, as in WHIP (RFC 9725): a call
 * that the visitor has left costs nothing more.
 */
export function createSessionHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const resolved = resolveOptions(options, 'createSessionHandler');
  const { baseUrl, isLive, sessionJson } = resolved;
  const calls = isLive ? liveSessions : realtimeCalls;

  return createEndpoint(resolved, ACCEPTS, {
    POST: async ({ request, body, headers }) => {
      const offer = mediaType(request) === 'application/json' ? offerInJson(body) : body;
      if (!isSdp(offer)) {
        return errorReply(400, 'invalid-offer', 'The body is not an SDP offer.');
      }
      const order = calls.order(offer, sessionJson);
      headers.set('Content-Type', order.contentType);
      const answer = await post(baseUrl + order.path, { headers, body: order.body }, request.signal);
      const call = calls.read(answer);
      if (!call) {
        throw new UpstreamError(502, 'upstream-invalid', 'The service gave no SDP answer.', {
          upstream: { status: answer.status },
        });
      }
      const response = reply(201, call.answer, {
        'Content-Type': 'application/sdp',
        ...(call.id !== undefined && { Location: locationOf(call.id, request) }),
      });
      return call.id === undefined ? { response } : { response, callId: call.id };
    },

    DELETE: async ({ request, headers }) => {
      const path = hangUpPath(new URL(request.url).searchParams.get('call_id') ?? '');
      if (!path) return errorReply(400, 'invalid-call-id', 'Name the call to end: ?call_id=…');
      try {
        // Who hangs up does not wait for it: the visitor's own signal is no reason to stop.
        await post(baseUrl + path, { headers, body: '' });
      } catch (error) {
        // The service knows no such call any more, which is what was wanted.
        if (!(error instanceof UpstreamError && error.code === 'upstream-rejected')) throw error;
      }
      return reply(204, null);
    },
  });
}

/** Relative, since a proxy may give this endpoint another path than the one that is seen here. */
function locationOf(callId: string, request: Request): string {
  const query = new URL(request.url).searchParams;
  query.set('call_id', callId);
  return `?${query}`;
}

function offerInJson(body: string): string | undefined {
  try {
    const { sdp } = JSON.parse(body) as { sdp?: unknown };
    return typeof sdp === 'string' ? sdp : undefined;
  } catch {
    return undefined;
  }
}
