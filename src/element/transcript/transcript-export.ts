import { html, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { remark, speaker } from './transcript-view.js';
import type { ControllerHost } from '../view-element.js';

export type TranscriptFormat = 'text' | 'json';

/** How long a button says that it has done its work, in milliseconds. */
const SAID_FOR = 2000;

/** What was said in plain text, a paragraph for each utterance, or as JSON with every field; a dictation needs no names. */
export function exportTranscript(
  entries: readonly TranscriptEntry[],
  format: TranscriptFormat,
  strings: Strings,
  named = true,
): string {
  if (format === 'json') return JSON.stringify(entries, null, 2);
  const paragraphs = entries.map((entry) => {
    const words = named ? `${speaker(entry, strings)}: ${entry.text}` : entry.text;
    return [words, remark(entry, strings)].filter(Boolean).join(' — ');
  });
  return paragraphs.join('\n\n');
}

/** Hands a text over as a file. */
export function download(content: string, format: TranscriptFormat): void {
  const link = document.createElement('a');
  // A policy governs what a page loads; a download loads nothing into it.
  // eslint-disable-next-line no-restricted-syntax
  link.href = URL.createObjectURL(new Blob([content], { type: format === 'json' ? 'application/json' : 'text/plain' }));
  link.download = `transcript.${format === 'json' ? format : 'txt'}`;
  link.click();
  // The browser has taken the address by then.
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_FOR);
}

/** What the button says that copies. */
type CopyWord = 'copy' | 'copied' | 'notCopied';

/** What the buttons act upon. */
export interface ExportHost extends ControllerHost {
  copyTranscript(format: TranscriptFormat): Promise<void>;
  downloadTranscript(format: TranscriptFormat): void;
}

/** The row with which the visitor takes the words along. */
export class TranscriptExport {
  readonly #host: ExportHost;
  #format: TranscriptFormat = 'text';
  #copy: CopyWord = 'copy';

  constructor(host: ExportHost) {
    this.#host = host;
  }

  render(strings: Strings): TemplateResult {
    const json = this.#format === 'json';
    return html`<div class="row export">
      <button @click=${this.#take}><span aria-live="polite">${strings[this.#copy]}</span></button>
      <button @click=${() => this.#host.downloadTranscript(this.#format)}>${strings.download}</button>
      <button
        aria-pressed=${json}
        @click=${() => {
          this.#format = json ? 'text' : 'json';
          this.#host.requestUpdate();
        }}
      >
        JSON
      </button>
    </div>`;
  }

  readonly #take = (): void => {
    this.#host.copyTranscript(this.#format).then(
      () => this.#say('copied'),
      () => this.#say('notCopied'),
    );
  };

  #say(copy: CopyWord): void {
    this.#copy = copy;
    this.#host.requestUpdate();
    if (copy !== 'copy') setTimeout(() => this.#say('copy'), SAID_FOR);
  }
}
