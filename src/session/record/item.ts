import type { ItemText, Role, Source } from '../../protocol/signals.js';
import type { TranscriptEntry } from '../transcript-entry.js';

/** What is known of a message when its item is first reported. */
interface NewMessage {
  readonly itemId: string;
  readonly role?: Role | undefined;
  readonly source?: Source;
}

/** The entry of a message without any text yet. Items without a role are the visitor's speech. */
export function emptyEntry({ itemId, role = 'user', source = 'speech' }: NewMessage, now: number): TranscriptEntry {
  return { id: itemId, role, text: '', status: 'partial', source, createdAt: now };
}

/** One item of the conversation, as far as the service has reported it. */
export class Item {
  readonly id: string;
  /** The id of the item before this one: `null` = this is the first, `undefined` = not reported yet. */
  previousId: string | null | undefined;
  /** The response that made the item, if any. */
  responseId: string | undefined;
  /** What the transcript says of it. Items that are not messages, such as tool calls, have none. */
  entry: TranscriptEntry | undefined;
  /** The index of the entry in the transcript; undefined while the entry is not shown. */
  position: number | undefined;
  /**
   * The text of each content part, by index, and of each transcription segment, by name. Unset for most items, to save
   * a fourth of their memory: they have content part 0 only, and its text is that of the entry.
   */
  #parts: Readonly<Record<string, string>> | undefined;
  #isForgotten = false;

  constructor(id: string, entry: TranscriptEntry | undefined) {
    this.id = id;
    this.entry = entry;
  }

  get hasText(): boolean {
    return !!this.entry?.text;
  }

  get isPartial(): boolean {
    return this.entry?.status === 'partial';
  }

  /** Whether the visitor began to speak and no text has come of it yet. */
  get isUntranscribed(): boolean {
    return this.isPartial && this.entry?.role === 'user' && this.entry.text === '';
  }

  /** Whether it was typed and not sent: the service does not know it. */
  get isUnsent(): boolean {
    return this.entry?.status === 'failed' && this.entry.source === 'text';
  }

  /** Whether the transcript shows the entry: it has text, or it is speech whose text is awaited or has failed. */
  get isShown(): boolean {
    if (!this.entry) return false;
    const { text, role, status } = this.entry;
    return text !== '' || (role === 'user' && status !== 'final');
  }

  /** Adds text to a part, or replaces the part. Returns whether the entry has changed. */
  addText(words: ItemText, now: number): boolean {
    if (this.#isForgotten) return false;
    const entry = this.entry ?? emptyEntry(words, now);
    const isWhole = words.type === 'text-settled';
    const isSegment = typeof words.part === 'string';
    const wasFinal = entry.status === 'final';
    // Text that was cut off stays as it was said, and final text does not grow.
    if (entry.status === 'interrupted' || (wasFinal && !isWhole && !isSegment)) return false;
    this.responseId = words.responseId ?? this.responseId;
    const before = this.#parts ?? { 0: entry.text };
    const start = isWhole || isSegment ? '' : (before[words.part] ?? '');
    const parts = { ...before, [words.part]: start + words.text };
    const text = joined(parts);
    const status = isWhole || wasFinal ? 'final' : 'partial';
    if (text === entry.text && status === entry.status) return false;
    if (words.part !== 0 || this.#parts) this.#parts = parts;
    this.entry = { ...entry, source: words.source, text, status };
    return true;
  }

  /** Deletes the words. The item keeps its place for those that follow it, and the rest of its text is not taken. */
  forget(): void {
    this.#isForgotten = true;
    this.entry = this.#parts = undefined;
  }

  /** Returns whether the entry has changed. */
  setStatus(status: TranscriptEntry['status']): boolean {
    if (!this.entry || this.entry.status === status) return false;
    this.entry = { ...this.entry, status };
    return true;
  }
}

/** Objects list integer keys in ascending order, so content parts are in order however they arrived. */
function joined(parts: Readonly<Record<string, string>>): string {
  const names = Object.keys(parts);
  // Segments name the speaker, so they are preferred to the plain text of the whole.
  const segments = names.filter((name) => isNaN(+name));
  return (segments.length > 0 ? segments : names)
    .map((name) => parts[name])
    .filter(Boolean)
    .join('\n');
}
