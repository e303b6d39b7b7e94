import { count, fields, list } from '../json-fields.js';
import type { Signal } from './signals.js';

/**
 * Reads what `session.created` announces. The configuration bound to the client secret is already in force
 * then, so nothing has to be sent or waited for.
 */
export function readSession(value: unknown): Signal[] {
  const session = fields(value);
  const input = fields(fields(session['audio'])['input']);
  // Beta servers put the same fields flat into the session.
  const transcription = input['transcription'] ?? session['input_audio_transcription'];
  // `null` is off; nothing is not told.
  const { turn_detection: detection = session['turn_detection'] } = input;
  const transcribing = session['type'] === 'transcription';
  return [
    {
      type: 'session-opened',
      kind: transcribing ? 'transcription' : 'conversation',
      transcribesInput: transcribing || !!transcription,
      answersTurns: !transcribing && detection !== null && fields(detection)['create_response'] !== false,
      turnDetection: detection,
      tools: list(session['tools']),
      expiresAt: count(session['expires_at']) * 1000 || undefined,
    },
  ];
}
