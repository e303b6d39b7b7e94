import { fields } from '../protocol/field.js';
import type { Command, SessionOpened } from '../protocol/signals.js';
import { detectionUpdate } from './opening-update.js';
import type { VoiceSessionOptions } from './session-options.js';
import type { TranscriptEntry } from './transcript.js';

/** Entries that a new session can be told: the service takes words back, never sound. */
export function resumable(transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  return transcript.filter(({ text }) => text !== '');
}

/**
 * Tells a new session what was said in the last one. Automatic answers are off meanwhile: a session that
 * hears the end of a sentence while its history arrives would answer what was answered already. A last turn of
 * the visitor's that got no answer is answered once; `owed` says that an answer was still in the making.
 */
export function reseed(
  transcript: readonly TranscriptEntry[],
  opened: SessionOpened,
  options: VoiceSessionOptions,
  owed: boolean,
): Command[] {
  const said = resumable(transcript);
  if (said.length === 0 || opened.kind === 'transcription') return [];
  const items = said.map(({ id, role, text }): Command => ({ type: 'say', itemId: id, role, text }));
  const answer: Command[] = owed || said.at(-1)?.role === 'user' ? [{ type: 'respond' }] : [];
  if (!opened.answersTurns || options.pushToTalk) return [{ type: 'clear-input' }, ...items, ...answer];
  const detection = { ...fields(opened.turnDetection), create_response: false, interrupt_response: false };
  return [
    { type: 'configure', session: { audio: { input: { turn_detection: detection } } } },
    { type: 'clear-input' },
    ...items,
    ...answer,
    { type: 'configure', session: detectionUpdate(options, opened) },
  ];
}
