import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { Part } from '../part.js';
import type { ViewElement } from '../view-element.js';

/** How near the end, in pixels, still counts as reading along. */
const NEAR_END = 32;

export function speaker({ role }: TranscriptEntry, { you, assistant }: Strings): string {
  return role === 'user' ? you : assistant;
}

/** Why an entry is not simply what was said, in words: never by colour or a dash alone. */
export function remark({ status, source }: TranscriptEntry, { cutOff, notTranscribed, notSent }: Strings): string {
  if (status === 'interrupted') return cutOff;
  if (status !== 'failed') return '';
  return source === 'speech' ? notTranscribed : notSent;
}

/** Brings the line of an utterance up to date. */
function write(line: HTMLElement, entry: TranscriptEntry, strings: Strings): void {
  const { role, status } = entry;
  const open = status === 'partial';
  line.className = `entry ${role} ${status}`;
  line.setAttribute('part', `entry entry-${role}`);
  if (open) line.ariaHidden = 'true';
  render(
    html`<span class="who">${speaker(entry, strings)}</span
      ><span class="words" dir="auto">${entry.text || (open ? '…' : '')}</span
      ><span class="remark">${remark(entry, strings)}</span>`,
    line,
  );
}

/**
 * The words of the conversation, text and never HTML. While words still come, a line is hidden from assistive
 * technology; when they are complete a new line takes its place, so that a live region speaks each utterance once,
 * and whole. Lines are kept by the entry's id and follow the order of the entries.
 */
export class TranscriptLog extends Part<ViewElement> {
  #lines = new Map<string, HTMLElement>();
  #entries: readonly TranscriptEntry[] = [];
  #strings!: Strings;
  #readingAlong = true;

  render(entries: readonly TranscriptEntry[], strings: Strings, lang: string): TemplateResult {
    this.#entries = entries;
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
    const log = this.host.renderRoot.querySelector('.log') as HTMLElement | null;
    if (!log) return;
    const lines = new Map(this.#entries.map((entry) => this.#lineOf(entry)));
    for (const [key, line] of this.#lines) if (!lines.has(key)) line.remove();
    // A line that is in its place already is not moved: moving it would have it spoken again.
    let place = log.firstElementChild;
    for (const line of lines.values()) {
      if (place === line) place = place.nextElementSibling;
      else log.insertBefore(line, place);
    }
    this.#lines = lines;
    // Only what scrolls needs a place in the tab order.
    if (log.scrollHeight > log.clientHeight + 1) log.tabIndex = 0;
    else log.removeAttribute('tabindex');
    if (this.#readingAlong) log.scrollTop = log.scrollHeight;
  }

  #lineOf(entry: TranscriptEntry): [string, HTMLElement] {
    const key = entry.id + (entry.status === 'partial');
    const line = this.#lines.get(key) ?? document.createElement('div');
    write(line, entry, this.#strings);
    return [key, line];
  }

  readonly #noteScroll = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as Element;
    this.#readingAlong = scrollHeight - scrollTop - clientHeight < NEAR_END;
  };
}
