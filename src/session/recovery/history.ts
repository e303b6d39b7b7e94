import { fields } from '../../json-fields.js';
import { answersWith } from '../../protocol/realtime-session.js';
import type { Command, SessionOpened } from '../../protocol/signals.js';
import type { VoiceSessionOptions } from '../session-options.js';
import type { TranscriptEntry } from '../transcript-entry.js';
import { handsFreeDetection, wantedDetection, withDetection } from './opening-update.js';

/**
 * The commands that tell a new session what was said in the last one, as text. With `respond`, the last turn of the
 * visitor had no answer and gets one. The service must not respond by itself meanwhile: a session that hears the
 * end of a sentence while its history arrives would answer a turn that has been answered.
 */
export function historyCommands(
  heard: readonly TranscriptEntry[],
  opened: SessionOpened,
  options: VoiceSessionOptions,
  respond: boolean,
): Command[] {
  if (heard.length === 0 || opened.kind === 'transcription') return [];
  const history: Command[] = [
    { type: 'clear-input' },
    ...heard.map(({ id, role, text }): Command => ({ type: 'say', itemId: id, role, text })),
    ...(respond ? [{ type: 'respond' } as const] : []),
  ];
  const wanted = wantedDetection(options, opened);
  const answersTurns = wanted === undefined ? opened.answersTurns : answersWith(wanted);
  if (!answersTurns || options.pushToTalk) return history;
  const detection = handsFreeDetection(options, opened);
  const silent = { ...fields(detection), create_response: false, interrupt_response: false };
  return [
    { type: 'configure', session: withDetection(silent) },
    ...history,
    { type: 'configure', session: withDetection(detection) },
  ];
}

/** The first half of a text, and no half of a character. */
export function firstHalf(text: string): string {
  return text.slice(0, text.length / 2).replace(/[\ud800-\udbff]$/, '');
}
