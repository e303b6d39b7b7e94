import { VoiceError } from '../../errors.js';
import { fields, list } from '../../json-fields.js';
import { newItemId } from '../item-id.js';
import type { TranscriptEntry } from '../transcript-entry.js';

/** The service accepts ids of up to 32 characters. */
const USABLE_ID = /^[\w-]{1,32}$/;

/**
 * The entries of an earlier conversation, as a new one begins with them: nothing is unfinished, and every id can be
 * sent. What is no entry is left out.
 */
export function recalledEntries(given: unknown): readonly TranscriptEntry[] {
  const ids = new Set<string>();
  return list(given).flatMap((one) => {
    const { id, role, text, status, source, createdAt } = fields(one);
    if ((role !== 'user' && role !== 'assistant') || typeof text !== 'string' || text.trim() === '') return [];
    const isUsable = typeof id === 'string' && USABLE_ID.test(id) && !ids.has(id);
    const entry: TranscriptEntry = {
      id: isUsable ? id : newItemId(),
      role,
      text,
      status: status === 'interrupted' || status === 'failed' ? status : 'final',
      source: source === 'speech' ? source : 'text',
      createdAt: typeof createdAt === 'number' ? createdAt : Date.now(),
    };
    ids.add(entry.id);
    return [entry];
  });
}

/** @throws {VoiceError} `configuration` if something in it is no entry */
export function checkInitialTranscript(given: unknown): void {
  if (given == null) return;
  if (Array.isArray(given) && recalledEntries(given).length === given.length) return;
  throw new VoiceError(
    'configuration',
    'initialTranscript must be an array of entries with role ("user" or "assistant") and text.',
  );
}
