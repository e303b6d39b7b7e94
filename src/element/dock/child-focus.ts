/** Notices that a child of an element goes while the focus is in it: the focus is lost then, and no event tells it. */
export class ChildFocus {
  readonly #parent: Element;
  readonly #lost: () => void;
  #observer: MutationObserver | undefined;
  #holder: Element | undefined;

  /** Calls `lost` when the focus has gone with a child, and nobody has put it anywhere else. */
  constructor(parent: Element, lost: () => void) {
    this.#parent = parent;
    this.#lost = lost;
    parent.addEventListener('focusin', this.#entered);
    parent.addEventListener('focusout', this.#left);
  }

  /** The child that has the focus in it, or had it when it was removed. Undefined if the focus is elsewhere by now. */
  get holder(): Element | undefined {
    const holder = this.#holder;
    return holder?.contains(focusedBeside(holder)) || this.#isFocusFree ? holder : undefined;
  }

  readonly #entered = ({ target }: Event): void => {
    this.#holder = [...this.#parent.children].find((child) => child.contains(target as Element));
    if (!this.#holder) return;
    this.#observer ??= new MutationObserver(() => this.#childrenChanged());
    // Doing this twice changes nothing.
    this.#observer.observe(this.#parent, { childList: true });
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
    if (this.#isFocusFree) this.#lost();
  }

  get #isFocusFree(): boolean {
    const { activeElement, body } = this.#parent.ownerDocument;
    return activeElement === null || activeElement === body;
  }

  #has(child: Element): boolean {
    return child.parentNode === this.#parent;
  }
}

function focusedBeside(element: Element): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}
