import type { ItemPlaced, ItemText } from '../../protocol/signals.js';
import type { TranscriptEntry } from '../transcript-entry.js';
import { emptyEntry, Item } from './item.js';
import { ItemList } from './item-list.js';
import { Playback } from './playback.js';
import type { StateInput } from './session-state.js';

/**
 * What is known of the conversation, and the transcript made of it. An addition to a text costs the same in a long
 * conversation as in a short one, but for the copy of the array. It reads no clock and sends no event.
 */
export class Conversation {
  #items = new ItemList();
  #playback = new Playback();
  /** False if the service does not transcribe the visitor's speech: then no text of it is awaited. */
  #transcribesInput = true;
  #entries: readonly TranscriptEntry[] = [];
  /** The responses that were interrupted here. What the service still sends of them is not shown. */
  readonly #interrupted = new Set<string | undefined>();
  /** The entries that the conversation began with. */
  #recalled: ReadonlySet<string> = new Set();
  /** What the input under way has changed. */
  readonly #changed = new Set<Item>();
  /** Whether items were sorted again or removed. */
  #isListChanged = false;

  /** The entries to show, in order. The array is replaced when an entry changes, and never changed. */
  get entries(): readonly TranscriptEntry[] {
    return this.#entries;
  }

  /** The same conversation as a new session has to know it: of each entry, the text that was sent or heard. */
  get heard(): readonly TranscriptEntry[] {
    return [...this.#items].flatMap(({ entry, responseId, isUnsent }) => {
      // Of an earlier conversation nobody knows any more how much was heard.
      const isWhole = entry && this.#recalled.has(entry.id);
      const text = entry && !isUnsent && (isWhole ? entry.text : this.#playback.heardText(entry, responseId));
      return text ? [{ ...entry, text }] : [];
    });
  }

  /**
   * Takes in what happened at `now`, in milliseconds since the epoch.
   * Returns the entries that are new or have changed, in order.
   */
  apply(input: StateInput, now: number): readonly TranscriptEntry[] {
    this.#take(input, now);
    const changed = [...this.#changed];
    const shown = changed.filter((item) => item.isShown);
    if (this.#isListChanged || changed.some((item) => this.#isMoved(item))) this.#list();
    else this.#replace(shown);
    this.#changed.clear();
    this.#isListChanged = false;
    return shown.sort((a, b) => a.position! - b.position!).map((item) => item.entry!);
  }

  /** Whether other entries have to move, because this one appears before them or disappears. */
  #isMoved(item: Item): boolean {
    if (!item.isShown) return item.position !== undefined;
    return item.position === undefined && item !== this.#items.last;
  }

  #take(input: StateInput, now: number): void {
    switch (input.type) {
      case 'start':
        if (!input.keep) this.#beginWith(input.recalled);
        break;
      case 'recall':
        this.#beginWith(input.recalled);
        break;
      case 'forget':
        for (const item of this.#items) item.forget();
        this.#isListChanged = true;
        break;
      case 'session-opened':
      case 'session-updated':
        this.#transcribesInput = input.transcribesInput;
        break;
      case 'user-started':
        if (input.itemId && this.#transcribesInput && !this.#items.get(input.itemId))
          this.#add(new Item(input.itemId, emptyEntry({ itemId: input.itemId }, now)));
        break;
      case 'item-placed':
        this.#place(input, now);
        break;
      case 'item-removed':
        this.#remove(({ id }) => id === input.itemId);
        break;
      case 'text-added':
      case 'text-settled':
        this.#addText(input, now);
        break;
      case 'text-refused':
        this.#place({ ...input.item, after: this.#items.last?.id ?? null }, now);
        this.#setStatus('failed', this.#items.get(input.item.itemId));
        break;
      case 'text-failed':
        this.#setStatus('failed', this.#items.get(input.itemId));
        break;
      case 'interrupted':
        for (const id of input.responseIds) this.#interrupt(id, now);
        break;
      case 'item-interrupted': {
        const item = this.#items.get(input.itemId);
        this.#playback.cut(item?.responseId, now);
        this.#setStatus('interrupted', item);
        break;
      }
      case 'playback-started':
        this.#playback.start(input.responseId, now);
        break;
      case 'playback-ended':
        if (!input.cut) return this.#playback.finish(input.responseId);
        this.#playback.cut(input.responseId, now);
        this.#setStatusOfAll('interrupted', ({ responseId }) => responseId === input.responseId);
        break;
      case 'response-ended':
        if (input.outcome === 'completed') break;
        this.#setStatusOfAll('interrupted', (item) => item.responseId === input.responseId && item.isPartial);
        break;
      case 'turn-discarded':
        this.#discardTurn();
        break;
      case 'connection-dropped':
        this.#discardTurn();
        // The text of a turn that was taken will not come any more.
        this.#setStatusOfAll('failed', (item) => item.isUntranscribed);
        this.#cutOff(now);
        break;
      case 'stop':
      case 'fail':
        this.#remove((item) => item.isUntranscribed);
        this.#cutOff(now);
        break;
    }
  }

  #interrupt(responseId: string, now: number): void {
    this.#interrupted.add(responseId);
    const isPlaying = this.#playback.isPlaying(responseId);
    this.#setStatusOfAll('interrupted', (item) => item.responseId === responseId && (item.isPartial || isPlaying));
    this.#playback.cut(responseId, now);
  }

  #beginWith(recalled: readonly TranscriptEntry[] = []): void {
    this.#interrupted.clear();
    this.#items = new ItemList();
    this.#playback = new Playback();
    this.#transcribesInput = true;
    this.#isListChanged = true;
    for (const entry of recalled) this.#items.add(new Item(entry.id, entry));
    this.#recalled = new Set(recalled.map(({ id }) => id));
  }

