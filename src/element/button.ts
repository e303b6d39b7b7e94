import { html, nothing, type TemplateResult } from 'lit/html.js';

export interface ButtonView {
  readonly label: string;
  readonly icon?: TemplateResult;
  /** Further classes: how it looks. */
  readonly look?: string;
  readonly part?: string;
  /** It takes the focus when the button that had it gives way. */
  readonly main?: boolean;
  readonly disabled?: boolean;
  /** Given for a toggle. */
  readonly pressed?: boolean;
  readonly act: (event: MouseEvent) => void;
  /** The pointer or the focus arrives. */
  readonly approach?: () => void;
}

/** A button with words on it. */
export function button(view: ButtonView): TemplateResult {
  return html`<button
    class="button ${view.look}"
    part=${view.part ?? nothing}
    aria-pressed=${view.pressed ?? nothing}
    ?data-main=${view.main}
    ?disabled=${view.disabled}
    @click=${view.act}
    @pointerenter=${view.approach}
    @focus=${view.approach}
  >
    ${view.icon}<span>${view.label}</span>
  </button>`;
}
