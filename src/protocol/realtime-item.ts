import { fields, list, text } from './field.js';
import type { ItemPlaced, Role } from './signals.js';

function role(value: unknown): Role | undefined {
  return value === 'user' || value === 'assistant' ? value : undefined;
}

/**
 * Reads a conversation item. Only messages have words; every other kind (tool calls and their outputs, system
 * messages) still holds its place, because later items name it as the one before them.
 */
export function readItem(value: unknown, after: string | null | undefined, responseId?: string): ItemPlaced[] {
  const item = fields(value);
  const itemId = text(item['id']);
  if (!itemId) return [];
  const parts = list(item['content']).map(fields);
  const words = parts.map((part) => text(part['text']) ?? text(part['transcript'])).filter(Boolean);
  return [
    {
      type: 'item-placed',
      itemId,
      after,
      role: item['type'] === undefined || item['type'] === 'message' ? role(item['role']) : undefined,
      source: parts.some((part) => String(part['type']).endsWith('text')) ? 'text' : 'speech',
      text: words.length > 0 ? words.join('\n') : undefined,
      responseId,
    },
  ];
}
