import type { ConversationItem, RealtimeConversationItemAssistantMessage } from 'openai/resources/realtime/realtime';
import type { ToolCall } from '../../answers/reply.js';
import { newId } from '../../service/new-id.js';
import type { StoredItem } from '../../service/stored-item.js';
import type { Conversation } from './conversation.js';
import type { Emit } from './server-event.js';

export type Modality = 'audio' | 'text';
type Message = RealtimeConversationItemAssistantMessage & { id: string };

/** Characters in one delta of a function call's arguments. */
const ARGUMENTS_DELTA = 12;

/** The items that a response produces, and the events that announce them. */
export class ResponseOutput {
  readonly #responseId: string;
  readonly #modality: Modality;
  readonly #conversation: Conversation | undefined;
  readonly #emit: Emit;
  readonly #items: ConversationItem[] = [];
  #message: Message | undefined;
  #text = '';

  /** @param conversation undefined for a response out of band */
  constructor(responseId: string, modality: Modality, conversation: Conversation | undefined, emit: Emit) {
    this.#responseId = responseId;
    this.#modality = modality;
    this.#conversation = conversation;
    this.#emit = emit;
  }

  get items(): ConversationItem[] {
    return this.#items;
  }

  /** The words of the message so far. */
  get text(): string {
    return this.#text;
  }

  get messageId(): string | undefined {
    return this.#message?.id;
  }

  openMessage(): void {
    const message: Message = {
      id: newId('item'),
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    };
    this.#message = message;
    this.#added(message);
    const part =
      this.#modality === 'audio' ? { type: 'audio' as const, transcript: '' } : { type: 'text' as const, text: '' };
    this.#emit({ type: 'response.content_part.added', ...this.#part(), part });
  }

  addWords(delta: string): void {
    this.#text += delta;
    const type = this.#modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    this.#emit({ type, ...this.#part(), delta });
  }

  /** @param withTranscript false if the caller has not heard the message to its end */
  closeMessage(status: 'completed' | 'incomplete', withTranscript: boolean): void {
    const message = this.#message;
    if (!message) return;
    const text = this.#text;
    if (this.#modality === 'audio') {
      this.#emit({ type: 'response.output_audio.done', ...this.#part() });
      this.#emit({ type: 'response.output_audio_transcript.done', ...this.#part(), transcript: text });
      this.#emit({ type: 'response.content_part.done', ...this.#part(), part: { type: 'audio', transcript: text } });
      message.content = [{ type: 'output_audio', ...(withTranscript ? { transcript: text } : {}) }];
    } else {
      this.#emit({ type: 'response.output_text.done', ...this.#part(), text });
      this.#emit({ type: 'response.content_part.done', ...this.#part(), part: { type: 'text', text } });
      message.content = [{ type: 'output_text', text }];
    }
    message.status = status;
    this.#done(message);
  }

  /** The caller has not heard the message to its end: its transcript goes, as in the service. */
  truncateMessage(audio_end_ms: number): void {
    if (!this.#message) return;
    const item_id = this.#message.id;
    this.#emit({ type: 'conversation.item.truncated', item_id, content_index: 0, audio_end_ms });
    for (const part of this.#message.content) delete part.transcript;
  }

  addCall({ name, arguments: given }: ToolCall): void {
    const item = {
      id: newId('item'),
      object: 'realtime.item' as const,
      type: 'function_call' as const,
      status: 'in_progress' as 'in_progress' | 'completed',
      call_id: newId('call'),
      name,
      arguments: '',
    };
    this.#added(item);
    const at = { ...this.#at(), item_id: item.id, call_id: item.call_id };
    for (let from = 0; from < given.length; from += ARGUMENTS_DELTA) {
      const delta = given.slice(from, from + ARGUMENTS_DELTA);
      this.#emit({ type: 'response.function_call_arguments.delta', ...at, delta });
    }
    item.arguments = given;
    item.status = 'completed';
    this.#emit({ type: 'response.function_call_arguments.done', ...at, name, arguments: given });
    this.#done(item);
  }

  #added(item: StoredItem): void {
    this.#items.push(item);
    this.#emit({ type: 'response.output_item.added', ...this.#at(), item });
    const conversation = this.#conversation;
    if (conversation) this.#emit({ type: 'conversation.item.added', previous_item_id: conversation.add(item), item });
  }

  #done(item: StoredItem): void {
    this.#emit({ type: 'response.output_item.done', ...this.#at(), item });
    const before = this.#conversation?.before(item.id);
    if (before !== undefined) this.#emit({ type: 'conversation.item.done', previous_item_id: before, item });
  }

  /** Where the newest item stands. */
  #at() {
    return { response_id: this.#responseId, output_index: this.#items.length - 1 };
  }

  #part() {
    return { ...this.#at(), item_id: this.#message?.id ?? '', content_index: 0 };
  }
}
