import type { ItemPlaced, ItemText, Role, Source } from '../../protocol/signals.js';
import type { StateInput } from './session-state.js';

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
  /** The words of each part of its content, as far as they are known. */
  readonly parts: Readonly<Record<string, string>>;
  readonly entry: TranscriptEntry | undefined;
}

/** Since when a response was heard, and until when it sounded; in ms since the epoch. */
interface Sound {
  readonly from: number;
  /** `Infinity`: to its end; `undefined`: it still sounds. */
  readonly to: number | undefined;
}

/** What is known of the conversation, in the order in which it was learned. */
export interface TranscriptLog {
  readonly places: readonly Place[];
  /** False when the service does not write down the visitor's speech: then no words are waited for. */
  readonly transcribesInput: boolean;
  /** By the response's id; empty when the service does not tell them. */
  readonly sounds: ReadonlyMap<string, Sound>;
}

export const EMPTY_LOG: TranscriptLog = { places: [], transcribesInput: true, sounds: new Map() };

/** The entries worth showing: those with words, and the visitor's speech while its words are on their way. */
export function entriesOf(log: TranscriptLog): readonly TranscriptEntry[] {
  return inOrder(log.places).flatMap(({ entry }) => {
    const shown = entry && (entry.text !== '' || (entry.role === 'user' && entry.status !== 'final'));
    return shown ? [entry] : [];
  });
}

/** Nobody speaks more characters in a second. */
const FASTEST = 20;

/** What both sides have heard: of an answer that was cut off, no more than its time allowed; words run ahead of sound. */
export function heardOf(log: TranscriptLog): readonly TranscriptEntry[] {
  return inOrder(log.places).flatMap(({ entry, responseId }) => {
    if (!entry) return [];
    const most =
      entry.role === 'user' || entry.source === 'text' ? Infinity : soundedFor(log, entry, responseId) * FASTEST;
    // Not in the middle of a word, nor of a character.
    const text =
      entry.text.length > most ? entry.text.slice(0, most).replace(/\s+\S*$|[\ud800-\udbff]$/, '') : entry.text;
    return text ? [{ ...entry, text }] : [];
  });
}

/** For how long an answer was heard, in seconds. */
function soundedFor({ sounds }: TranscriptLog, entry: TranscriptEntry, responseId = ''): number {
  const sound = sounds.get(responseId);
  if (sound) return ((sound.to ?? Infinity) - sound.from) / 1000;
  return entry.status === 'interrupted' || (responseId && sounds.size > 0) ? 0 : Infinity;
}

/** Whatever still sounds of these responses falls silent. */
function silence(log: TranscriptLog, until: number, which: (responseId: string) => boolean): TranscriptLog {
  const sounds = new Map(log.sounds);
  for (const [id, { from, to }] of sounds) {
    if (which(id) && (to === undefined || until === Infinity)) sounds.set(id, { from, to: until });
  }
  return { ...log, sounds };
}

/** The log after `input`; what does not change in it stays the same object. `now` in ms since the epoch. */
export function reduceTranscript(log: TranscriptLog, input: StateInput, now: number): TranscriptLog {
  switch (input.type) {
    case 'start':
      return input.keep ? log : EMPTY_LOG;
    case 'session-opened':
      return { ...log, transcribesInput: input.transcribesInput };
    case 'user-started':
      if (!input.itemId || !log.transcribesInput || find(log, input.itemId)) return log;
      return place(log, blank({ itemId: input.itemId }, now));
    case 'item-placed':
      return placeItem(log, input, now);
    case 'item-removed':
      return drop(log, ({ itemId }) => itemId === input.itemId);
    case 'text-added':
    case 'text-settled':
      return addText(log, input, now);
    case 'text-failed':
      return mark(log, 'failed', ({ itemId }) => itemId === input.itemId);
    case 'item-interrupted':
      log = silence(log, now, (id) => id === find(log, input.itemId)?.responseId);
      return mark(log, 'interrupted', ({ itemId }) => itemId === input.itemId);
    case 'playback-started':
      if (log.sounds.has(input.responseId)) return log;
      return { ...log, sounds: new Map(log.sounds).set(input.responseId, { from: now, to: undefined }) };
    case 'playback-ended':
      log = silence(log, input.cut ? now : Infinity, (id) => id === input.responseId);
      return input.cut ? mark(log, 'interrupted', ({ responseId }) => responseId === input.responseId) : log;
    case 'response-ended':
      if (input.outcome === 'completed') return log;
      return mark(log, 'interrupted', (p) => p.responseId === input.responseId && isPartial(p));
    case 'turn-discarded':
      return drop(log, (p) => p.after === undefined && isUnspoken(p));
    case 'severed':
      // A turn that was made and not yet written down is lost, and said to be.
      log = mark(
        drop(log, (p) => p.after === undefined && isUnspoken(p)),
        'failed',
        isUnspoken,
      );
      return cutOff(log, now);
    case 'stop':
    case 'fail':
      // Nothing more will come: what is unfinished was cut off.
      return cutOff(drop(log, isUnspoken), now);
    default:
      return log;
  }
}

