import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Strings } from '../locales/en.js';
import type { TranscriptEntry } from '../session/transcript.js';

/** How near the end, in pixels, still counts as reading along. */
const NEAR_END = 32;

function isOpen(entry: TranscriptEntry): boolean {
  return entry.status === 'partial';
}

/** Why an entry is not simply what was said, in words: never by colour or a dash alone. */
function remark(entry: TranscriptEntry, strings: Strings): string | undefined {
  if (entry.status === 'interrupted') return strings.cutOff;
  if (entry.status !== 'failed') return undefined;
  return entry.source === 'speech' ? strings.notTranscribed : strings.notSent;
}

/**
 * The words of the conversation. While words still come, an entry is hidden from assistive technology; the finished
 * one takes its place as a new node, so that a live region speaks each utterance once, and whole.
 */
export class TranscriptLog implements ReactiveController {
  readonly #log = createRef<HTMLElement>();
  #readingAlong = true;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostUpdated(): void {
    const log = this.#log.value;
    if (!log) return;
    // Only what scrolls needs a place in the tab order.
    if (log.scrollHeight > log.clientHeight + 1) log.setAttribute('tabindex', '0');
    else log.removeAttribute('tabindex');
    if (this.#readingAlong) log.scrollTop = log.scrollHeight;
  }

  render(entries: readonly TranscriptEntry[], strings: Strings, lang: string): TemplateResult {
    return html`<div
      class="log"
      part="transcript"
      role="log"
      aria-label=${strings.conversation}
      lang=${lang || nothing}
      @scroll=${this.#noteScroll}
      ${ref(this.#log)}
    >${repeat(
      entries,
      (entry) => (isOpen(entry) ? `${entry.id} open` : entry.id),
      (entry) => this.#renderEntry(entry, strings),
    )}</div>`;
  }

  #renderEntry(entry: TranscriptEntry, strings: Strings): TemplateResult {
    const open = isOpen(entry);
    const note = remark(entry, strings);
    const text = entry.text || (open ? '…' : '');
    return html`<div class="entry ${entry.role} ${entry.status}" part="entry entry-${entry.role}" aria-hidden=${open ? 'true' : nothing}>
      <span class="who">${entry.role === 'user' ? strings.you : strings.assistant}</span>
      <span class="words" dir="auto">${text}</span>${note ? html` <span class="remark">${note}</span>` : nothing}
    </div>`;
  }

  readonly #noteScroll = (): void => {
    const log = this.#log.value;
    if (log) this.#readingAlong = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  };
}
