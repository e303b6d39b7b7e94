import { adoptStyles, type LitElement, type ReactiveController } from 'lit';

/**
 * Gives the element its styles in whatever document it is. A style sheet belongs to the document that made it: Lit's
 * own sheets cannot be used in an iframe or a picture-in-picture window, and the browser takes the sheets away from an
 * element that moves to another document.
 */
export class DocumentStyles implements ReactiveController {
  readonly #host: LitElement;
  /** The document that the element has its styles for. */
  #document: Document | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const { ownerDocument } = this.#host;
    const { defaultView } = ownerDocument;
    if (ownerDocument === this.#document || !defaultView) return;
    this.#document = ownerDocument;
    const { elementStyles } = this.#host.constructor as typeof LitElement;
    const root = this.#host.renderRoot as ShadowRoot;
    if (ownerDocument === document) return adoptStyles(root, elementStyles);
    const sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(elementStyles.join('\n'));
    root.adoptedStyleSheets = [sheet];
  }
}
