import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from '../controls/button.js';
import { stopIcon } from '../controls/icons.js';

export interface StageHost extends ReactiveControllerHost {
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
  #betweenTurns = false;

  constructor(host: StageHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { state } = this.#host;
    if (state === this.#state) return;
    this.#betweenTurns = isTurn(state) && isTurn(this.#state);
    this.#state = state;
  }

  render({ meter, word, hint, interruptible }: StageView, strings: Strings): TemplateResult {
    // A screen reader does not announce changes between turns: it would talk over the assistant.
    const live = this.#betweenTurns ? 'off' : 'polite';
    return html`<div class="stage">
      <slot name="visual">${meter}</slot>
      <div class="line">
        <div class="word" part="status" role="status" aria-live=${live}>${word}</div>
        ${interruptible ? this.#renderInterrupt(strings) : nothing}
      </div>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    </div>`;
  }

  #renderInterrupt({ interrupt: label }: Strings): TemplateResult {
    return button({ name: 'interrupt', label, icon: stopIcon, onClick: () => this.#host.interrupt() });
  }
}

function isTurn(state: VoiceState): boolean {
  return state === 'listening' || state === 'thinking' || state === 'speaking';
}
