import type { RealtimeToolsConfig } from 'openai/resources/realtime/realtime';
import type { StoredItem } from '../service/stored-item.js';
import type { Turn } from '../sound/ear.js';

/** A text to say, or a recording to play. */
export type Spoken = { say: string } | { play: Int16Array; transcript: string };

export interface ToolCall {
  name: string;
  arguments: string;
}

/** What happens besides the words: `error` is sent before them, `drop` and `expire` end the call after them. */
export type Aside = 'error' | 'drop' | 'expire';

export interface Reply {
  spoken: Spoken[];
  calls?: ToolCall[];
  failure?: { type: string; code: string };
  aside?: Aside;
  /** Milliseconds until the first sign of the reply; without it, the tempo decides. */
  afterMs?: number;
}

/** What a reply depends on. */
export interface ReplyContext {
  /** The conversation without system messages, oldest first. */
  items: readonly StoredItem[];
  tools: RealtimeToolsConfig;
  recordingOf(itemId: string): Turn | undefined;
}

export function say(...sentences: string[]): Reply {
  return { spoken: sentences.map((sentence) => ({ say: sentence })) };
}

/** The words of a reply that is written instead of spoken. */
export function textOf(spoken: readonly Spoken[]): string {
  return spoken.map((part) => ('say' in part ? part.say : part.transcript)).join(' ');
}

/** No words are recognised here, so the transcript of a turn tells only how much speech there was. */
export function transcriptOf(turn: Turn): string {
  return turn.speechMs > 0 ? `(${speechSeconds(turn)} s of speech)` : '(silence)';
}

export function speechSeconds(turn: Turn): string {
  return (turn.speechMs / 1000).toFixed(1);
}
