import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Strings } from '../../locales/strings.js';
import type { Spoken } from '../announcements/announcements.js';
import { closeIcon } from '../controls/icons.js';
import type { Placement } from '../options.js';
import type { Avatar } from './avatar.js';
import type { FocusKeeper } from './focus-keeper.js';
import { Nudge, type NudgeHost } from './nudge.js';

export interface DockHost extends NudgeHost {
  readonly placement: Placement;
  readonly launcherLabel: string | undefined;
}

export interface DockView {
  readonly renderPanel: () => TemplateResult;
  readonly mark: TemplateResult;
  readonly label: string;
  readonly strings: Strings;
  /** The state in words, for a call that goes on while the panel is closed. */
  readonly word: string;
}

/**
 * The launcher and its panel at the edge of the window. They are in the browser's top layer where there is one
 * (`popover`), so that no stacking context of the page hides them. The panel is a dialog that leaves the page usable:
 * Escape closes it, and a running call goes on and is shown on the launcher.
 */
export class Dock implements ReactiveController {
  readonly #host: DockHost;
  readonly #focus: FocusKeeper;
  readonly #avatar: Avatar;
  readonly #nudge: Nudge;
  #wasOpen = false;

  constructor(host: DockHost, focus: FocusKeeper, avatar: Avatar) {
    this.#host = host;
    this.#focus = focus;
    this.#avatar = avatar;
    this.#nudge = new Nudge(host);
    host.addController(this);
  }

  hostUpdated(): void {
    const { shadowRoot, open } = this.#host;
    const dock = shadowRoot!.querySelector<HTMLElement>('.dock');
    if (dock) showInTopLayer(dock);
    if (dock && open !== this.#wasOpen) this.#moveFocus();
    this.#wasOpen = open;
  }

  /** What is announced of it. */
  get spoken(): readonly Spoken[] {
    return this.#nudge.spoken;
  }

  render(view: DockView): TemplateResult {
    const { open, placement } = this.#host;
    return html`<div class="dock" popover="manual" data-placement=${placement} @keydown=${this.#keyDown}>
      ${open ? renderDrawer(view.renderPanel()) : this.#nudge.render(view.strings)} ${this.#renderLauncher(view)}
    </div>`;
  }

  #renderLauncher({ mark, label, strings, word }: DockView): TemplateResult {
    const { open, session, launcherLabel } = this.#host;
    const showsCall = !open && session !== undefined;
    // What is seen is part of the name, so that it can be said to press the button.
    const closedLabel = showsCall ? `${label}: ${word}` : launcherLabel || label;
    const words = showsCall ? word : launcherLabel;
    return html`<button
      class="launcher"
      part="launcher"
      aria-label=${open ? strings.close : closedLabel}
      aria-expanded=${open}
      aria-controls=${open ? 'drawer' : nothing}
      @click=${this.#toggle}
    >
      ${open ? closeIcon : html`<slot name="launcher-icon">${showsCall ? mark : this.#avatar.render(mark)}</slot>`}
      ${open || !words ? nothing : renderWords(showsCall ? 'word' : 'label', words)}
    </button>`;
  }

  readonly #toggle = ({ currentTarget }: Event): void => {
    // In Safari a click does not focus a button.
    (currentTarget as HTMLElement).focus();
    this.#host.visitorOpens(!this.#host.open);
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    // An Escape during an IME composition ends the composition only.
    if (event.key !== 'Escape' || event.isComposing || !this.#host.open) return;
    event.stopPropagation();
    this.#host.visitorOpens(false);
  };

  /**
   * Moves the focus into a panel that opens, and back to the launcher when a panel that had the focus closes. A focus
   * that is elsewhere on the page stays there.
   */
  #moveFocus(): void {
    const { shadowRoot, open } = this.#host;
    const launcher = shadowRoot!.querySelector<HTMLElement>('.launcher')!;
    if (open && shadowRoot!.activeElement === launcher) this.#focus.focusMain();
    if (!open && this.#focus.lost) launcher.focus();
  }
}

/** Other words are new nodes, which appear softly. */
function renderWords(name: string, words: string): TemplateResult {
  return html`<span class=${name}>${keyed(words, html`<span>${words}</span>`)}</span>`;
}

function renderDrawer(panel: TemplateResult): TemplateResult {
  return html`<div class="drawer" id="drawer" role="dialog" aria-labelledby="heading" tabindex="-1">${panel}</div>`;
}

/** A browser without popovers takes the dock for any box. */
function showInTopLayer(dock: HTMLElement): void {
  if (dock.isConnected && dock.showPopover && !dock.matches(':popover-open')) dock.showPopover();
}
