import { html, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import { sendIcon } from './icons.js';
import { Part } from '../part.js';
import type { ViewElement } from '../view-element.js';

export interface TextSender {
  sendText(text: string): Promise<void>;
}

/** The text field: Enter sends, Shift+Enter begins a new line, and Enter inside a composition belongs to the composition. */
export class TextComposer extends Part<ViewElement & TextSender> {
  #draft = '';

  get #field(): HTMLTextAreaElement | null {
    return this.host.renderRoot.querySelector('.field');
  }

  hostUpdated(): void {
    const field = this.#field;
    if (!field) return;
    if (field.value !== this.#draft) field.value = this.#draft;
    // Grows with its words; the style sheet stops it at four lines. CSSOM writes are allowed under a strict CSP.
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  focus(): void {
    this.#field?.focus();
  }

  render(strings: Strings): TemplateResult {
    return html`<form class="composer" @submit=${this.#submit}>
      <textarea
        class="field"
        part="text-field"
        rows="1"
        enterkeyhint="send"
        aria-label=${strings.message}
        placeholder=${strings.typeInstead}
        @input=${this.#type}
        @keydown=${this.#keyDown}
      ></textarea>
      <button
        class="round"
        part="send-button"
        type="submit"
        aria-label=${strings.send}
        ?data-ready=${this.#draft.trim() !== ''}
      >
        ${sendIcon}
      </button>
    </form>`;
  }

  readonly #type = (event: Event): void => {
    this.#draft = (event.target as HTMLTextAreaElement).value;
    this.host.requestUpdate();
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    // Safari ends a composition before its Enter arrives and tells only by the old key code.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!event.repeat) void this.#send();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    const text = this.#draft.trim();
    this.focus();
    if (!text) return;
    this.#draft = '';
    this.host.requestUpdate();
    try {
      await this.host.sendText(text);
    } catch {
      // The notice says what went wrong; the words are kept for the next try.
      this.#draft ||= text;
      this.host.requestUpdate();
    }
  }
}
