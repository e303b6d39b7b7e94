import { VoiceError } from '../errors.js';
import { httpFailure, networkFailure } from '../http-failure.js';

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

const WHAT = 'The calls endpoint';

/**
 * Signaling is one POST, as in WHIP (RFC 9725): the offer in the body, the answer in the reply. No header
 * besides these two: the service's CORS preflight refuses unknown ones.
 *
 * @throws {VoiceError} `signaling-failed`, `token-unauthorized`, `rate-limited` or `quota-exceeded`
 */
export async function exchange(request: OfferRequest, signal: AbortSignal): Promise<AnswerReply> {
  let response: Response;
  try {
    response = await fetch(request.url, {
      method: 'POST',
      credentials: request.credentials,
      signal,
      headers: {
        'Content-Type': 'application/sdp',
        ...(request.secret !== undefined && { Authorization: `Bearer ${request.secret}` }),
      },
      body: request.offer,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw networkFailure(error, WHAT, 'signaling-failed');
  }
  if (!response.ok) throw await httpFailure(response, WHAT, 'signaling-failed');
  try {
    return { ...readAnswer(await response.text()), location: response.headers.get('location') };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof VoiceError ? error : networkFailure(error, WHAT, 'signaling-failed');
  }
}

/** The SDP of a plain body or of JSON `{sdp}`, `{answer}`, `{transport: {sdp}}`; never trimmed: its last CRLF counts. */
export function readAnswer(body: string): Omit<AnswerReply, 'location'> {
  if (body.startsWith('v=0')) return { answer: body, id: undefined };
  const { sdp, answer, transport, session, session_id: sessionId, call_id: callId } = json(body);
  const found = [sdp, answer, (answer as Body)?.['sdp'], (transport as Body)?.['sdp']].find(isAnswer);
  if (!found) throw new VoiceError('signaling-failed', `${WHAT} answered without an SDP answer.`);
  return { answer: found, id: [callId, sessionId, (session as Body)?.['id']].find((id) => typeof id === 'string') };
}

type Body = Readonly<Record<string, unknown>> | undefined | null;

function isAnswer(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('v=0');
}

function json(body: string): NonNullable<Body> {
  try {
    return (JSON.parse(body) as Body) ?? {};
  } catch {
    return {};
  }
}
