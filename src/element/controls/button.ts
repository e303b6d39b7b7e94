import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Intent } from './intent.js';

export interface ButtonView {
  /** Purpose of the button: its class, and with `-button` its part. */
  readonly name: string;
  readonly label: string;
  /** Another label that it will have: it is wide enough for both. */
  readonly reserve?: string | undefined;
  readonly icon?: TemplateResult;
  /** It gets the focus when the focused button disappears. */
  readonly main?: boolean | undefined;
  readonly disabled?: boolean;
  /** Its words may have no room: a pointer that rests on it shows them. */
  readonly tooltip?: boolean;
  /** It has nothing to do now and ignores clicks, but keeps the focus. */
  readonly waiting?: boolean;
  readonly onClick: (event: MouseEvent) => unknown;
  /** Notices that the visitor is about to press the button. */
  readonly intent?: Intent;
}

/** A button with words on it. New words are new nodes: otherwise the browser counts centred ones as moved. */
export function button(view: ButtonView): TemplateResult {
  const { name, label, reserve, icon, main, disabled, tooltip, waiting, onClick, intent } = view;
  return html`<button
    class="button ${name}"
    part="${name}-button"
    title=${tooltip ? label : nothing}
    aria-disabled=${waiting || nothing}
    ?data-main=${main}
    ?disabled=${disabled}
    @click=${waiting ? nothing : onClick}
    @pointermove=${intent}
    @pointerdown=${intent}
    @pointerup=${intent}
    @pointerleave=${intent}
    @pointercancel=${intent}
    @keydown=${intent}
    @keyup=${intent}
    @blur=${intent}
  >
    ${keyed(label, html`${icon}<span data-reserve=${reserve ?? nothing}>${label}</span>`)}
  </button>`;
}