  #add(item: Item): void {
    if (this.#items.add(item)) this.#isListChanged = true;
    this.#changed.add(item);
  }

  #place(placed: ItemPlaced, now: number): void {
    const { itemId, after, role, source, text } = placed;
    let item = this.#items.get(itemId);
    if (!item) {
      const isSilent = role === 'user' && source === 'speech' && !this.#transcribesInput && !text;
      item = new Item(itemId, role && !isSilent ? emptyEntry(placed, now) : undefined);
      item.previousId = after;
      this.#add(item);
    } else if (after !== undefined && after !== item.previousId) {
      if (this.#items.setPrevious(item, after)) this.#isListChanged = true;
    }
    item.responseId = placed.responseId ?? item.responseId;
    if (this.#interrupted.has(item.responseId) && item.isPartial) this.#setStatus('interrupted', item);
    // An item comes with its whole text, but text gathered from deltas is newer than that.
    if (text === undefined || !item.entry || item.hasText) return;
    this.#addText({ ...placed, type: 'text-settled', role: item.entry.role, text, part: 0 }, now);
  }

  #addText(words: ItemText, now: number): void {
    let item = this.#items.get(words.itemId);
    if (!item && this.#interrupted.has(words.responseId)) return;
    if (!item) this.#add((item = new Item(words.itemId, emptyEntry(words, now))));
    if (item.addText(words, now)) this.#changed.add(item);
  }

  #setStatus(status: TranscriptEntry['status'], item: Item | undefined): void {
    if (item?.setStatus(status)) this.#changed.add(item);
  }

  #setStatusOfAll(status: TranscriptEntry['status'], matches: (item: Item) => boolean): void {
    for (const item of this.#items) if (matches(item)) this.#setStatus(status, item);
  }

  #remove(matches: (item: Item) => boolean): void {
    if (this.#items.remove(matches)) this.#isListChanged = true;
  }

  /** Speech that was not yet a turn leaves no trace. */
  #discardTurn(): void {
    this.#remove((item) => item.previousId === undefined && item.isUntranscribed);
  }

  /** The connection has ended. Entries that are unfinished, or still heard, become `interrupted`. */
  #cutOff(now: number): void {
    this.#setStatusOfAll('interrupted', (item) => item.isPartial || this.#playback.isPlaying(item.responseId));
    this.#playback.cutAll(now);
  }

  /** Makes the list of entries again. It stays the same array when it would hold the same entries. */
  #list(): void {
    const entries: TranscriptEntry[] = [];
    for (const item of this.#items) {
      item.position = item.isShown ? entries.push(item.entry!) - 1 : undefined;
    }
    const isSame =
      entries.length === this.#entries.length && entries.every((entry, index) => entry === this.#entries[index]);
    if (!isSame) this.#entries = entries;
  }

  /** Puts changed entries in their places; a new one comes last. */
  #replace(items: readonly Item[]): void {
    if (items.length === 0) return;
    const entries = this.#entries.slice();
    for (const item of items) {
      item.position ??= entries.length;
      entries[item.position] = item.entry!;
    }
    this.#entries = entries;
  }
}
