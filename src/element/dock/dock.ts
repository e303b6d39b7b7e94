import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { VoiceState } from '../../session/index.js';
import type { FocusKeeper } from './focus-keeper.js';
import { closeIcon } from '../controls/icons.js';
import type { Controller, ViewElement } from '../view-element.js';

export type Placement = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';

export interface DockHost extends ViewElement {
  open: boolean;
  readonly variant: string;
  readonly placement: Placement;
  readonly state: VoiceState;
  /** Given while a call runs. */
  readonly session: unknown;
}

export interface DockView {
  readonly panel: () => TemplateResult;
  readonly mark: TemplateResult;
  readonly label: string;
  readonly close: string;
  /** The state in a word, for a call that goes on while the panel is closed. */
  readonly word: string;
}

/**
 * The launcher and its panel at the edge of the window. They are in the browser's top layer where there is one
 * (`popover`), so that no stacking context of the page hides them. The panel is a dialog that leaves the page usable:
 * Escape closes it and a running call goes on, visible on the launcher.
 */
export class Dock implements Controller {
  readonly #host: DockHost;
  readonly #focus: FocusKeeper;
  #wasOpen = false;

  constructor(host: DockHost, focus: FocusKeeper) {
    this.#host = host;
    this.#focus = focus;
    host.addController(this);
  }

  hostUpdated(): void {
    const { renderRoot, open } = this.#host;
    const dock = renderRoot.querySelector<HTMLElement>('.dock');
    // A browser without popovers takes it for any box.
    if (dock?.isConnected && dock.showPopover && !dock.matches(':popover-open')) dock.showPopover();
    if (dock && open !== this.#wasOpen) this.#moveFocus(open);
    this.#wasOpen = open;
  }

  render({ panel, mark, label, close, word }: DockView): TemplateResult {
    const { open, placement, session } = this.#host;
    return html`<div class="dock" popover="manual" data-placement=${placement} @keydown=${this.#onKey}>
      ${open ? html`<div class="drawer" id="drawer" role="dialog" aria-labelledby="heading" tabindex="-1">${panel()}</div>` : nothing}
      <button
        class="launcher"
        part="launcher"
        aria-label=${open ? close : session ? `${label}: ${word}` : label}
        aria-expanded=${open}
        aria-controls=${open ? 'drawer' : nothing}
        @click=${this.#toggle}
      >
        ${open ? closeIcon : html`<slot name="launcher-icon">${mark}</slot>`}${session && !open ? html`<span>${word}</span>` : nothing}
      </button>
    </div>`;
  }

  readonly #toggle = ({ currentTarget }: Event): void => {
    // In Safari a click leaves the focus where it was.
    (currentTarget as HTMLElement).focus();
    this.#host.open = !this.#host.open;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    // The Escape that ends a composition belongs to the composition.
    if (event.key !== 'Escape' || event.isComposing || !this.#host.open) return;
    event.stopPropagation();
    this.#host.open = false;
  };

  /** Into the panel as it opens, and back to the launcher as it closes with the focus in it; never out of the page's hands. */
  #moveFocus(open: boolean): void {
    const { renderRoot } = this.#host;
    const { activeElement } = renderRoot;
    const launcher = renderRoot.querySelector<HTMLElement>('.launcher')!;
    if (!open) {
      if (this.#focus.lost) launcher.focus();
    } else if (activeElement === launcher) this.#focus.toMain();
  }
}
