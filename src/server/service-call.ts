import { multipart } from './multipart.js';
import { parseJson, type UpstreamAnswer } from './upstream.js';

/** The request that opens a call at the service. */
export interface CallOrder {
  path: string;
  contentType: string;
  body: string;
}

/** A call as the service opened it. */
export interface OpenedCall {
  /** The SDP answer; bytes where it came by itself. Neither is ever changed, not even trimmed. */
  answer: Uint8Array<ArrayBuffer> | string;
  id: string | undefined;
}

/** How calls of one kind of session are opened. */
export interface CallKind {
  order(offer: string, sessionJson: string): CallOrder;
  /** Undefined when there is no SDP in it. */
  read(answer: UpstreamAnswer): OpenedCall | undefined;
}

export const realtimeCalls: CallKind = {
  order(offer, sessionJson) {
    const form = multipart([
      { name: 'sdp', type: 'application/sdp', content: offer },
      { name: 'session', type: 'application/json', content: sessionJson },
    ]);
    return { path: '/v1/realtime/calls', ...form };
  },
  read({ headers, body }) {
    if (!isSdp(new TextDecoder().decode(body.subarray(0, 3)))) return undefined;
    // A path ends in the id; Azure has it in the query.
    return { answer: body, id: /\brtc_\w+/.exec(headers.get('Location') ?? '')?.[0] };
  },
};

/** GPT-Live: https://developers.openai.com/api/docs/guides/voice-webrtc */
export const liveSessions: CallKind = {
  order(offer, sessionJson) {
    const transport = JSON.stringify({ type: 'webrtc', sdp: offer });
    return {
      path: '/v1/live/sessions',
      contentType: 'application/json',
      body: `{"session":${sessionJson},"transport":${transport}}`,
    };
  },
  read({ body }) {
    const { session, transport } = (parseJson(body) ?? {}) as {
      session?: { id?: unknown };
      transport?: { sdp?: unknown };
    };
    const [answer, id] = [transport?.sdp, session?.id];
    if (!isSdp(answer)) return undefined;
    return { answer, id: typeof id === 'string' && hangUpPath(id) ? id : undefined };
  },
};

/** Where a call is ended; undefined for what is no id of a call. */
export function hangUpPath(id: string): string | undefined {
  const kind = /^(rtc|live)_\w+$/.exec(id)?.[1];
  return kind && `/v1/${kind === 'live' ? 'live/sessions' : 'realtime/calls'}/${id}/hangup`;
}

export function isSdp(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('v=0');
}