interface Words {
  readonly itemId: string;
  readonly role?: Role | undefined;
  readonly source?: Source;
}

function blank(
  { itemId, role = 'user', source = 'speech' }: Words,
  now: number,
): Place & { readonly entry: TranscriptEntry } {
  const entry: TranscriptEntry = { id: itemId, role, text: '', status: 'partial', source, createdAt: now };
  return { itemId, after: undefined, responseId: undefined, parts: {}, entry };
}

function isPartial({ entry }: Place): boolean {
  return entry?.status === 'partial';
}

/** Speech that was begun but never made a turn; it leaves no trace. */
function isUnspoken(p: Place): boolean {
  return isPartial(p) && p.entry?.role === 'user' && p.entry.text === '';
}

function find(log: TranscriptLog, itemId: string): Place | undefined {
  return log.places.find((p) => p.itemId === itemId);
}

function placeItem(log: TranscriptLog, item: ItemPlaced, now: number): TranscriptLog {
  const { itemId, role, source, text } = item;
  const silent = role === undefined || (role === 'user' && source === 'speech' && !log.transcribesInput && !text);
  const fresh = blank(item, now);
  const known = find(log, itemId) ?? (silent ? { ...fresh, entry: undefined } : fresh);
  const after = item.after === undefined ? known.after : item.after;
  const placed = place(log, { ...known, after, responseId: item.responseId ?? known.responseId });
  // Words that come with the item are whole; those gathered from deltas are newer than the item's copy.
  if (text === undefined || !known.entry || Object.keys(known.parts).length > 0) return placed;
  return addText(placed, { ...item, type: 'text-settled', role: known.entry.role, text, part: 0 }, now);
}

function place(log: TranscriptLog, placed: Place): TranscriptLog {
  const at = log.places.findIndex((p) => p.itemId === placed.itemId);
  return { ...log, places: at < 0 ? [...log.places, placed] : log.places.with(at, placed) };
}

/**
 * The order in which the conversation was held, which is not the order in which it is told: each item follows
 * the one that it names. Items that name none, or one that is not known, stand in the order of their arrival.
 */
function inOrder(places: readonly Place[]): readonly Place[] {
  const ids = new Set<unknown>(places.map((p) => p.itemId));
  const followers = new Map<unknown, Place[]>();
  const behind = (leader: unknown): readonly Place[] => followers.get(leader) ?? [];
  for (const p of places) {
    const leader = p.after === null || ids.has(p.after) ? p.after : undefined;
    followers.set(leader, [...behind(leader), p]);
  }
  const ordered = new Set<Place>();
  // Whatever names nothing known, the one that is told to be the first is the first.
  const waiting = [...behind(null), ...behind(undefined)].reverse();
  for (let p = waiting.pop(); p; p = waiting.pop()) {
    ordered.add(p);
    // What is put behind an item later comes between it and its earlier follower.
    waiting.push(...behind(p.itemId));
  }
  // A circle has no first item: its items come last.
  return [...new Set([...ordered, ...places])];
}

function addText(log: TranscriptLog, words: ItemText, now: number): TranscriptLog {
  const settled = words.type === 'text-settled';
  const fresh = blank(words, now);
  const known = find(log, words.itemId) ?? fresh;
  const entry = known.entry ?? fresh.entry;
  const segment = typeof words.part === 'string';
  const final = entry.status === 'final';
  // What was cut off stays as it was said; what is whole does not grow.
  if (entry.status === 'interrupted' || (final && !settled && !segment)) return log;
  const before = settled || segment ? '' : (known.parts[words.part] ?? '');
  const parts = { ...known.parts, [words.part]: before + words.text };
  const all = Object.keys(parts);
  // Segments tell who spoke; the plain text of the whole says less.
  const segments = all.filter((part) => isNaN(+part));
  const text = (segments.length ? segments : all)
    .map((part) => parts[part])
    .filter(Boolean)
    .join('\n');
  const status = settled || final ? 'final' : 'partial';
  if (entry.text === text && entry.status === status && known !== fresh) return log;
  const responseId = words.responseId ?? known.responseId;
  return place(log, { ...known, responseId, parts, entry: { ...entry, source: words.source, text, status } });
}

function cutOff(log: TranscriptLog, now: number): TranscriptLog {
  const sounds = ({ responseId = '' }: Place): boolean => log.sounds.has(responseId) && !log.sounds.get(responseId)!.to;
  return silence(
    mark(log, 'interrupted', (p) => isPartial(p) || sounds(p)),
    now,
    () => true,
  );
}

function mark(log: TranscriptLog, status: TranscriptEntry['status'], which: (p: Place) => boolean): TranscriptLog {
  const marked = (p: Place): Place =>
    p.entry && p.entry.status !== status && which(p) ? { ...p, entry: { ...p.entry, status } } : p;
  return { ...log, places: log.places.map(marked) };
}

function drop(log: TranscriptLog, which: (p: Place) => boolean): TranscriptLog {
  return { ...log, places: log.places.filter((p) => !which(p)) };
}
