import { count, fields, type Fields, list, text } from '../json-fields.js';
import type { Signal } from './signals.js';

/** Reads the session of `session.created`. The configuration that is bound to the client secret applies already. */
export function readSession(value: unknown): Signal[] {
  const session = fields(value);
  return [
    {
      type: 'session-opened',
      kind: isTranscription(session) ? 'transcription' : 'conversation',
      ...readInput(session),
      turnDetection: detectionOf(session),
      tools: list(session['tools']),
      expiresAt: count(session['expires_at']) * 1000 || undefined,
      language: languageOf(session),
    },
  ];
}

/** Reads the session of `session.updated`. The service repeats all of it; nothing is read from a part of it. */
export function readUpdate(value: unknown): Signal[] {
  const session = fields(value);
  return detectionOf(session) === undefined ? [] : [{ type: 'session-updated', ...readInput(session) }];
}

/** Whether the service would respond by itself to the turns that it detects; null = it detects none. */
export function answersWith(detection: unknown): boolean {
  return detection !== null && fields(detection)['create_response'] !== false;
}

function readInput(session: Fields): { transcribesInput: boolean; answersTurns: boolean } {
  const transcribes = isTranscription(session);
  return {
    transcribesInput: transcribes || !!transcriptionOf(session),
    answersTurns: !transcribes && answersWith(detectionOf(session)),
  };
}

function isTranscription(session: Fields): boolean {
  return session['type'] === 'transcription';
}

/** Here null means off, and undefined means not reported. Servers of the beta have it in the session itself. */
function detectionOf(session: Fields): unknown {
  const { turn_detection = session['turn_detection'] } = fields(fields(session['audio'])['input']);
  return turn_detection;
}

/** The language of the visitor's speech, as the configuration of a session tells it. */
export function languageOf(session: unknown): string | undefined {
  return text(fields(transcriptionOf(fields(session)))['language']) || undefined;
}

/** Servers of the beta have it in the session itself. */
function transcriptionOf(session: Fields): unknown {
  return fields(fields(session['audio'])['input'])['transcription'] ?? session['input_audio_transcription'];
}
