import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Strings } from '../../locales/strings.js';
import { button } from '../controls/button.js';
import { stopIcon } from '../controls/icons.js';
import { SoftEdges } from '../soft-edges.js';
import type { MicrophoneStatus } from './status.js';

export interface StageHost extends ReactiveControllerHost, Element {
  interrupt(): void;
}

export interface StageView {
  readonly meter: TemplateResult;
  readonly word: string;
  readonly hint: string | undefined;
  /** Stands in the place of a hint. */
  readonly greeting: string | undefined;
  /** What to do about a failure; in the place of a hint, too. */
  readonly fix: TemplateResult | undefined;
  readonly microphone: MicrophoneStatus | undefined;
  /** Undefined while there is no button to interrupt the assistant; `waiting` while there is nothing to interrupt. */
  readonly interrupt: 'waiting' | 'ready' | undefined;
}

/**
 * The middle of the card: the meter, the status in words, a hint, the microphone, and the button to interrupt. Each has
 * a place of its own, so that none moves another one.
 */
export class Stage {
  readonly #host: StageHost;

  constructor(host: StageHost) {
    this.#host = host;
    new SoftEdges(host);
  }

  render(view: StageView, strings: Strings): TemplateResult {
    const { meter, word, hint, greeting, fix, microphone, interrupt } = view;
    // New words are new nodes: otherwise the browser counts centred ones as moved.
    return html`<div class="stage">
      <slot name="visual">${meter}</slot>
      ${microphone ? renderMicrophone(microphone) : nothing}
      <div class="line">
        <div class="word" part="status" tabindex="-1">${keyed(word, html`<span>${word}</span>`)}</div>
        ${hint ? html`<p class="hint">${hint}</p>` : nothing}
        ${greeting && !hint ? html`<p class="hint greeting">${greeting}</p>` : nothing} ${fix}
      </div>
      ${interrupt ? this.#renderInterrupt(interrupt === 'waiting', strings) : nothing}
    </div>`;
  }

  /** It stays during the whole call, so that the focus does not go elsewhere by itself when an answer ends. */
  #renderInterrupt(waiting: boolean, { interrupt: label }: Strings): TemplateResult {
    const onClick = (): void => this.#host.interrupt();
    return button({ name: 'interrupt', label, icon: stopIcon, tooltip: true, waiting, onClick });
  }
}

function renderMicrophone({ live, word }: MicrophoneStatus): TemplateResult {
  return html`<span class="microphone ${live ? 'live' : ''}">${keyed(word, word)}</span>`;
}
