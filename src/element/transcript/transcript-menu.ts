import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { Spoken } from '../announcements/announcements.js';
import { moreIcon } from '../controls/icons.js';
import type { TranscriptFormat } from './transcript-export.js';

/** How long the card says what came of copying, in ms. */
const CONFIRMED_MS = 2000;

export interface MenuHost extends ReactiveControllerHost, Element {
  readonly noExport: boolean;
  readonly transcript: readonly unknown[];
  copyTranscript(format: TranscriptFormat): Promise<void>;
  downloadTranscript(format: TranscriptFormat): void;
}

/** What came of copying. Each is an object of its own, so that the same words are announced again. */
interface Outcome {
  readonly words: 'copied' | 'notCopied';
}

/** The button “⋯” and its menu, which copies and downloads the transcript, in a call and after it. */
export class TranscriptMenu implements ReactiveController {
  readonly #host: MenuHost;
  #open = false;
  /** The item that gets the focus when the menu is drawn; -1 is the last. */
  #focusNext: 0 | -1 | undefined;
  #outcome: Outcome | undefined;

  constructor(host: MenuHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    // The page has taken it away meanwhile.
    if (this.#items.length === 0) this.#setOpen(false);
    if (this.#focusNext !== undefined) this.#items.at(this.#focusNext)?.focus();
    this.#focusNext = undefined;
  }

  hostDisconnected(): void {
    this.#setOpen(false);
  }

  /** Its place is kept before there is anything to copy, so that nothing beside it moves. */
  render(strings: Strings): TemplateResult | typeof nothing {
    const { noExport, transcript } = this.#host;
    if (noExport) return nothing;
    const outcome = this.#outcome && strings[this.#outcome.words];
    return html`<div class="more" @keydown=${this.#keyDown} @focusout=${this.#focusOut} @mousedown=${keepFocus}>
      ${transcript.length > 0 ? this.#renderButton(strings) : nothing}
      ${outcome ? html`<span class="pop outcome" aria-hidden="true">${outcome}</span>` : nothing}
    </div>`;
  }

  #renderButton(strings: Strings): TemplateResult {
    return html`<button
        class="gear"
        part="menu-button"
        aria-label=${strings.more}
        aria-haspopup="menu"
        aria-expanded=${this.#open}
        @click=${() => this.#setOpen(!this.#open)}
      >
        ${moreIcon}</button
      >${this.#open ? this.#renderMenu(strings) : nothing}`;
  }

  #renderMenu({ more, copy, download }: Strings): TemplateResult {
    const item = (label: string, act: () => void): TemplateResult =>
      html`<button part="menu-item" role="menuitem" tabindex="-1" @click=${() => this.#choose(act)}>${label}</button>`;
    return html`<div class="pop menu" part="menu" role="menu" aria-label=${more}>
      ${item(copy, this.#copy)} ${item(download, () => this.#host.downloadTranscript('text'))}
      ${item(`${download} (JSON)`, () => this.#host.downloadTranscript('json'))}
    </div>`;
  }

  /** What a screen reader says: whether copying worked. */
  spoken(strings: Strings): Spoken[] {
    const key = this.#outcome;
    return key ? [{ key, words: strings[key.words] }] : [];
  }

  #choose(act: () => void): void {
    this.#close();
    act();
  }

  readonly #copy = (): void => {
    this.#host.copyTranscript('text').then(
      () => this.#confirm({ words: 'copied' }),
      () => this.#confirm({ words: 'notCopied' }),
    );
  };

  #confirm(outcome: Outcome): void {
    this.#showOutcome(outcome);
    setTimeout(() => {
      if (this.#outcome === outcome) this.#showOutcome(undefined);
    }, CONFIRMED_MS);
  }

  #showOutcome(outcome: Outcome | undefined): void {
    this.#outcome = outcome;
    this.#host.requestUpdate();
  }

  /** A menu that opens gets the focus. */
  #setOpen(open: boolean, focusNext: 0 | -1 = 0): void {
    if (open === this.#open) return;
    const { ownerDocument: document } = this.#host;
    this.#open = open;
    this.#focusNext = open ? focusNext : undefined;
    if (open) this.#showOutcome(undefined);
    else this.#host.requestUpdate();
    // On a phone, a tap beside it takes no focus from it.
    if (open) document.addEventListener('pointerdown', this.#pressOutside, true);
    else document.removeEventListener('pointerdown', this.#pressOutside, true);
  }

  /** A focus that is in the menu goes back to the button. */
  #close(): void {
    const { activeElement } = this.#host.shadowRoot!;
    if (activeElement?.closest('.menu')) this.#place!.querySelector('button')!.focus();
    this.#setOpen(false);
  }

  /** Escape closes the menu only: the settings, the panel around it and a dialog of the page stay open. */
  readonly #keyDown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const isShortcut = ctrlKey || metaKey || altKey;
    if (isShortcut || !this.#uses(key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Does what a key does in a menu; false if it does nothing. */
  #uses(key: string): boolean {
    const items = this.#items;
    const at = items.indexOf(this.#host.shadowRoot!.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: -1 }[key];
    if (this.#open && key === 'Escape') this.#close();
    else if (this.#open && next !== undefined) items.at(next % items.length)!.focus();
    else if (key === 'ArrowDown' || key === 'ArrowUp') this.#setOpen(true, key === 'ArrowUp' ? -1 : 0);
    else return false;
    return true;
  }

  readonly #focusOut = ({ relatedTarget }: FocusEvent): void => {
    if (!this.#place?.contains(relatedTarget as Node | null)) this.#close();
  };

  readonly #pressOutside = (event: Event): void => {
    if (!this.#place || !event.composedPath().includes(this.#place)) this.#close();
  };

  get #place(): Element | null {
    return this.#host.shadowRoot!.querySelector('.more');
  }

  get #items(): HTMLElement[] {
    return [...this.#host.shadowRoot!.querySelectorAll<HTMLElement>('.menu button')];
  }
}

/** A press of the mouse leaves the focus in the menu: Safari would take it away, and the menu would close too early. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
