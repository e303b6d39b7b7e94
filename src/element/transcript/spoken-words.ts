import { BEGUN_WORD, WITHOUT_SPACES } from '../../session/record/begun-word.js';

/** Hangul has spaces, but its characters are syllables too. */
const SYLLABLES = new RegExp(`[${WITHOUT_SPACES}\\uac00-\\ud7af]`);
/** Characters in a second of speech, until an answer has told how fast this assistant speaks. */
const usualRate = (text: string): number => (SYLLABLES.test(text) ? 6 : 15);
/** No voice is slower or faster than this: an answer may end early, or wait for a tool. */
const RATES = [4, 40] as const;
/** A shorter answer tells little about the rate. */
const TELLING_MS = 2000;
const EVERY_MS = 250;
const NAME = 'realtime-voice-to-come';

export interface SpokenAnswer {
  readonly id: string;
  /** Where its text stands in the transcript. */
  readonly words: Element;
  /** It is heard now; before that its first words may be there already. */
  readonly heard: boolean;
}

/**
 * Shows how far the assistant has spoken: the words of an answer come before their sound. Nobody tells which word is
 * being said, so it is estimated by the time since the sound began. Browsers without the CSS Custom Highlight API show
 * all words alike.
 */
export class SpokenWords {
  readonly #moved: () => void;
  #answer: SpokenAnswer | undefined;
  /** When its sound began. */
  #since: number | undefined;
  #rate: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #toCome: Range | undefined;

  /** `moved` is called when another word is being said. */
  constructor(moved: () => void) {
    this.#moved = moved;
  }

  /** The id of the answer that is followed. */
  get id(): string | undefined {
    return this.#answer?.id;
  }

  /** The words of the answer that have not been said yet; undefined if nothing is to come. */
  get toCome(): Range | undefined {
    return this.#toCome;
  }

  /** Called with each change of the answer that is being spoken; without one, with undefined. */
  follow(answer: SpokenAnswer | undefined): void {
    if (answer?.id !== this.#answer?.id) {
      this.#learn();
      this.#since = undefined;
    }
    this.#answer = answer;
    if (answer?.heard) this.#since ??= performance.now();
    if (!answer) return this.stop();
    this.#mark();
    this.#keepTime();
  }

  /** Forgets the answer; nothing is marked any more. */
  stop(): void {
    this.#answer = this.#since = undefined;
    this.#show(undefined);
    this.#keepTime();
  }

  /** The timer runs only while words are left to be said. */
  #keepTime(): void {
    if (this.#since !== undefined && this.#toCome) this.#timer ??= setInterval(this.#tick, EVERY_MS);
    else this.#timer = void clearInterval(this.#timer);
  }

  readonly #tick = (): void => {
    if (this.#mark()) this.#moved();
    this.#keepTime();
  };

  /** Marks what is to come; false if that is the same as before. */
  #mark(): boolean {
    const { words } = this.#answer!;
    const text = words.textContent;
    const seconds = this.#since === undefined ? 0 : (performance.now() - this.#since) / 1000;
    const said = seconds * (this.#rate ?? usualRate(text));
    const next = placeOf(words, wordStart(text, said));
    const old = this.#toCome;
    if (old?.startContainer === next?.[0] && old?.startOffset === next?.[1]) return false;
    this.#show(next && rangeFrom(next, words));
    return true;
  }

  #show(range: Range | undefined): void {
    if (this.#toCome) highlightOf(this.#toCome)?.delete(this.#toCome);
    if (range) highlightOf(range)?.add(range);
    this.#toCome = range;
  }

  /** A whole answer tells the rate of the next ones. */
  #learn(): void {
    const elapsed = this.#since === undefined ? 0 : performance.now() - this.#since;
    if (elapsed < TELLING_MS) return;
    const rate = this.#answer!.words.textContent.length / (elapsed / 1000);
    this.#rate = Math.min(Math.max(rate, RATES[0]), RATES[1]);
  }
}

/** All elements of a document share one. Undefined in a browser that has none. */
function highlightOf({ startContainer }: Range): Highlight | undefined {
  const view = startContainer.ownerDocument!.defaultView as (Window & typeof globalThis) | null;
  const highlights = view?.CSS.highlights;
  if (!highlights) return undefined;
  if (!highlights.has(NAME)) highlights.set(NAME, new view.Highlight());
  return highlights.get(NAME);
}

function rangeFrom([node, offset]: [Text, number], words: Element): Range {
  const range = words.ownerDocument.createRange();
  range.setStart(node, offset);
  range.setEnd(words, words.childNodes.length);
  return range;
}

/** Where the word begins that holds this character. */
function wordStart(text: string, character: number): number {
  const before = text.slice(0, Math.floor(character));
  return before.length < text.length ? before.search(BEGUN_WORD) : text.length;
}

/** The node and the offset in it where this character of the words stands; undefined behind the last one. */
function placeOf(words: Element, character: number): [Text, number] | undefined {
  const texts = words.ownerDocument.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let left = character;
  for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
    if (left < text.length) return [text, left];
    left -= text.length;
  }
  return undefined;
}
