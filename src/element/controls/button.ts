import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';

export interface ButtonView {
  readonly label: string;
  readonly icon?: TemplateResult;
  /** What it is for: its class, and as `…-button` its part. */
  readonly name: string;
  /** It takes the focus when the button that had it gives way. */
  readonly main?: boolean;
  readonly disabled?: boolean;
  /** Given for a toggle. */
  readonly pressed?: boolean;
  readonly act: (event: MouseEvent) => unknown;
  /** The pointer or the focus arrives. */
  readonly approach?: () => void;
}

/** A button with words on it. */
export function button({ name, label, icon, main, disabled, pressed, act, approach }: ButtonView): TemplateResult {
  return html`<button
    class="button ${name}"
    part="${name}-button"
    aria-pressed=${pressed ?? nothing}
    ?data-main=${main}
    ?disabled=${disabled}
    @click=${act}
    @pointerenter=${approach}
    @focus=${approach}
  >
    ${icon}<span>${label}</span>
  </button>`;
}

/** Something that the visitor agrees to or not. */
export function question(
  words: unknown,
  { decline, accept }: Strings,
  main: boolean,
  answer: (accepted: boolean) => void,
): TemplateResult {
  return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
    <div id="question">${words}</div>
    <div class="row">
      ${button({ name: 'decline', label: decline, act: () => answer(false) })}
      ${button({ name: 'accept', label: accept, main, act: () => answer(true) })}
    </div>
  </div>`;
}
