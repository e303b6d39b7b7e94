import { count, fields, type Fields, list, text } from '../json-fields.js';
import type { Signal } from './signals.js';

/** Reads the session of `session.created`. The configuration that is bound to the client secret applies already. */
export function readSession(value: unknown): Signal[] {
  const session = fields(value);
  const input = fields(fields(session['audio'])['input']);
  const transcription = transcriptionOf(session);
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
      language: languageOf(session),
    },
  ];
}

/** The language of the visitor's speech, as the configuration of a session tells it. */
export function languageOf(session: unknown): string | undefined {
  return text(fields(transcriptionOf(fields(session)))['language']) || undefined;
}

/** Servers of the beta have it in the session itself. */
function transcriptionOf(session: Fields): unknown {
  return fields(fields(session['audio'])['input'])['transcription'] ?? session['input_audio_transcription'];
}
