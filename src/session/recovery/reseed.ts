import { fields } from '../../json-fields.js';
import type { Command, SessionOpened } from '../../protocol/signals.js';
import { handsFree, wantedDetection, withDetection } from './opening-update.js';
import type { VoiceSessionOptions } from '../session-options.js';
import type { TranscriptEntry } from '../record/transcript.js';

/**
 * Tells a new session what was said in the last one: it takes words back, never sound. Automatic answers are off
 * meanwhile: a session that hears the end of a sentence while its history arrives would answer what was answered
 * already. With `answer`, a last turn of the visitor's that got no answer is answered, once.
 */
export function reseed(
  said: readonly TranscriptEntry[],
  opened: SessionOpened,
  options: VoiceSessionOptions,
  answer: boolean,
): Command[] {
  if (said.length === 0 || opened.kind === 'transcription') return [];
  const items = said.map(({ id, role, text }): Command => ({ type: 'say', itemId: id, role, text }));
  const history: Command[] = [{ type: 'clear-input' }, ...items, ...(answer ? [{ type: 'respond' } as const] : [])];
  if (!opened.answersTurns || options.pushToTalk || wantedDetection(options, opened) === null) return history;
  const held = { ...fields(handsFree(options, opened)), create_response: false, interrupt_response: false };
  return [
    { type: 'configure', session: withDetection(held) },
    ...history,
    { type: 'configure', session: withDetection(handsFree(options, opened)) },
  ];
}
