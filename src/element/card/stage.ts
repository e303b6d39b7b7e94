import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from '../controls/button.js';
import { stopIcon } from '../controls/icons.js';

export interface StageHost extends ReactiveControllerHost, Element {
  readonly state: VoiceState;
  interrupt(): void;
}

export interface StageView {
  readonly meter: TemplateResult;
  readonly word: string;
  readonly hint: string | undefined;
  /** Whether the visitor can interrupt the assistant now. */
  readonly interruptible: boolean;
}

/** The middle of the card: the meter, the status in words, and a hint. */
export class Stage implements ReactiveController {
  readonly #host: StageHost;
  #state: VoiceState = 'idle';
  #keepsInterrupt = false;

  constructor(host: StageHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { state, shadowRoot } = this.#host;
    this.#keepsInterrupt = shadowRoot!.querySelector('.interrupt:focus-visible') !== null;
    this.#state = state;
  }

  render({ meter, word, hint, interruptible }: StageView, strings: Strings): TemplateResult {
    const showsInterrupt = interruptible || (this.#keepsInterrupt && isTurn(this.#state));
    return html`<div class="stage">
      <slot name="visual">${meter}</slot>
      <div class="line" @focusout=${this.#focusLeaves}>
        <div class="word" part="status" tabindex="-1">${word}</div>
        ${showsInterrupt ? this.#renderInterrupt(interruptible, strings) : nothing}
      </div>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    </div>`;
  }

  /** It stays while a keyboard is on it, so that the focus does not go elsewhere by itself. */
  #renderInterrupt(interruptible: boolean, { interrupt: label }: Strings): TemplateResult {
    const interrupt = (): void => this.#host.interrupt();
    return button({ name: 'interrupt', label, icon: stopIcon, waiting: !interruptible, onClick: interrupt });
  }

  readonly #focusLeaves = (): void => this.#host.requestUpdate();
}

function isTurn(state: VoiceState): boolean {
  return state === 'listening' || state === 'thinking' || state === 'speaking';
}
