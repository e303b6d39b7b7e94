import { fields, list, text } from '../json-fields.js';
import type { ItemPlaced, WireEvent } from './signals.js';

/**
 * Reads the conversation item of an event. Items that are not messages of either side, such as tool calls and system
 * messages, are reported too, because later items name them as the one before.
 */
export function readItem(value: unknown, event: WireEvent): ItemPlaced[] {
  const item = fields(value);
  const itemId = text(item['id']);
  if (!itemId) return [];
  const isMessage = item['type'] === undefined || item['type'] === 'message';
  const role = item['role'];
  const after = event['previous_item_id'];
  const parts = list(item['content']).map(fields);
  const words = parts.map((part) => text(part['text'], part['transcript'])).filter(Boolean);
  return [
    {
      type: 'item-placed',
      itemId,
      after: after === null ? after : text(after),
      role: isMessage && (role === 'user' || role === 'assistant') ? role : undefined,
      source: parts.some((part) => text(part['type'])?.endsWith('text')) ? 'text' : 'speech',
      text: words.join('\n') || undefined,
      responseId: text(event['response_id']),
    },
  ];
}
