import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { newId } from '../../service/new-id.js';
import { invalid } from '../../service/service-error.js';
import type { StoredItem } from '../../service/stored-item.js';

const LONGEST_ID = 32;

const CONTENT_TYPES: Record<string, readonly string[]> = {
  user: ['input_text', 'input_audio', 'input_image'],
  system: ['input_text'],
  assistant: ['output_text'],
};

/** The items of a session in their order. */
export class Conversation {
  readonly id = newId('conv');
  readonly #items: StoredItem[] = [];

  get items(): readonly StoredItem[] {
    return this.#items;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  /** @returns the id of the item before it, null for the first */
  add(item: StoredItem, after?: string | null): string | null {
    if (this.#items.some(({ id }) => id === item.id)) {
      throw invalid(`Item with id '${item.id}' already exists.`, 'invalid_value', 'item.id');
    }
    const at = after === 'root' ? 0 : after ? this.#indexOf(after, 'previous_item_id') + 1 : this.#items.length;
    this.#items.splice(at, 0, item);
    return this.#items[at - 1]?.id ?? null;
  }

  find(id: string): StoredItem {
    const item = this.#items[this.#indexOf(id, 'item_id')];
    if (!item) throw new Error(`no item ${id}`);
    return item;
  }

  /** The id of the item before this one: null for the first, undefined if this one has been deleted. */
  before(id: string): string | null | undefined {
    const index = this.#items.findIndex((item) => item.id === id);
    return index < 0 ? undefined : (this.#items[index - 1]?.id ?? null);
  }

  remove(id: string): void {
    this.#items.splice(this.#indexOf(id, 'item_id'), 1);
  }

  /** Deletes the whole transcript of the part, even if some of it has been heard, as the service does. */
  truncate(id: string, contentIndex: number): void {
    const item = this.find(id);
    if (item.type !== 'message' || item.role !== 'assistant') {
      throw invalid('Only model output audio messages can be truncated.', 'invalid_value', 'item_id');
    }
    const part = item.content[contentIndex];
    if (!part) throw invalid(`No content part ${contentIndex}.`, 'invalid_value', 'content_index');
    delete part.transcript;
  }

  /** Checks an item that a client wants to add, and gives it an id if it has none. */
  accept(item: ConversationItem): StoredItem {
    const id = item.id ?? newId('item');
    if (id.length > LONGEST_ID) {
      throw invalid(`Invalid 'item.id': string too long, at most ${LONGEST_ID}.`, 'string_above_max_length', 'item.id');
    }
    if (item.type === 'message') this.#checkContent(item.role, item.content);
    if (item.type === 'function_call_output') this.#checkCall(item.call_id);
    return { object: 'realtime.item', status: 'completed', ...item, id } as StoredItem;
  }

  /** The items without system messages. */
  get spoken(): StoredItem[] {
    return this.#items.filter((item) => item.type !== 'message' || item.role !== 'system');
  }

  #indexOf(id: string, param: string): number {
    const index = this.#items.findIndex((item) => item.id === id);
    if (index < 0) throw invalid(`Item with id '${id}' not found.`, 'item_not_found', param);
    return index;
  }

  #checkContent(role: string, content: readonly { type?: string }[] | undefined): void {
    const allowed = Object.hasOwn(CONTENT_TYPES, role) ? CONTENT_TYPES[role] : undefined;
    if (!allowed) throw invalid(`Invalid value: '${role}'.`, 'invalid_value', 'item.role');
    if (!Array.isArray(content)) {
      throw invalid("Missing required parameter: 'item.content'.", 'missing_required_parameter', 'item.content');
    }
    content.forEach((part: { type?: string }, index) => {
      if (part.type && allowed.includes(part.type)) return;
      const names = allowed.map((name) => `'${name}'`).join(', ');
      throw invalid(
        `Invalid value: '${part.type}'. Value must be one of ${names}.`,
        'invalid_value',
        `item.content[${index}].type`,
      );
    });
  }

  #checkCall(callId: string): void {
    const known = this.#items.some((item) => item.type === 'function_call' && item.call_id === callId);
    if (known) return;
    throw invalid(`Tool call ID '${callId}' not found in conversation.`, 'invalid_tool_call_id', 'item.call_id');
  }
}
