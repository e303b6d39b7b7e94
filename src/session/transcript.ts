import type { ItemPlaced, ItemText, Role, Signal, Source } from '../protocol/signals.js';

export interface TranscriptEntry {
  /** The wire item's id. */
  readonly id: string;
  readonly role: Role;
  readonly text: string;
  /** `interrupted`: cut off while it was spoken; `failed`: heard, but could not be written down. */
  readonly status: 'partial' | 'final' | 'interrupted' | 'failed';
  readonly source: Source;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A place in the conversation. Places without an entry belong to items that are not words, e.g. tool calls. */
interface Place {
  readonly itemId: string;
  /** The item before this one: `null` = none, `undefined` = not told yet. */
  readonly after: string | null | undefined;
  readonly responseId: string | undefined;
  readonly parts: readonly string[];
  /** The parts are segments by speaker, which the plain text of the whole does not replace. */
  readonly segmented?: boolean;
  readonly entry: TranscriptEntry | undefined;
}

/** The conversation in the order of its items, which is not the order in which words arrive. */
export interface TranscriptLog {
  readonly places: readonly Place[];
  /** False when the service does not write down the visitor's speech: then no words are waited for. */
  readonly transcribesInput: boolean;
}

type SegmentAdded = Extract<Signal, { type: 'segment-added' }>;

export type TranscriptInput = Signal | { readonly type: 'settle' };

export const EMPTY_LOG: TranscriptLog = { places: [], transcribesInput: true };

/** The entries worth showing: those with words, and the visitor's speech while its words are on their way. */
export function entriesOf(log: TranscriptLog): readonly TranscriptEntry[] {
  return log.places.flatMap(({ entry }) => {
    if (!entry) return [];
    const pending = entry.role === 'user' && entry.status !== 'final';
    return entry.text !== '' || pending ? [entry] : [];
  });
}

/** The log after `input`; the same object when nothing changes. `now` in ms since the epoch. */
export function reduceTranscript(log: TranscriptLog, input: TranscriptInput, now: number): TranscriptLog {
  switch (input.type) {
    case 'session-opened':
      return { ...log, transcribesInput: input.transcribesInput };
    case 'user-started':
      return input.itemId && log.transcribesInput
        ? place(log, blank(input.itemId, 'user', 'speech', now))
        : log;
    case 'item-placed':
      return placeItem(log, input, now);
    case 'item-removed':
      return { ...log, places: log.places.filter(({ itemId }) => itemId !== input.itemId) };
    case 'text-added':
    case 'text-settled':
      return addText(log, input, now);
    case 'segment-added':
      return addSegment(log, input, now);
    case 'text-failed':
      return mark(log, ({ itemId }) => itemId === input.itemId, 'failed');
    case 'item-interrupted':
      return mark(log, ({ itemId }) => itemId === input.itemId, 'interrupted');
    case 'playback-ended':
      return input.cut ? mark(log, ({ responseId }) => responseId === input.responseId, 'interrupted') : log;
    case 'response-ended':
      return input.outcome === 'completed'
        ? log
        : mark(log, (p) => p.responseId === input.responseId && p.entry?.status === 'partial', 'interrupted');
    case 'turn-discarded':
      return dropUnspoken(log, (p) => p.after === undefined);
    case 'settle':
      return settle(log);
    default:
      return log;
  }
}

function blank(itemId: string, role: Role, source: Source, now: number): Place {
  const entry: TranscriptEntry = { id: itemId, role, text: '', status: 'partial', source, createdAt: now };
  return { itemId, after: undefined, responseId: undefined, parts: [], entry };
}

function find(log: TranscriptLog, itemId: string): Place | undefined {
  return log.places.find((p) => p.itemId === itemId);
}

function placeItem(log: TranscriptLog, item: ItemPlaced, now: number): TranscriptLog {
  const known = find(log, item.itemId);
  const silent = item.role === undefined || (item.role === 'user' && item.source === 'speech' && !log.transcribesInput);
  const fresh = known ?? (silent && !item.text ? { ...blank(item.itemId, 'user', 'speech', now), entry: undefined } : blank(item.itemId, item.role ?? 'user', item.source, now));
  let entry = fresh.entry;
  // Words that come with the item are whole; those gathered from deltas are newer than the item's copy.
  const parts = item.text !== undefined && fresh.parts.length === 0 ? [item.text] : fresh.parts;
  if (entry && parts !== fresh.parts) entry = { ...entry, text: parts.join(''), status: 'final', source: item.source };
  return place(log, {
    ...fresh,
    after: item.after === undefined ? fresh.after : item.after,
    responseId: item.responseId ?? fresh.responseId,
    parts,
    entry,
  });
}

/** Puts a place where its predecessor says, or before the one that names it as predecessor, or at the end. */
function place(log: TranscriptLog, placed: Place): TranscriptLog {
  const at = log.places.findIndex((p) => p.itemId === placed.itemId);
  const known = log.places[at];
  if (known && known.after === placed.after) return { ...log, places: log.places.with(at, placed) };
  const rest = log.places.filter((p) => p.itemId !== placed.itemId);
  let index = rest.findIndex((p) => p.after === placed.itemId);
  if (placed.after === null) index = 0;
  else if (placed.after !== undefined) {
    const before = rest.findIndex((p) => p.itemId === placed.after);
    if (before >= 0) index = before + 1;
  }
  if (index < 0) index = at >= 0 ? at : rest.length;
  return { ...log, places: rest.toSpliced(index, 0, placed) };
}

function addText(log: TranscriptLog, words: ItemText, now: number): TranscriptLog {
  const known = find(log, words.itemId) ?? blank(words.itemId, words.role, words.source, now);
  const entry = known.entry ?? blank(words.itemId, words.role, words.source, now).entry!;
  // What was cut off stays as it was said; what is whole does not grow.
  if (entry.status === 'interrupted' || (entry.status === 'final' && words.type === 'text-added')) return log;
  if (known.segmented) return words.type === 'text-settled' ? place(log, { ...known, entry: { ...entry, status: 'final' } }) : log;
  const parts = [...known.parts];
  while (parts.length <= words.part) parts.push('');
  parts[words.part] = words.type === 'text-settled' ? words.text : parts[words.part] + words.text;
  return place(log, {
    ...known,
    responseId: words.responseId ?? known.responseId,
    parts,
    entry: {
      ...entry,
      source: words.source,
      text: parts.filter(Boolean).join('\n'),
      status: words.type === 'text-settled' ? 'final' : 'partial',
    },
  });
}

function addSegment(log: TranscriptLog, { itemId, speaker, text }: SegmentAdded, now: number): TranscriptLog {
  const known = find(log, itemId) ?? blank(itemId, 'user', 'speech', now);
  const entry = known.entry ?? blank(itemId, 'user', 'speech', now).entry!;
  const parts = [...(known.segmented ? known.parts : []), speaker ? `${speaker}: ${text}` : text];
  return place(log, { ...known, parts, segmented: true, entry: { ...entry, text: parts.join('\n') } });
}

function mark(log: TranscriptLog, which: (p: Place) => boolean, status: TranscriptEntry['status']): TranscriptLog {
  let changed = false;
  const places = log.places.map((p) => {
    if (!p.entry || p.entry.status === status || !which(p)) return p;
    changed = true;
    return { ...p, entry: { ...p.entry, status } };
  });
  return changed ? { ...log, places } : log;
}

/** Speech that was begun but never made a turn leaves no trace. */
function dropUnspoken(log: TranscriptLog, which: (p: Place) => boolean): TranscriptLog {
  const places = log.places.filter((p) => !(p.entry?.status === 'partial' && p.entry.text === '' && which(p)));
  return places.length === log.places.length ? log : { ...log, places };
}

/** At the end of a call nothing more will come: what is unfinished was cut off. */
function settle(log: TranscriptLog): TranscriptLog {
  return mark(dropUnspoken(log, () => true), (p) => p.entry?.status === 'partial', 'interrupted');
}
