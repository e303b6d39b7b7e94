import { VoiceError } from '../errors.js';
import { fields, text } from '../json-fields.js';
import { request, type Endpoint } from './http-request.js';

export interface OfferRequest {
  readonly url: string;
  readonly offer: string;
  /** Sent as `Authorization: Bearer`; undefined when the site's own server takes the offer. */
  readonly secret: string | undefined;
  readonly credentials: RequestCredentials;
}

export interface AnswerReply {
  readonly answer: string;
  /** The `Location` of the call, where the server names one. */
  readonly location: string | null;
  /** The call's id, where the server puts it beside the answer instead. */
  readonly id: string | undefined;
}

export const CALLS: Endpoint = { what: 'The calls endpoint', failed: 'signaling-failed', seconds: 10 };

/**
 * Signaling is one POST, as in WHIP (RFC 9725): the offer in the body, the answer in the reply. No header
 * besides these two: the service's CORS preflight refuses unknown ones.
 *
 * @throws {VoiceError} `signaling-failed`, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export function exchange({ url, offer, secret, credentials }: OfferRequest, signal: AbortSignal): Promise<AnswerReply> {
  const headers = {
    'Content-Type': 'application/sdp',
    ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
  };
  return request(CALLS, url, { method: 'POST', credentials, signal, headers, body: offer }, async (response) => ({
    ...readAnswer(await response.text()),
    location: response.headers.get('location'),
  }));
}

/** The SDP of a plain body or of JSON `{sdp}`, `{answer}`, `{transport: {sdp}}`; never trimmed: its last CRLF counts. */
export function readAnswer(body: string): Omit<AnswerReply, 'location'> {
  const { sdp, answer, transport, call_id, session_id, session } = fields(json(body));
  const found = [body, sdp, answer, fields(answer)['sdp'], fields(transport)['sdp']].find((each) =>
    text(each)?.startsWith('v=0'),
  );
  if (!found) throw new VoiceError(CALLS.failed, `${CALLS.what} answered without an SDP answer.`);
  return { answer: found as string, id: text(call_id, session_id, fields(session)['id']) };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
