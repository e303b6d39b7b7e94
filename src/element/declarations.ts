import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toJson } from '../json-text.js';

/** The slots that hold JSON instead of something to see: `<script type="application/json" slot="tools">`. */
const SLOTS = ['starters', 'tools'] as const;

type DeclarationSlot = (typeof SLOTS)[number];

/** What the page has written into the child for this slot; empty if there is none. */
export function declaredText(host: Element, slot: DeclarationSlot): string {
  return declaration(host, slot)?.textContent ?? '';
}

function declaration(host: Element, slot: DeclarationSlot): Element | null {
  return host.querySelector(`:scope > [slot=${slot}]`);
}

/**
 * Draws the element again when the page changes a declaration, adds one or removes one. Those who use a declaration
 * read it at each drawing.
 */
export class Declarations implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined;
  #texts = '';

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** The host is drawn after it was connected. */
  hostConnected(): void {
    this.#observe();
    this.#texts = this.#read();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** A declaration that is no child any more is no longer observed. */
  #observe(): void {
    this.#observer ??= new MutationObserver(() => this.#changed());
    this.#observer.disconnect();
    this.#observer.observe(this.#host, { childList: true });
    for (const slot of SLOTS) {
      const child = declaration(this.#host, slot);
      if (child) this.#observer.observe(child, { childList: true, characterData: true, subtree: true });
    }
  }

  /** Most children are no declarations. */
  #changed(): void {
    this.#observe();
    const texts = this.#read();
    if (texts === this.#texts) return;
    this.#texts = texts;
    this.#host.requestUpdate();
  }

  #read(): string {
    return toJson(SLOTS.map((slot) => declaredText(this.#host, slot)));
  }
}
