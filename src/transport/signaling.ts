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
    return { answer: readAnswer(await response.text()), location: response.headers.get('location') };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof VoiceError ? error : networkFailure(error, WHAT, 'signaling-failed');
  }
}

/** The SDP of a plain body or of JSON `{sdp}`, `{answer}`, `{transport: {sdp}}`; never trimmed: its last CRLF counts. */
export function readAnswer(body: string): string {
  if (body.startsWith('v=0')) return body;
  const answer = sdpOf(body);
  if (!answer?.startsWith('v=0')) throw new VoiceError('signaling-failed', `${WHAT} answered without an SDP answer.`);
  return answer;
}

function sdpOf(body: string): string | undefined {
  try {
    const { sdp, answer, transport } = JSON.parse(body) as Record<string, unknown>;
    const found = [sdp, answer, (answer as { sdp?: unknown })?.sdp, (transport as { sdp?: unknown })?.sdp];
    return found.find((value) => typeof value === 'string');
  } catch {
    return undefined;
  }
}
