import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry, VoiceState } from '../../session/index.js';
import { downIcon } from '../controls/icons.js';
import { createLine, lineKey, writeLine } from './entry-line.js';
import { EntryTimes, type Timed } from './entry-times.js';
import { LineList } from './line-list.js';
import { ReadingPosition } from './reading-position.js';
import { ShownLines } from './shown-lines.js';
import type { ShownNodes } from './shown-nodes.js';
import { type SpokenAnswer, SpokenWords } from './spoken-words.js';

export interface TranscriptHost extends ReactiveControllerHost, Element {
  readonly state: VoiceState;
  readonly transcript: readonly TranscriptEntry[];
  /** Undefined without a call. */
  readonly session: { readonly language: string | undefined } | undefined;
}

/**
 * The words of the conversation. Entries that are the same objects as before are not touched, so a new word costs the
 * same in a short and in a long conversation.
 */
export class TranscriptView implements ReactiveController {
  readonly #host: TranscriptHost;
  readonly #shown: ShownLines;
  #log: HTMLElement | null = null;
  #list: LineList | undefined;
  /** The entries that are shown, and the line of each. */
  #entries: readonly TranscriptEntry[] = [];
  #lines: HTMLElement[] = [];
  readonly #times = new EntryTimes();
  /** The id of the answer that is being spoken. It is announced when it is over, with how it ended. */
  #spokenNow: string | undefined;
  /** The language of the last call, where it is known. */
  #language: string | undefined;
  #locale: Locale | undefined;
  #writtenIn: Locale | undefined;
  readonly #spoken = new SpokenWords(() => this.#position.keep());
  readonly #position: ReadingPosition;

  constructor(host: TranscriptHost, shown: ShownNodes) {
    this.#host = host;
    this.#shown = new ShownLines(shown);
    this.#position = new ReadingPosition(() => host.requestUpdate(), this.#spoken);
    host.addController(this);
  }

  /**
   * `pageLang` is the best guess where nobody tells the language of the conversation. Without words, the log has only
   * what the page shows in it.
   */
  render(locale: Locale, pageLang: string, showsWords: boolean): TemplateResult {
    const { strings } = locale;
    this.#locale = locale;
    if (this.#host.session) this.#language = this.#host.session.language;
    const lang = this.#language ?? pageLang;
    return html`<div
        class="log ${showsWords ? '' : 'wordless'}"
        part="transcript"
        role="log"
        aria-label=${strings.conversation}
        lang=${lang || nothing}
        @scroll=${this.#position.scrolled}
        @load=${this.#position.loaded}
        @pointerenter=${this.#times.write}
        @focus=${this.#times.write}
      ></div>
      ${this.#position.isAtEnd ? nothing : this.#renderLatest(strings)}`;
  }

  /** It lies on the end of the log and moves nothing. */
  #renderLatest({ latest }: Strings): TemplateResult {
    return html`<div class="below">
      <button class="latest" part="latest-button" @click=${this.#position.toEnd}>${downIcon}${latest}</button>
    </div>`;
  }

  hostUpdated(): void {
    const log = this.#host.shadowRoot!.querySelector<HTMLElement>('.log');
    if (log !== this.#log) this.#useLog(log);
    this.#position.observe(log);
    if (!log) return;
    if (this.#locale !== this.#writtenIn) this.#rewrite();
    this.#write();
    this.#followVoice();
    // To ask where an empty log stands would only make the browser lay out the page before the time.
    if (log.firstChild) this.#position.keep();
  }

  /** Shows what has changed in the host's transcript; to be called at each change, without a rendering of the host. */
  update(): void {
    if (!this.#log || !this.#write()) return;
    this.#followVoice();
    this.#position.keep();
  }

  hostDisconnected(): void {
    this.#spoken.stop();
    this.#position.observe(null);
  }

  /** The transcript was hidden, or is shown again, possibly in another element. */
  #useLog(log: HTMLElement | null): void {
    this.#log = log;
    if (log && this.#list) this.#list.moveTo(log);
    else if (log) this.#list = new LineList(log);
  }

  /** The page's language has changed. */
  #rewrite(): void {
    const { code, strings } = (this.#writtenIn = this.#locale!);
    this.#times.lang = code;
    this.#entries.forEach((entry, index) => {
      const line = this.#lines[index]!;
      writeLine(line, entry, strings);
      this.#times.rewrite(line, entry.createdAt);
    });
  }

  /** Writes what has changed; false if there is nothing. */
  #write(): boolean {
    const isChanged = this.#writeChanges();
    return this.#shown.place(this.#list!, this.#entries, this.#lines) || isChanged;
  }

