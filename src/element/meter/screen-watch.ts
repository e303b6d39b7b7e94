/** Tells whether any of some parts of the element is on the screen, in whatever document they are. */
export class ScreenWatch {
  readonly #changed: () => void;
  #observer: IntersectionObserver | undefined;
  #nodes: readonly Element[] = [];
  #window: Window | null | undefined;
  readonly #seen = new Set<Element>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get seesAny(): boolean {
    return this.#seen.size > 0;
  }

  /** Watches these parts, and no others. Whether they can be seen is known a moment later. */
  observe(nodes: readonly Element[]): void {
    const window = nodes[0]?.ownerDocument.defaultView;
    const { length } = this.#nodes;
    if (window === this.#window && nodes.length === length && nodes.every((node, n) => node === this.#nodes[n])) return;
    this.#observer?.disconnect();
    this.#seen.clear();
    this.#nodes = nodes;
    this.#window = window;
    this.#observer = window ? new window.IntersectionObserver(this.#note) : undefined;
    for (const node of nodes) this.#observer?.observe(node);
    this.#changed();
  }

  readonly #note = (entries: readonly IntersectionObserverEntry[], observer: IntersectionObserver): void => {
    // An earlier observer may still have something to report.
    if (observer !== this.#observer) return;
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) this.#seen.add(target);
      else this.#seen.delete(target);
    }
    this.#changed();
  };
}
