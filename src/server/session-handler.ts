import { createEndpoint } from './endpoint.js';
import { HangUpTimers } from './hang-up-timers.js';
import { withinDeadline } from './hook-deadline.js';
import type { Handler, HandlerOptions } from './options.js';
import { Refusal } from './refusal.js';
import { reply } from './reply.js';
import { resolveOptions, type ResolvedOptions } from './resolved-options.js';
import { readOffer } from './sdp-offer.js';
import { liveSessions, realtimeCalls, type CallKind } from './service-call.js';
import { containsKey } from './service-key.js';
import { SignedLocation } from './signed-location.js';
import { warnAtStart } from './startup-warnings.js';
import { invalidAnswer, UpstreamError } from './upstream-error.js';
import { post, type Retry } from './upstream.js';

/** An offer with audio and one data channel has 2 to 10 kB; many network interfaces make it longer. */
const ACCEPTS = { types: ['application/sdp', 'application/json'], maxBytes: 65_536 };

/**
 * The endpoint behind `session-url`: sends the visitor's SDP offer to the service together with the site's session, and
 * returns the SDP answer. The browser never holds a secret. Neither description is altered, not even trimmed: WebRTC
 * refuses one without its last line break.
 *
 * `Location` of the answer is a signed address of this endpoint, where a `DELETE` ends the call, as in WHIP (RFC 9725).
 */
export function createSessionHandler(options: HandlerOptions): Handler {
  const resolved = resolveOptions(options, 'createSessionHandler');
  const { apiKey, baseUrl, isLive, maxSessionSeconds, secret } = resolved;
  warnAtStart(resolved, 'createSessionHandler');
  const calls = isLive ? liveSessions : realtimeCalls;
  const location = new SignedLocation(secret, calls.isCallId, maxSessionSeconds);
  const timers = new HangUpTimers();
  const hangUp = (callId: string, headers: Headers, retry: Retry): Promise<void> =>
    endCall(baseUrl + calls.hangUpPath(callId), headers, retry);

  const endLater = (callId: string | undefined): void => {
    if (maxSessionSeconds === undefined) return;
    if (callId === undefined) {
      console.warn('createSessionHandler: the service named no call, so maxSessionSeconds cannot end it.');
      return;
    }
    const headers = new Headers({ Authorization: `Bearer ${apiKey}` });
    timers.start(callId, maxSessionSeconds, () => hangUp(callId, headers, 'any-failure'));
  };

  return createEndpoint(resolved, ACCEPTS, {
    POST: async ({ request, body, headers, origin }) => {
      const offer = readOffer(request, body);
      // Before there is a call: if bindTo fails afterwards, the call costs and nobody can end it.
      const owner = { origin, binding: await bindingOf(request, resolved) };
      const call = await openCall(calls, offer, headers, resolved, request.signal);
      endLater(call.id);
      const { id } = call;
      const response = reply(201, call.answer, {
        'Content-Type': 'application/sdp',
        ...(id !== undefined && { Location: await location.write(id, owner, request.url) }),
      });
      return id === undefined ? { response } : { response, callId: id };
    },

    DELETE: {
      callId: async (request, origin) => {
        const owner = { origin, binding: await bindingOf(request, resolved) };
        const callId = await location.read(request.url, owner);
        if (callId !== undefined) return callId;
        throw new Refusal(400, 'invalid-call-id', 'Send DELETE to the Location that came with the SDP answer.');
      },
      end: async (callId, { headers }) => {
        // The visitor's own signal is no reason to stop: who hangs up does not wait for the answer.
        await hangUp(callId, headers, 'never');
        timers.clear(callId);
        return reply(204, null);
      },
    },
  });
}

async function openCall(
  calls: CallKind,
  offer: string,
  headers: Headers,
  { apiKey, baseUrl, sessionJson }: ResolvedOptions,
  visitor: AbortSignal,
) {
  const order = calls.order(offer, sessionJson);
  headers.set('Content-Type', order.contentType);
  // A second offer could open a second call, which nobody would end.
  const init = { headers, body: order.body, retry: 'unsent' as const };
  const answer = await post(baseUrl + order.path, init, visitor);
  const call = calls.read(answer);
  if (!call || containsKey(`${call.id} ${textOf(call.answer)}`, apiKey)) {
    throw invalidAnswer(answer.status, 'The service gave no SDP answer.');
  }
  return call;
}

async function endCall(url: string, headers: Headers, retry: Retry): Promise<void> {
  try {
    await post(url, { headers, body: '', retry });
  } catch (error) {
    // The service knows no such call any more, which is what was wanted.
    if (!(error instanceof UpstreamError && error.code === 'upstream-rejected')) throw error;
  }
}

async function bindingOf(request: Request, { bindTo }: ResolvedOptions): Promise<string> {
  const binding: unknown = bindTo && (await withinDeadline('bindTo', () => bindTo(request)));
  if (binding === undefined || binding === null) return '';
  if (typeof binding === 'string') return binding;
  throw new TypeError('bindTo must return a string or undefined.');
}

function textOf(answer: Uint8Array | string): string {
  return typeof answer === 'string' ? answer : new TextDecoder().decode(answer);
}
