import { transcriptOf } from '../../answers/reply.js';
import { segmentsOf } from '../../answers/speakers.js';
import { newId } from '../../service/new-id.js';
import type { Turn } from '../../sound/ear.js';
import type { Conversation } from './conversation.js';
import type { Emit } from './server-event.js';

const WRITING_MS = 60;

/**
 * The turns of the caller as items of the conversation. A turn gets its id when speech is detected, its item when it is
 * committed, and its transcript a moment later.
 */
export class Turns {
  readonly #conversation: Conversation;
  readonly #emit: Emit;
  readonly #later: (ms: number, action: () => void) => void;
  readonly #recordings = new Map<string, Turn>();
  #nextId: string | undefined;

  constructor(conversation: Conversation, emit: Emit, later: (ms: number, action: () => void) => void) {
    this.#conversation = conversation;
    this.#emit = emit;
    this.#later = later;
  }

  recordingOf = (itemId: string): Turn | undefined => this.#recordings.get(itemId);

  started(audioStartMs: number): void {
    this.#nextId = newId('item');
    this.#emit({ type: 'input_audio_buffer.speech_started', audio_start_ms: audioStartMs, item_id: this.#nextId });
  }

  stopped(turn: Turn): string {
    const item_id = this.#nextId ?? newId('item');
    this.#nextId = item_id;
    this.#emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: turn.endMs, item_id });
    return this.commit(turn);
  }

  /** Nobody has spoken for `idle_timeout_ms`: the silence becomes a turn. */
  timedOut(turn: Turn): string {
    const item_id = newId('item');
    this.#nextId = item_id;
    const { startMs: audio_start_ms, endMs: audio_end_ms } = turn;
    this.#emit({ type: 'input_audio_buffer.timeout_triggered', audio_start_ms, audio_end_ms, item_id });
    return this.commit(turn);
  }

  /** @returns the id of the new item */
  commit(turn: Turn): string {
    const id = this.#nextId ?? newId('item');
    this.#nextId = undefined;
    this.#recordings.set(id, turn);
    this.#emit({ type: 'input_audio_buffer.committed', item_id: id, previous_item_id: this.#conversation.lastId });
    const item = {
      id,
      object: 'realtime.item' as const,
      type: 'message' as const,
      status: 'completed' as const,
      role: 'user' as const,
      // Null until there is a transcript. The official client needs the field, though its types do not allow null.
      content: [{ type: 'input_audio' as const, transcript: null as unknown as undefined }],
    };
    const previous_item_id = this.#conversation.add(item);
    this.#emit({ type: 'conversation.item.added', item, previous_item_id });
    this.#emit({ type: 'conversation.item.done', item, previous_item_id });
    return id;
  }

  /** @param bySpeaker also sends a segment for each speaker */
  transcribe(itemId: string, afterMs: number, bySpeaker = false): void {
    const turn = this.#recordings.get(itemId);
    if (!turn) return;
    const segments = bySpeaker ? segmentsOf(turn) : [];
    const transcript = segments.map(({ text }) => text).join(' ') || transcriptOf(turn);
    const words = transcript.match(/\S+\s*/g) ?? [];
    const at = { item_id: itemId, content_index: 0 };
    words.forEach((delta, index) => {
      this.#later(afterMs + index * WRITING_MS, () => {
        this.#emit({ type: 'conversation.item.input_audio_transcription.delta', ...at, delta });
      });
    });
    this.#later(afterMs + words.length * WRITING_MS, () => {
      for (const segment of segments) {
        this.#emit({
          type: 'conversation.item.input_audio_transcription.segment',
          ...at,
          id: newId('seg'),
          ...segment,
        });
      }
      const item = this.#conversation.items.find(({ id }) => id === itemId);
      if (item?.type === 'message' && item.role === 'user') item.content = [{ type: 'input_audio', transcript }];
      const usage = { type: 'duration' as const, seconds: Math.round((turn.endMs - turn.startMs) / 100) / 10 };
      this.#emit({ type: 'conversation.item.input_audio_transcription.completed', ...at, transcript, usage });
    });
  }
}
