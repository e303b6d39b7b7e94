import type { ItemPlaced, ItemText, Signal } from '../../src/protocol/signals.js';

/** Signals of a conversation, with the fields that a test does not care about filled in. */
export const opened = (transcribesInput = true): Signal => ({
  type: 'session-opened',
  kind: 'conversation',
  transcribesInput,
  answersTurns: true,
  turnDetection: undefined,
  tools: [],
  expiresAt: undefined,
});

export const placed = (itemId: string, after: string | null | undefined, of: Partial<ItemPlaced> = {}): Signal => ({
  type: 'item-placed',
  itemId,
  after,
  role: 'user',
  source: 'speech',
  text: undefined,
  responseId: undefined,
  ...of,
});

export const answer = (itemId: string, after: string | null | undefined, responseId = 'resp_1'): Signal =>
  placed(itemId, after, { role: 'assistant', responseId });

export const toolCall = (itemId: string, after: string | null | undefined): Signal =>
  placed(itemId, after, { role: undefined });

const words = (type: ItemText['type'], itemId: string, text: string, of: Partial<ItemText>): Signal => ({
  type,
  itemId,
  role: 'user',
  source: 'speech',
  part: 0,
  text,
  responseId: undefined,
  ...of,
});

export const heard = (itemId: string, text: string, of: Partial<ItemText> = {}): Signal =>
  words('text-settled', itemId, text, of);
export const hearing = (itemId: string, text: string, of: Partial<ItemText> = {}): Signal =>
  words('text-added', itemId, text, of);

const spoken = { role: 'assistant', responseId: 'resp_1' } as const;
export const said = (itemId: string, text: string, of: Partial<ItemText> = {}): Signal =>
  words('text-settled', itemId, text, { ...spoken, ...of });
export const saying = (itemId: string, text: string, of: Partial<ItemText> = {}): Signal =>
  words('text-added', itemId, text, { ...spoken, ...of });

export const ended = (
  responseId: string,
  outcome: 'completed' | 'cancelled' | 'failed' | 'incomplete' = 'completed',
): Signal => ({
  type: 'response-ended',
  responseId,
  outcome,
  fault: undefined,
});
export const started = (responseId: string): Signal => ({ type: 'response-started', responseId });
export const audible = (responseId: string): Signal => ({ type: 'playback-started', responseId });
export const drained = (responseId: string): Signal => ({ type: 'playback-ended', responseId, cut: false });
export const cut = (responseId: string): Signal => ({ type: 'playback-ended', responseId, cut: true });
export const userStarted = (itemId?: string): Signal => ({ type: 'user-started', itemId });
export const userStopped = (itemId?: string): Signal => ({ type: 'user-stopped', itemId });
export const discarded: Signal = { type: 'turn-discarded' };
export const removed = (itemId: string): Signal => ({ type: 'item-removed', itemId });
export const interrupted = (itemId: string): Signal => ({ type: 'item-interrupted', itemId });
export const failed = (itemId: string): Signal => ({ type: 'text-failed', itemId });
