import { count, fields, list } from '../json-fields.js';
import type { Signal } from './signals.js';

/** Reads the session of `session.created`. The configuration that is bound to the client secret applies already. */
export function readSession(value: unknown): Signal[] {
  const session = fields(value);
  const input = fields(fields(session['audio'])['input']);
  // Servers of the beta have these fields in the session itself.
  const transcription = input['transcription'] ?? session['input_audio_transcription'];
  // Here null means off, and undefined means not reported.
  const { turn_detection: detection = session['turn_detection'] } = input;
  const isTranscription = session['type'] === 'transcription';
  return [
    {
      type: 'session-opened',
      kind: isTranscription ? 'transcription' : 'conversation',
      transcribesInput: isTranscription || !!transcription,
      answersTurns: !isTranscription && detection !== null && fields(detection)['create_response'] !== false,
      turnDetection: detection,
      tools: list(session['tools']),
      expiresAt: count(session['expires_at']) * 1000 || undefined,
    },
  ];
}
