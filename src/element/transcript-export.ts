import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import type { TranscriptEntry } from '../session/index.js';

const REPORT_MS = 2500;

/** The conversation as plain text, a line for each utterance: "You: …". */
export function toText(entries: readonly TranscriptEntry[], strings: Strings): string {
  return entries
    .filter(({ text }) => text !== '')
    .map(({ role, text, status }) => {
      const name = role === 'user' ? strings.you : strings.assistant;
      return `${name}: ${text}${status === 'interrupted' ? ` (${strings.cutOff})` : ''}`;
    })
    .join('\n');
}

/** The conversation as JSON, every field of every entry. */
export function toJson(entries: readonly TranscriptEntry[]): string {
  return JSON.stringify(entries, undefined, 2);
}

/**
 * Lets the visitor take the words along. Copying, not downloading: without a server a download needs a `blob:` or
 * `data:` address, and the element uses neither, so that it stays clean under any content security policy.
 */
export class TranscriptExport implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #report: { what: 'text' | 'json'; copied: boolean } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#report = undefined;
  }

  render(entries: readonly TranscriptEntry[], strings: Strings): TemplateResult {
    const label = (what: 'text' | 'json', name: string): string => {
      if (this.#report?.what !== what) return name;
      return this.#report.copied ? strings.copied : strings.copyFailed;
    };
    return html`<div class="export">
      <button class="link" @click=${() => this.#copy('text', toText(entries, strings))}>
        ${label('text', strings.copyText)}</button
      ><button class="link" @click=${() => this.#copy('json', toJson(entries))}>
        ${label('json', strings.copyJson)}
      </button>
    </div>`;
  }

  async #copy(what: 'text' | 'json', content: string): Promise<void> {
    let copied = true;
    try {
      await navigator.clipboard.writeText(content);
    } catch {
      copied = false;
    }
    clearTimeout(this.#timer);
    this.#show({ what, copied });
    this.#timer = setTimeout(() => this.#show(undefined), REPORT_MS);
  }

  #show(report: { what: 'text' | 'json'; copied: boolean } | undefined): void {
    this.#report = report;
    this.#host.requestUpdate();
  }
}
