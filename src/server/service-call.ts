import { multipart } from './multipart.js';
import { parseJson, type UpstreamAnswer } from './upstream.js';

/** The request that opens a call at the service. */
export interface CallRequest {
  path: string;
  contentType: string;
  body: string;
}

/** A call that the service opened. */
export interface OpenedCall {
  /** The SDP answer: bytes if it was the whole body, a string if it was part of JSON. Never changed or trimmed. */
  answer: Uint8Array<ArrayBuffer> | string;
  id: string | undefined;
}

/** How to open a call at one of the service's APIs. */
export interface CallApi {
  createRequest(offer: string, sessionJson: string): CallRequest;
  /** Returns undefined if the answer contains no SDP. */
  readAnswer(answer: UpstreamAnswer): OpenedCall | undefined;
}

/** The Realtime API: https://developers.openai.com/api/docs/guides/realtime-webrtc */
export const realtimeApi: CallApi = {
  createRequest(offer, sessionJson) {
    const form = multipart([
      { name: 'sdp', type: 'application/sdp', content: offer },
      { name: 'session', type: 'application/json', content: sessionJson },
    ]);
    return { path: '/v1/realtime/calls', ...form };
  },
  readAnswer({ headers, body }) {
    if (!isSdp(new TextDecoder().decode(body.subarray(0, 3)))) return undefined;
    // `Location` is a path that ends in the id; Azure puts the id into the query.
    return { answer: body, id: /\brtc_\w+/.exec(headers.get('Location') ?? '')?.[0] };
  },
};

/** GPT-Live: https://developers.openai.com/api/docs/guides/voice-webrtc */
export const liveApi: CallApi = {
  createRequest(offer, sessionJson) {
    const transport = JSON.stringify({ type: 'webrtc', sdp: offer });
    return {
      path: '/v1/live/sessions',
      contentType: 'application/json',
      body: `{"session":${sessionJson},"transport":${transport}}`,
    };
  },
  readAnswer({ body }) {
    const { session, transport } = (parseJson(body) ?? {}) as {
      session?: { id?: unknown };
      transport?: { sdp?: unknown };
    };
    const [answer, id] = [transport?.sdp, session?.id];
    if (!isSdp(answer)) return undefined;
    return { answer, id: typeof id === 'string' && hangUpPath(id) ? id : undefined };
  },
};

/** The path that ends a call; undefined if this is not the id of a call. */
export function hangUpPath(id: string): string | undefined {
  const kind = /^(rtc|live)_\w+$/.exec(id)?.[1];
  if (!kind) return undefined;
  return kind === 'live' ? `/v1/live/sessions/${id}/hangup` : `/v1/realtime/calls/${id}/hangup`;
}

/** Every SDP begins with its version line (RFC 8866, section 5.1). */
export function isSdp(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('v=0');
}
