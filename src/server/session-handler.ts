import { createEndpoint } from './endpoint.js';
import { multipart } from './multipart.js';
import { resolveOptions, type HandlerOptions } from './options.js';
import { errorReply, reply } from './reply.js';
import { mediaType } from './request-guard.js';
import { post, UpstreamError } from './upstream.js';

/** An offer with audio and one data channel has 2 to 10 kB; many network interfaces make it longer. */
const ACCEPTS = { types: ['application/sdp', 'application/json'], maxBytes: 65_536 };

/**
 * The endpoint behind `session-url`: takes the visitor's SDP offer to the service together with the site's session,
 * and brings the answer back. The browser never holds a secret. Neither description is altered, not even trimmed:
 * WebRTC refuses one without its last line break.
 */
export function createSessionHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const resolved = resolveOptions(options, 'createSessionHandler');
  const { baseUrl, sessionJson } = resolved;

  return createEndpoint(resolved, ACCEPTS, async ({ request, body, headers }) => {
    const offer = mediaType(request) === 'application/json' ? offerInJson(body) : body;
    if (!offer?.startsWith('v=0')) {
      return errorReply(400, 'invalid-offer', 'The body is not an SDP offer.');
    }
    const form = multipart([
      { name: 'sdp', type: 'application/sdp', content: offer },
      { name: 'session', type: 'application/json', content: sessionJson },
    ]);
    headers.set('Content-Type', form.contentType);
    const answer = await post(`${baseUrl}/v1/realtime/calls`, { headers, body: form.body }, request.signal);
    if (!new TextDecoder().decode(answer.body.subarray(0, 3)).startsWith('v=0')) {
      throw new UpstreamError(502, 'upstream-invalid', 'The service gave no SDP answer.', {
        upstream: { status: answer.status },
      });
    }
    const location = answer.headers.get('Location');
    const response = reply(201, answer.body, {
      'Content-Type': 'application/sdp',
      ...(location !== null && { Location: location }),
    });
    const callId = location === null ? undefined : /rtc_\w+/.exec(location)?.[0];
    return callId === undefined ? { response } : { response, callId };
  });
}

function offerInJson(body: string): string | undefined {
  try {
    const { sdp } = JSON.parse(body) as { sdp?: unknown };
    return typeof sdp === 'string' ? sdp : undefined;
  } catch {
    return undefined;
  }
}
