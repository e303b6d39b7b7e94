import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { SizeWatch } from '../size-watch.js';
import { createLine, lineKey, writeLine } from './entry-line.js';
import { LineList } from './line-list.js';

/** How near the end, in pixels, still counts as reading along. */
const NEAR_END = 32;

export interface TranscriptHost extends ReactiveControllerHost, Element {
  readonly transcript: readonly TranscriptEntry[];
}

/**
 * The words of the conversation. Entries that are the same objects as before are not touched, so a new word costs the
 * same in a short and in a long conversation.
 */
export class TranscriptView implements ReactiveController {
  readonly #host: TranscriptHost;
  #log: HTMLElement | null = null;
  #list: LineList | undefined;
  /** The entries that are shown, and the line of each. */
  #entries: readonly TranscriptEntry[] = [];
  #lines: HTMLElement[] = [];
  #strings: Strings | undefined;
  #writtenIn: Strings | undefined;
  #readingAlong = true;
  /** Where the visitor has scrolled to. */
  #scrolledTo = 0;
  /** The page does not display the log. */
  #hidden = false;
  readonly #sizeWatch = new SizeWatch(() => this.#resized());

  constructor(host: TranscriptHost) {
    this.#host = host;
    host.addController(this);
  }

  render(strings: Strings, lang: string): TemplateResult {
    this.#strings = strings;
    return html`<div
      class="log"
      part="transcript"
      role="log"
      aria-label=${strings.conversation}
      lang=${lang || nothing}
      @scroll=${this.#noteScroll}
    ></div>`;
  }

  hostUpdated(): void {
    const log = this.#host.shadowRoot!.querySelector<HTMLElement>('.log');
    if (log !== this.#log) this.#useLog(log);
    this.#sizeWatch.observe(log);
    if (!log) return;
    if (this.#strings !== this.#writtenIn) this.#rewrite();
    this.#writeChanges();
    // To ask where an empty log stands would only make the browser lay out the page before the time.
    if (log.firstChild) this.#keepPosition(log);
  }

  /** Shows what has changed in the host's transcript; to be called at each change, without a rendering of the host. */
  update(): void {
    if (this.#log && this.#writeChanges()) this.#keepPosition(this.#log);
  }

  hostDisconnected(): void {
    this.#sizeWatch.observe(null);
  }

  /** The transcript was hidden, or is shown again, possibly in another element. */
  #useLog(log: HTMLElement | null): void {
    this.#log = log;
    if (log && this.#list) this.#list.moveTo(log);
    else if (log) this.#list = new LineList(log);
  }

  /** The page's language has changed. */
  #rewrite(): void {
    this.#writtenIn = this.#strings;
    this.#entries.forEach((entry, index) => writeLine(this.#lines[index]!, entry, this.#strings!));
  }

  /** Writes the entries between the first and the last that differ from what is shown; false if there are none. */
  #writeChanges(): boolean {
    const before = this.#entries;
    const after = this.#host.transcript;
    if (before === after) return false;
    this.#entries = after;
    const shortest = Math.min(before.length, after.length);
    let start = 0;
    while (start < shortest && before[start] === after[start]) start++;
    let sameAtEnd = 0;
    while (sameAtEnd < shortest - start && before.at(-1 - sameAtEnd) === after.at(-1 - sameAtEnd)) sameAtEnd++;
    const oldEntries = before.slice(start, before.length - sameAtEnd);
    const newEntries = after.slice(start, after.length - sameAtEnd);
    const oldLines = this.#lines.slice(start, start + oldEntries.length);
    const reusable = new Map(oldEntries.map((entry, index) => [lineKey(entry), oldLines[index]!]));
    const newLines = this.#writeLines(newEntries, reusable, this.#lines[start - 1]);
    this.#lines.splice(start, oldLines.length, ...newLines);
    return true;
  }

  /** Writes entries into their lines, behind the line `previous`; lines that are not used again are removed. */
  #writeLines(
    entries: readonly TranscriptEntry[],
    reusable: Map<string, HTMLElement>,
    previous: HTMLElement | undefined,
  ): HTMLElement[] {
    const lines = entries.map((entry) => {
      const line = reusable.get(lineKey(entry)) ?? createLine(entry);
      reusable.delete(lineKey(entry));
      writeLine(line, entry, this.#strings!);
      return line;
    });
    for (const line of reusable.values()) this.#list!.remove(line);
    lines.forEach((line, index) => this.#list!.place(line, lines[index - 1] ?? previous));
    return lines;
  }

  /** Follows the words unless the visitor has scrolled up. Only a log that scrolls needs a place in the tab order. */
  #keepPosition(log: HTMLElement): void {
    const scrolls = log.scrollHeight > log.clientHeight + 1;
    if (!scrolls) log.removeAttribute('tabindex');
    else if (log.tabIndex !== 0) log.tabIndex = 0;
    if (this.#readingAlong) log.scrollTop = log.scrollHeight;
    this.#hidden = log.clientHeight === 0;
  }

  /** A log that is not displayed cannot be scrolled, and loses its position. */
  #resized(): void {
    const log = this.#log!;
    const wasHidden = this.#hidden;
    this.#hidden = log.clientHeight === 0;
    if (!wasHidden || this.#hidden) return;
    log.scrollTop = this.#scrolledTo;
    this.#keepPosition(log);
  }

  readonly #noteScroll = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as Element;
    if (clientHeight === 0) return;
    this.#readingAlong = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#scrolledTo = scrollTop;
  };
}
