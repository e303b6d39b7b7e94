import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import { SizeWatch } from '../size-watch.js';
import { sendIcon } from './icons.js';

export interface TextSender extends ReactiveControllerHost, Element {
  /** Undefined without a call. */
  readonly session: { readonly microphone: 'off' | 'asking' | 'on' } | undefined;
  sendText(text: string): Promise<void>;
}

/** The text field. Enter sends, Shift+Enter begins a new line; Enter that ends an IME composition does neither. */
export class TextComposer implements ReactiveController {
  readonly #host: TextSender;
  #draft = '';
  #sized: HTMLTextAreaElement | null = null;
  /** The words and the width that the height of the field was last computed for. */
  #sizedFor: readonly [string?, number?] = [];
  /** A field that was hidden or gets another width needs another height. */
  readonly #sizeWatch = new SizeWatch(() => this.#resized());

  constructor(host: TextSender) {
    this.#host = host;
    host.addController(this);
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#host.shadowRoot!.querySelector('textarea');
  }

  hostUpdated(): void {
    const field = this.#field;
    if (field !== this.#sized) this.#sizedFor = [];
    this.#sized = field;
    this.#sizeWatch.observe(field);
    if (!field || this.#draft === this.#sizedFor[0]) return;
    if (field.value !== this.#draft) field.value = this.#draft;
    this.#fitHeight(field);
  }

  hostDisconnected(): void {
    this.#sizeWatch.observe(null);
  }

  /** In the next frame: a size that changes while sizes are observed is reported as an error of the page. */
  #resized(): void {
    const field = this.#sized;
    if (field && field.clientWidth !== this.#sizedFor[1]) requestAnimationFrame(() => this.#fitHeight(field));
  }

  /** Grows with the words; the style sheet stops it at four lines. A strict CSP allows writing through the CSSOM. */
  #fitHeight(field: HTMLTextAreaElement): void {
    this.#sizedFor = [this.#draft, field.clientWidth];
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
        placeholder=${this.#host.session?.microphone === 'off' ? strings.message : strings.typeInstead}
        @input=${this.#input}
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

  readonly #input = (event: Event): void => this.#setDraft((event.target as HTMLTextAreaElement).value);

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    // Safari ends a composition before its Enter arrives; only the old key code 229 tells.
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
    this.#setDraft('');
    try {
      await this.#host.sendText(text);
    } catch {
      // A notice says what went wrong.
      this.keep(text);
    }
  }

  /** Keeps words that were not sent for the next try, unless others are in the field. */
  keep(text: string): void {
    this.#setDraft(this.#draft || text);
  }

  #setDraft(draft: string): void {
    this.#draft = draft;
    this.#host.requestUpdate();
  }
}
