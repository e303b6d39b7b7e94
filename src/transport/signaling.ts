import { VoiceError } from '../errors.js';
import { fields, text } from '../json-fields.js';
import { callEnded, isCallEnded, request, type Endpoint } from './http-request.js';

export interface OfferRequest {
  readonly url: string;
  readonly offer: string;
  /** Sent as `Authorization: Bearer`. The site's own server needs none. */
  readonly secret: string | undefined;
  readonly credentials: RequestCredentials;
}

export interface AnswerReply {
  readonly answer: string;
  /** The `Location` header, which names the call. */
  readonly location: string | null;
  /** The id of the call, if the server puts it into the body. */
  readonly id: string | undefined;
}

export const CALLS_ENDPOINT: Endpoint = { name: 'The calls endpoint', errorCode: 'signaling-failed' };

/**
 * Exchanges the SDP offer for the answer with one POST, as in WHIP (RFC 9725). There are no headers besides these
 * two, because the service's CORS preflight refuses others.
 *
 * @throws {VoiceError} `signaling-failed`, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export function exchange({ url, offer, secret, credentials }: OfferRequest, signal: AbortSignal): Promise<AnswerReply> {
  const headers = {
    'Content-Type': 'application/sdp',
    ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
  };
  return request(
    CALLS_ENDPOINT,
    url,
    { method: 'POST', credentials, signal, headers, body: offer },
    async (response) => ({
      ...readAnswer(await response.text()),
      location: response.headers.get('location'),
    }),
  );
}

/**
 * Reads the SDP answer from a plain body, or from JSON `{sdp}`, `{answer}` or `{transport: {sdp}}`. It is not trimmed,
 * because SDP ends with a line break.
 * @throws {VoiceError} `signaling-failed` if there is no SDP
 */
export function readAnswer(body: string): Omit<AnswerReply, 'location'> {
  const parsed = json(body);
  if (isCallEnded(parsed)) throw callEnded(CALLS_ENDPOINT);
  const { sdp, answer, transport, call_id, session_id, session } = fields(parsed);
  const candidates = [body, sdp, answer, fields(answer)['sdp'], fields(transport)['sdp']];
  const found = candidates.find((each) => text(each)?.startsWith('v=0'));
  if (!found) throw new VoiceError(CALLS_ENDPOINT.errorCode, `${CALLS_ENDPOINT.name} answered without an SDP answer.`);
  return { answer: found as string, id: text(call_id, session_id, fields(session)['id']) };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