  /** Writes the entries between the first and the last that differ from what is shown; false if there are none. */
  #writeChanges(): boolean {
    const before = this.#entries;
    const after = this.#host.transcript;
    const spokenBefore = this.#spokenNow;
    const spokenNow = this.#answerSpokenNow();
    if (before === after && spokenBefore === spokenNow) return false;
    this.#entries = after;
    this.#spokenNow = spokenNow;
    const isSame = (old: TranscriptEntry | undefined, entry: TranscriptEntry | undefined): boolean =>
      old === entry && (old?.id === spokenBefore) === (entry?.id === spokenNow);
    const shortest = Math.min(before.length, after.length);
    let start = 0;
    while (start < shortest && isSame(before[start], after[start])) start++;
    let sameAtEnd = 0;
    while (sameAtEnd < shortest - start && isSame(before.at(-1 - sameAtEnd), after.at(-1 - sameAtEnd))) sameAtEnd++;
    const oldEntries = before.slice(start, before.length - sameAtEnd);
    const newEntries = after.slice(start, after.length - sameAtEnd);
    const oldLines = this.#lines.slice(start, start + oldEntries.length);
    const reusable = new Map(
      oldEntries.map((entry, index) => [lineKey(entry, spokenBefore), oldLines[index]!] as const),
    );
    const newLines = this.#writeLines(
      newEntries,
      reusable,
      this.#shown.endOf(after[start - 1], this.#lines[start - 1]),
    );
    const latestBefore = this.#lines.at(-1);
    this.#lines.splice(start, oldLines.length, ...newLines);
    markLatest(latestBefore, this.#lines.at(-1));
    return true;
  }

  /**
   * The words of an answer are complete before its sound, and it may still be cut off. A line that was announced before
   * its sound began is not announced again.
   */
  #answerSpokenNow(): string | undefined {
    const { state, transcript } = this.#host;
    const last = state === 'speaking' ? transcript.findLast(({ role }) => role === 'assistant') : undefined;
    if (last?.status !== 'final' || last.source !== 'speech') return undefined;
    const line = this.#lines[this.#entries.findLastIndex(({ id }) => id === last.id)];
    return line && !line.ariaHidden ? undefined : last.id;
  }

  #followVoice(): void {
    const last = this.#host.transcript.findLast(({ role }) => role === 'assistant');
    if (last?.status === 'interrupted') this.#spoken.stop();
    else this.#spoken.follow(this.#answerWithVoice(last));
  }

  /** The words come before the sound: an answer whose words arrive will be spoken. */
  #answerWithVoice(last: TranscriptEntry | undefined): SpokenAnswer | undefined {
    if (last?.source !== 'speech') return undefined;
    const { state } = this.#host;
    const heard = state === 'speaking';
    const willBeHeard = state === 'thinking' && (last.status === 'partial' || last.id === this.#spoken.id);
    const line = this.#lines[this.#entries.findLastIndex(({ id }) => id === last.id)];
    if (!line || !(heard || willBeHeard)) return undefined;
    return { id: last.id, words: line.querySelector('.words')!, heard };
  }

  /** Writes entries into their lines, behind the line `previous`; lines that are not used again are removed. */
  #writeLines(
    entries: readonly TranscriptEntry[],
    reusable: Map<string, HTMLElement>,
    previous: HTMLElement | undefined,
  ): HTMLElement[] {
    const complete: Timed[] = [];
    const lines = entries.map((entry) => {
      const key = lineKey(entry, this.#spokenNow);
      const old = reusable.get(key);
      const line = old ?? createLine(entry, this.#spokenNow);
      if (!old && !line.ariaHidden) complete.push([line, entry.createdAt]);
      reusable.delete(key);
      writeLine(line, entry, this.#locale!.strings);
      return line;
    });
    for (const line of reusable.values()) this.#list!.remove(line);
    lines.forEach((line, index) => {
      const before = index > 0 ? this.#shown.endOf(entries[index - 1], lines[index - 1]) : previous;
      this.#list!.place(line, before);
    });
    this.#times.follow(complete);
    return lines;
  }
}

/** Pages that show captions hide all other lines. */
function markLatest(before: Element | undefined, now: Element | undefined): void {
  if (before === now) return;
  before?.part.remove('entry-latest');
  now?.part.add('entry-latest');
}
