import { multipart } from './multipart.js';
import { parseJson } from './upstream-body.js';
import type { UpstreamAnswer } from './upstream.js';

/** The request that opens a call at the service. */
export interface CallOrder {
  path: string;
  contentType: string;
  body: string;
}

/** A call as the service opened it. */
export interface OpenedCall {
  /** The SDP answer; bytes where it was the whole body. Neither is ever changed, not even trimmed. */
  answer: Uint8Array<ArrayBuffer> | string;
  id: string | undefined;
}

/** How calls of one kind of session are opened and ended. */
export interface CallKind {
  order(offer: string, sessionJson: string): CallOrder;
  /** Undefined when there is no SDP in it. */
  read(answer: UpstreamAnswer): OpenedCall | undefined;
  isCallId(text: string): boolean;
  hangUpPath(callId: string): string;
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
    const id = /\brtc_\w+/.exec(headers.get('Location') ?? '')?.[0];
    return { answer: body, id: id !== undefined && this.isCallId(id) ? id : undefined };
  },
  isCallId: (text) => /^rtc_\w{1,124}$/.test(text),
  hangUpPath: (callId) => `/v1/realtime/calls/${callId}/hangup`,
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
    return { answer, id: typeof id === 'string' && this.isCallId(id) ? id : undefined };
  },
  isCallId: (text) => /^live_\w{1,123}$/.test(text),
  hangUpPath: (callId) => `/v1/live/sessions/${callId}/hangup`,
};

export function isSdp(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('v=0');
}
