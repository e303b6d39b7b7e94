import { render, type TemplateResult } from 'lit/html.js';

/**
 * A property that redraws the element when it is set: the type that its attribute is read as, or false where it has
 * none. `tokenUrl` has the attribute `token-url`; a boolean is reflected.
 */
export type PropertyType = typeof String | typeof Number | typeof Boolean | false;

/** What follows the element's life, as in Lit: https://lit.dev/docs/composition/controllers/ */
export interface Controller {
  hostConnected?(): void;
  hostDisconnected?(): void;
  hostUpdate?(): void;
  hostUpdated?(): void;
}

/** What a controller needs of the element. */
export interface ControllerHost {
  addController(controller: Controller): void;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
}

/** A style sheet as text. The build minifies templates that carry this tag. */
export const css = (texts: TemplateStringsArray, ...values: unknown[]): string => String.raw({ raw: texts }, ...values);

/** Rendered on a server there are no elements, and none is made; the class must exist all the same. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

export const attributeOf = (name: string): string => name.replace(/[A-Z]/g, '-$&').toLowerCase();

/**
 * An element that draws itself with Lit's templates: declared properties, attributes, controllers, and one
 * rendering for any number of changes. It does what this package needs of LitElement in a quarter of the size.
 */
export abstract class ViewElement extends Base implements ControllerHost {
  static properties: Readonly<Record<string, PropertyType>> = {};
  static styles = '';

  /** @internal */
  readonly renderRoot = this.attachShadow({ mode: 'open' });
  readonly #controllers: Controller[] = [];
  readonly #values: Record<string, unknown> = {};
  /** Set on the element before its class was known; set again through the accessors once it is constructed. */
  #early: Record<string, unknown> = {};
  #styled: Document | undefined;
  #update: Promise<boolean> | undefined;

  constructor() {
    super();
    const self = this as Record<string, unknown>;
    for (const name in this.#declared) {
      if (!Object.hasOwn(this, name)) continue;
      this.#early[name] = self[name];
      delete self[name];
    }
  }

  /** The browser asks once, when the element is defined: the time to complete the class. */
  static get observedAttributes(): string[] {
    const { prototype, properties } = this;
    const names = Object.keys(properties);
    for (const name of names) {
      // One that the class defines itself redraws by itself.
      if (name in prototype) continue;
      Object.defineProperty(prototype, name, {
        get(this: ViewElement) {
          return this.#values[name];
        },
        set(this: ViewElement, value: unknown) {
          this.#values[name] = value;
          this.requestUpdate();
        },
      });
    }
    return names.filter((name) => properties[name]).map(attributeOf);
  }

  get #declared(): typeof ViewElement.properties {
    return (this.constructor as typeof ViewElement).properties;
  }

  addController(controller: Controller): void {
    this.#controllers.push(controller);
  }

  connectedCallback(): void {
    // A sheet belongs to the document that it was made in; an element moved to another one comes without.
    const { ownerDocument } = this;
    const { defaultView } = ownerDocument;
    if (this.#styled !== ownerDocument && defaultView) {
      const sheet = new defaultView.CSSStyleSheet();
      sheet.replaceSync((this.constructor as typeof ViewElement).styles);
      this.renderRoot.adoptedStyleSheets = [sheet];
      this.#styled = ownerDocument;
    }
    Object.assign(this, this.#early);
    this.#early = {};
    for (const controller of this.#controllers) controller.hostConnected?.();
    this.requestUpdate();
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  attributeChangedCallback(changed: string, _: string | null, text: string | null): void {
    const [name, type] = Object.entries(this.#declared).find(([name]) => attributeOf(name) === changed)!;
    (this as Record<string, unknown>)[name] =
      type === Boolean ? text !== null : text === null ? text : (type as typeof String)(text);
  }

  /** Draws the element soon, once for all changes until then; nothing is drawn before it is in a document. */
  requestUpdate(): void {
    if (this.#styled) this.#update ??= this.#draw();
  }

  /** Resolves when the element is drawn: true unless drawing it has led to a further change. */
  get updateComplete(): Promise<boolean> {
    return this.#update ?? Promise.resolve(true);
  }

  protected abstract render(): TemplateResult;

  async #draw(): Promise<boolean> {
    await Promise.resolve();
    try {
      for (const controller of this.#controllers) controller.hostUpdate?.();
      for (const [name, type] of Object.entries(this.#declared)) {
        if (type === Boolean) this.toggleAttribute(attributeOf(name), !!(this as Record<string, unknown>)[name]);
      }
      render(this.render(), this.renderRoot);
    } finally {
      this.#update = undefined;
    }
    for (const controller of this.#controllers) controller.hostUpdated?.();
    return !this.#update;
  }
}
