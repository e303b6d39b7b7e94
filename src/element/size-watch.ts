/** Reports when parts of the element get another size, in whatever document they are. */
export class SizeWatch {
  readonly #resized: () => void;
  #observer: ResizeObserver | undefined;
  #nodes: readonly Element[] = [];
  #window: Window | null = null;

  constructor(resized: () => void) {
    this.#resized = resized;
  }

  /** Watches these nodes, and no others. An observer of another window would report errors of its own. */
  observe(...given: readonly (Element | null)[]): void {
    const nodes = given.filter((node) => node !== null);
    const window = nodes[0]?.isConnected ? nodes[0].ownerDocument.defaultView : null;
    const { length } = this.#nodes;
    const isSame = nodes.length === length && nodes.every((node, index) => node === this.#nodes[index]);
    if (isSame && window === this.#window) return;
    this.#observer?.disconnect();
    this.#nodes = nodes;
    this.#window = window;
    if (!window) return;
    this.#observer = new window.ResizeObserver(this.#resized);
    for (const node of nodes) this.#observer.observe(node);
  }
}
