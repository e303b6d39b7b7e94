/** Notices that a child of an element goes while the focus is in it: the focus is lost then, and no event tells it. */
export class ShownFocus {
  readonly #parent: Element;
  readonly #lost: () => void;
  #observer: MutationObserver | undefined;
  /** The child that has the focus. */
  #holder: Element | undefined;

  /** Calls `lost` when the focus has gone with a child, and nobody has put it anywhere else. */
  constructor(parent: Element, lost: () => void) {
    this.#parent = parent;
    this.#lost = lost;
  }

  /** Doing this twice changes nothing. */
  watch(child: Element): void {
    child.addEventListener('focusin', this.#entered);
    child.addEventListener('focusout', this.#left);
    this.#observer ??= new MutationObserver(() => this.#childrenChanged());
    this.#observer.observe(this.#parent, { childList: true });
  }

  readonly #entered = ({ currentTarget }: Event): void => {
    const child = currentTarget as Element;
    if (this.#has(child)) this.#holder = child;
  };

  /** Some browsers tell this of an element that is being removed, too: it is gone a moment later. */
  readonly #left = (): void => {
    queueMicrotask(() => {
      const holder = this.#holder;
      // In a window that is in the background, the focus stays where it is.
      if (holder && this.#has(holder) && !holder.contains(focusedBeside(holder))) this.#holder = undefined;
    });
  };

  #childrenChanged(): void {
    const holder = this.#holder;
    if (!holder || this.#has(holder)) return;
    this.#holder = undefined;
    const { activeElement, body } = this.#parent.ownerDocument;
    if (activeElement === null || activeElement === body) this.#lost();
  }

  #has(child: Element): boolean {
    return child.parentNode === this.#parent;
  }
}

function focusedBeside(element: Element): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}
