import { Part } from '../part.js';
import type { ViewElement } from '../view-element.js';

/** A button that gives way to another takes the focus with it; keyboards go on with what took its place. */
export class FocusKeeper extends Part<ViewElement> {
  #focused: Element | null = null;
  /** The focus arrives by itself just now: nobody has come near what gets it. */
  restoring = false;

  hostUpdate(): void {
    this.#focused = this.host.renderRoot.activeElement;
  }

  /** What had the focus is gone. */
  get lost(): boolean {
    return this.#focused?.isConnected === false;
  }

  hostUpdated(): void {
    if (this.lost) this.toMain();
  }

  /** To what the visitor most likely wants next. */
  toMain(): void {
    this.restoring = true;
    const { renderRoot } = this.host;
    const main =
      renderRoot.querySelector<HTMLElement>('[data-main]') ?? renderRoot.querySelector<HTMLElement>('.drawer');
    main?.focus({ preventScroll: true });
    this.restoring = false;
  }
}
