import { endCall } from './end-call.js';
import { createEndpoint } from './endpoint.js';
import { HangUpTimers } from './hang-up-timers.js';
import { withinDeadline } from './hook-deadline.js';
import type { Handler, HandlerOptions } from './options.js';
import { Refusal } from './refusal.js';
import { reply } from './reply.js';
import { resolveOptions, type ResolvedOptions } from './resolved-options.js';
import { readOffer } from './sdp-offer.js';
import { liveApi, realtimeApi, type CallApi } from './service-call.js';
import { containsKey } from './service-key.js';
import { SignedLocation } from './signed-location.js';
import { warnAtStart } from './startup-warnings.js';
import { invalidAnswer } from './upstream-error.js';
import { post, type Retry } from './upstream.js';

/** An offer with audio and one data channel has 2 to 10 kB; many network interfaces make it longer. */
const ACCEPTED = { types: ['application/sdp', 'application/json'], maxBytes: 65_536 };

/**
 * Creates the endpoint for `session-url`. It sends the browser's SDP offer to the service together with the site's
 * session and returns the SDP answer, so the browser never holds a secret.
 *
 * Offer and answer are passed on byte for byte: WebRTC rejects an SDP without its last line break. The `Location`
 * header of the answer is a signed address of this endpoint; a `DELETE` to it ends the call, as in WHIP (RFC 9725).
 */
export function createSessionHandler(options: HandlerOptions): Handler {
  const resolved = resolveOptions(options, 'createSessionHandler');
  const { apiKey, baseUrl, maxSessionSeconds, secret, sessions } = resolved;
  warnAtStart(resolved, 'createSessionHandler');
  const api = sessions.isLive ? liveApi : realtimeApi;
  const location = new SignedLocation(secret, api.isCallId, maxSessionSeconds);
  const timers = new HangUpTimers();
  const hangUp = (callId: string, headers: Headers, retry: Retry): Promise<boolean> =>
    endCall(baseUrl + api.hangUpPath(callId), headers, retry);

  const endLater = (callId: string | undefined): void => {
    if (maxSessionSeconds === undefined) return;
    // Without the answer the browser cannot connect, and a call that nobody can end does not begin.
    if (callId === undefined) throw invalidAnswer(201, 'The service named no call, which maxSessionSeconds needs.');
    const headers = new Headers({ Authorization: `Bearer ${apiKey}` });
    timers.start(callId, maxSessionSeconds, async () => void (await hangUp(callId, headers, 'any-failure')));
  };

  return createEndpoint(resolved, ACCEPTED, {
    POST: async ({ request, body, serviceHeaders, origin, session }) => {
      const offer = readOffer(request, body);
      // Before there is a call: if bindTo fails afterwards, the call costs and nobody can end it.
      const owner = { origin, binding: await bindingOf(request, resolved) };
      const call = await openCall(api, { offer, session: session.json }, serviceHeaders, resolved, request.signal);
      const { id } = call;
      endLater(id);
      const response = reply(201, call.answer, {
        'Content-Type': 'application/sdp',
        ...(id !== undefined && { Location: await location.write(id, owner, request.url) }),
      });
      return id === undefined ? { response } : { response, callId: id };
    },

    DELETE: {
      callId: async (request, origin) => {
        const findOwner = async () => ({ origin, binding: await bindingOf(request, resolved) });
        const callId = await location.read(request.url, findOwner);
        if (callId !== undefined) return callId;
        throw new Refusal(400, 'invalid-call-id', 'Send DELETE to the Location that came with the SDP answer.');
      },
      end: async (callId, serviceHeaders) => {
        // Without the visitor's signal: a browser that closes the page aborts its request, and the call must still end.
        const wasRunning = await hangUp(callId, serviceHeaders, 'never');
        // A service may not know a call yet that is just being opened. The time limit asks again.
        if (wasRunning) timers.clear(callId);
        return reply(204, null);
      },
    },
  });
}

async function openCall(
  api: CallApi,
  { offer, session }: { offer: string; session: string },
  headers: Headers,
  { apiKey, baseUrl }: ResolvedOptions,
  visitor: AbortSignal,
) {
  const { path, contentType, body } = api.createRequest(offer, session);
  headers.set('Content-Type', contentType);
  // A second offer could open a second call, which nobody would end.
  const init = { headers, body, retry: 'unsent' as const };
  const answer = await post(baseUrl + path, init, visitor);
  const call = api.readAnswer(answer);
  if (!call || containsKey(`${call.id} ${decoded(call.answer)}`, apiKey)) {
    throw invalidAnswer(answer.status, 'The service sent no SDP answer.');
  }
  return call;
}

async function bindingOf(request: Request, { bindTo }: ResolvedOptions): Promise<string> {
  const binding: unknown = bindTo && (await withinDeadline('bindTo', () => bindTo(request)));
  if (binding === undefined || binding === null) return '';
  if (typeof binding === 'string') return binding;
  throw new TypeError('bindTo must return a string or undefined.');
}

function decoded(answer: Uint8Array | string): string {
  return typeof answer === 'string' ? answer : new TextDecoder().decode(answer);
}
