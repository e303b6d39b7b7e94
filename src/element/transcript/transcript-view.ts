import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { lineKey, writeLine } from './entry-line.js';
import { LineList } from './line-list.js';

/** How near the end, in pixels, still counts as reading along. */
const NEAR_END = 32;

export interface TranscriptHost extends ReactiveControllerHost, Element {
  readonly transcript: readonly TranscriptEntry[];
}

/** An entry as it was last written, and its line. */
interface Line {
  readonly entry: TranscriptEntry;
  readonly element: HTMLElement;
}

/**
 * The words of the conversation. Entries that are the same objects as before are not touched, so a new word costs the
 * same in a short and in a long conversation.
 */
export class TranscriptView implements ReactiveController {
  readonly #host: TranscriptHost;
  #log: HTMLElement | null = null;
  #list: LineList | undefined;
  #lines: Line[] = [];
  #strings: Strings | undefined;
  #writtenIn: Strings | undefined;
  #readingAlong = true;

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
    if (!log) return;
    if (this.#strings !== this.#writtenIn) this.#rewrite();
    this.#writeChanges();
    this.#keepPosition(log);
  }

  /** Shows what has changed in the host's transcript; to be called at each change, without a rendering of the host. */
  update(): void {
    if (this.#log && this.#writeChanges()) this.#keepPosition(this.#log);
  }

  /** The transcript was hidden, or is shown again. */
  #useLog(log: HTMLElement | null): void {
    this.#log = log;
    this.#list = log ? new LineList(log) : undefined;
    this.#lines = [];
  }

  /** The page's language has changed. */
  #rewrite(): void {
    this.#writtenIn = this.#strings;
    for (const { element, entry } of this.#lines) writeLine(element, entry, this.#strings!);
  }

  /** Writes the entries between the first and the last that differ from what is shown; false if there are none. */
  #writeChanges(): boolean {
    const { transcript } = this.#host;
    const shown = this.#lines;
    const shortest = Math.min(transcript.length, shown.length);
    let start = 0;
    while (start < shortest && transcript[start] === shown[start]!.entry) start++;
    let kept = 0;
    while (kept < shortest - start && transcript.at(-1 - kept) === shown.at(-1 - kept)!.entry) kept++;
    const before = shown.slice(start, shown.length - kept);
    const entries = transcript.slice(start, transcript.length - kept);
    if (before.length + entries.length === 0) return false;
    shown.splice(start, before.length, ...this.#replace(before, entries, shown[start - 1]));
    return true;
  }

  /** Lets the lines of entries take the place of others, behind the line `previous`. */
  #replace(before: readonly Line[], entries: readonly TranscriptEntry[], previous: Line | undefined): Line[] {
    const strings = this.#strings!;
    const reusable = new Map(before.map(({ entry, element }) => [lineKey(entry), element]));
    const lines = entries.map((entry) => {
      const element = reusable.get(lineKey(entry)) ?? document.createElement('div');
      reusable.delete(lineKey(entry));
      writeLine(element, entry, strings);
      return { entry, element };
    });
    for (const element of reusable.values()) this.#list!.remove(element);
    let last = previous?.element;
    for (const { element } of lines) {
      this.#list!.place(element, last);
      last = element;
    }
    return lines;
  }

  /** Follows the words unless the visitor has scrolled up. Only a log that scrolls needs a place in the tab order. */
  #keepPosition(log: HTMLElement): void {
    if (log.scrollHeight > log.clientHeight + 1) log.tabIndex = 0;
    else log.removeAttribute('tabindex');
    if (this.#readingAlong) log.scrollTop = log.scrollHeight;
  }

  readonly #noteScroll = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as Element;
    this.#readingAlong = scrollHeight - scrollTop - clientHeight < NEAR_END;
  };
}
