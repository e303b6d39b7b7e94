import type { Role, Source } from '../protocol/signals.js';

/** What one side said in one item of the conversation. An entry never changes; a change makes a new one. */
export interface TranscriptEntry {
  /** The id of the conversation item on the wire. */
  readonly id: string;
  /** Who said it: the visitor (`user`) or the assistant. */
  readonly role: Role;
  /** The text so far. It is empty while the visitor's speech is still being transcribed. */
  readonly text: string;
  /** `interrupted`: cut off while it was spoken. `failed`: heard but not transcribed, or typed but not sent. */
  readonly status: 'partial' | 'final' | 'interrupted' | 'failed';
  /** Whether it was spoken (`speech`) or typed or written (`text`). */
  readonly source: Source;
  /** When the item was first reported, in milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An entry of an earlier conversation. It gets an id of its own unless its id can be sent. */
export type InitialEntry = Pick<TranscriptEntry, 'role' | 'text'> & Partial<TranscriptEntry>;
