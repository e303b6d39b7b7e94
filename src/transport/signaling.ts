import { VoiceError } from '../errors.js';
import { fields, redacted, text } from '../json-fields.js';
import { toJson } from '../json-text.js';
import { request, throwIfEnded, type Endpoint, type RequestAdditions } from './http-request.js';

export interface OfferRequest {
  readonly url: string;
  readonly offer: string;
  /** Sent as `Authorization: Bearer`. The site's own server needs none. */
  readonly secret: string | undefined;
  readonly credentials: RequestCredentials;
  /** What the page adds. With fields, the offer is the field `sdp` beside them. */
  readonly additions?: RequestAdditions;
}

export interface AnswerReply {
  readonly answer: string;
  /** The `Location` header, which names the call; null if it is no URL. */
  readonly location: string | null;
  /** The id of the call, if the server puts it into the body. */
  readonly id: string | undefined;
}

export const CALLS_ENDPOINT: Endpoint = { name: 'The calls endpoint', errorCode: 'signaling-failed' };

/**
 * Exchanges the SDP offer for the answer with one POST, as in WHIP (RFC 9725). The service gets no headers besides
 * these two, because its CORS preflight refuses others.
 *
 * @throws {VoiceError} `signaling-failed`, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export async function exchange(
  { url, offer, secret, credentials, additions = {} }: OfferRequest,
  signal: AbortSignal,
): Promise<AnswerReply> {
  const { fields: beside } = additions;
  const headers = {
    ...additions.headers,
    'content-type': beside ? 'application/json' : 'application/sdp',
    ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
  };
  const body = beside ? toJson({ ...beside, sdp: offer }) : offer;
  const endpoint = { ...CALLS_ENDPOINT, secret };
  const reply = await request(
    endpoint,
    url,
    { method: 'POST', credentials, signal, headers, body },
    async (response) => ({
      ...readAnswer(await response.text()),
      location: locationOf(response),
    }),
  );
  return redacted(reply, secret);
}

function locationOf({ headers, url }: Response): string | null {
  const location = headers.get('location');
  try {
    return location && new URL(location, url) && location;
  } catch {
    return null;
  }
}

/**
 * Reads the SDP answer from a plain body, or from JSON `{sdp}`, `{answer}` or `{transport: {sdp}}`. It is not trimmed,
 * because SDP ends with a line break.
 * @throws {VoiceError} `signaling-failed` if there is no SDP
 */
export function readAnswer(body: string): Omit<AnswerReply, 'location'> {
  const parsed = json(body);
  throwIfEnded(CALLS_ENDPOINT, parsed);
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
