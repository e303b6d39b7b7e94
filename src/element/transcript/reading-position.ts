import { SizeWatch } from '../size-watch.js';
import { markSoftEdges } from '../soft-edges.js';

/** How near the end, in pixels, still counts as reading along. */
const NEAR_END = 32;

/** Where the visitor reads in the log: along with the words, or further up. */
export class ReadingPosition {
  readonly #changed: () => void;
  readonly #spoken: { readonly toCome: Range | undefined };
  readonly #sizeWatch = new SizeWatch(() => this.#resized());
  #log: HTMLElement | null = null;
  #atEnd = true;
  /** Where the log was scrolled to, by the visitor or along with the words. */
  #scrolledTo = 0;
  /** Where the end was before the log became lower: Firefox scrolls back to there, once. */
  #endBefore: number | undefined;
  /** The page does not display the log. */
  #hidden = false;

  /**
   * `changed` is called when the visitor leaves the end, or is there again.
   *
   * @param spoken the words that the assistant has not said yet
   */
  constructor(changed: () => void, spoken: { readonly toCome: Range | undefined }) {
    this.#changed = changed;
    this.#spoken = spoken;
  }

  get isAtEnd(): boolean {
    return this.#atEnd;
  }

  observe(log: HTMLElement | null): void {
    this.#log = log;
    this.#sizeWatch.observe(log);
  }

  /** Follows the words unless the visitor has scrolled up. Only a log that scrolls needs a place in the tab order. */
  keep(): void {
    const log = this.#log;
    if (!log) return;
    this.#hidden = isHidden(log);
    if (this.#hidden) return;
    const scrolls = log.scrollHeight > log.clientHeight + 1;
    if (!scrolls || this.#isNear(log, this.#end(log))) this.#setAtEnd(true);
    if (!scrolls) log.removeAttribute('tabindex');
    else if (log.tabIndex !== 0) log.tabIndex = 0;
    if (this.#atEnd) {
      log.scrollTop = this.#end(log) - log.clientHeight;
      this.#scrolledTo = log.scrollTop;
    }
    markSoftEdges(log);
  }

  /** The focus goes where the button that was pressed leads, because the button goes. */
  readonly toEnd = (): void => {
    this.#log?.focus({ preventScroll: true });
    this.#setAtEnd(true);
    this.keep();
  };

  readonly scrolled = (event: Event): void => {
    const log = event.currentTarget as Element;
    const { scrollTop, clientHeight } = log;
    if (clientHeight === 0) return;
    markSoftEdges(log);
    if (this.#atEnd && scrollTop === this.#endBefore) {
      this.#endBefore = undefined;
      return this.keep();
    }
    this.#setAtEnd(this.#isNear(log, this.#end(log)));
    this.#scrolledTo = scrollTop;
  };

  /** Pictures that a page shows come later than their place. */
  readonly loaded = { capture: true, handleEvent: (): void => this.keep() };

  /** A log that is not displayed cannot be scrolled, and loses its position. A lower one still shows the last words. */
  #resized(): void {
    const log = this.#log;
    if (!log) return;
    const wasHidden = this.#hidden;
    this.#hidden = isHidden(log);
    if (this.#hidden) return;
    if (wasHidden) log.scrollTop = this.#scrolledTo;
    // The visitor has just scrolled, and the browser tells of it later.
    else if (log.scrollTop !== this.#scrolledTo) return;
    this.#endBefore = log.scrollTop || undefined;
    this.keep();
  }

  #isNear({ scrollTop, clientHeight }: Element, end: number): boolean {
    return Math.abs(end - scrollTop - clientHeight) < NEAR_END;
  }

  /** Up to where the visitor reads along: the end, or the voice in an answer that is higher than the log. */
  #end(log: Element): number {
    const { toCome } = this.#spoken;
    const next = toCome?.getClientRects()[0];
    if (!next) return log.scrollHeight;
    const answer = (toCome!.endContainer as Element).getBoundingClientRect();
    if (answer.height <= log.clientHeight) return log.scrollHeight;
    // One line ahead, to be read in time.
    const ahead = next.bottom + next.height - log.getBoundingClientRect().top + log.scrollTop;
    return Math.min(ahead, log.scrollHeight);
  }

  #setAtEnd(atEnd: boolean): void {
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#changed();
  }
}

/** An empty log has no height either. */
function isHidden(log: HTMLElement): boolean {
  return log.clientHeight === 0 && log.firstChild !== null;
}
