import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { Intent } from './intent.js';

export interface ButtonView {
  /** Purpose of the button: its class, and with `-button` its part. */
  readonly name: string;
  readonly label: string;
  readonly icon?: TemplateResult;
  /** It gets the focus when the focused button disappears. */
  readonly main?: boolean;
  readonly disabled?: boolean;
  /** Given for a toggle. */
  readonly pressed?: boolean;
  readonly onClick: (event: MouseEvent) => unknown;
  /** Notices that the visitor is about to press the button. */
  readonly intent?: Intent;
}

/** A button with words on it. */
export function button(view: ButtonView): TemplateResult {
  const { name, label, icon, main, disabled, pressed, onClick, intent } = view;
  return html`<button
    class="button ${name}"
    part="${name}-button"
    aria-pressed=${pressed ?? nothing}
    ?data-main=${main}
    ?disabled=${disabled}
    @click=${onClick}
    @pointermove=${intent?.onPointerMove}
    @pointerleave=${intent?.onPointerLeave}
    @pointerdown=${intent?.onPointerDown}
    @keydown=${intent?.onKeyDown}
  >
    ${icon}<span>${label}</span>
  </button>`;
}

export interface Question {
  readonly words: unknown;
  /** Accepting is what most visitors want next: that button gets the focus. */
  readonly acceptIsMain: boolean;
  readonly answer: (accepted: boolean) => void;
}

/** A question that the visitor accepts or declines. */
export function question({ words, acceptIsMain, answer }: Question, { accept, decline }: Strings): TemplateResult {
  return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
    <div id="question">${words}</div>
    <div class="row">
      ${button({ name: 'decline', label: decline, onClick: () => answer(false) })}
      ${button({ name: 'accept', label: accept, main: acceptIsMain, onClick: () => answer(true) })}
    </div>
  </div>`;
}
