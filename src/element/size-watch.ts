/** Reports when a part of the element gets another size, in whatever document it is. */
export class SizeWatch {
  readonly #resized: () => void;
  #observer: ResizeObserver | undefined;
  #node: Element | null = null;
  #window: Window | null = null;

  constructor(resized: () => void) {
    this.#resized = resized;
  }

  /** Watches this node, and no other one. An observer of another window would report errors of its own. */
  observe(node: Element | null): void {
    const window = node?.isConnected ? node.ownerDocument.defaultView : null;
    if (node === this.#node && window === this.#window) return;
    this.#observer?.disconnect();
    this.#node = node;
    this.#window = window;
    if (!node || !window) return;
    this.#observer = new window.ResizeObserver(this.#resized);
    this.#observer.observe(node);
  }
}
