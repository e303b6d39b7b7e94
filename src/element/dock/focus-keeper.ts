import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** When the focused button disappears, moves the focus to what took its place, so that keyboards can go on. */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #focused: Element | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the last rendering removed what had the focus. */
  get lost(): boolean {
    return this.#focused?.isConnected === false;
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot!.activeElement;
  }

  hostUpdated(): void {
    if (this.lost) this.focusMain();
  }

  /** Focuses what the visitor most likely wants next, or else the panel. */
  focusMain(): void {
    const root = this.#host.shadowRoot!;
    const main = root.querySelector<HTMLElement>('[data-main]') ?? root.querySelector<HTMLElement>('.drawer');
    main?.focus({ preventScroll: true });
  }
}
