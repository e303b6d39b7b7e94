import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PressGuard } from '../controls/press-guard.js';

/** When the focused button disappears or waits for a question, moves the focus on, so that keyboards can go on. */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #guard: PressGuard;
  #focused: Element | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#guard = new PressGuard(host);
    host.addController(this);
  }

  /** Whether the last rendering removed what had the focus, or made it wait. */
  get lost(): boolean {
    const focused = this.#focused;
    if (!focused) return false;
    const hasLostSlot = focused.parentNode === this.#host && focused.assignedSlot === null;
    return hasLostSlot || !focused.isConnected || focused.closest('[inert]') !== null;
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot!.activeElement ?? this.#slotted;
  }

  hostUpdated(): void {
    if (this.lost) this.focusMain();
  }

  /** The child of the host with the focus in it, such as a link of the page in a notice. */
  get #slotted(): Element | null {
    const { activeElement } = this.#host.getRootNode() as Document;
    return [...this.#host.children].find((child) => child.contains(activeElement)) ?? null;
  }

  /** Focuses what the visitor most likely wants next and what does no harm, or else the words of the state. */
  focusMain(): void {
    const root = this.#host.shadowRoot!;
    const [main] = ['[data-main]:not(:disabled)', 'textarea', '.word'].flatMap(
      (selector) => root.querySelector<HTMLElement>(selector) ?? [],
    );
    // A closed launcher has neither.
    if (!main) return;
    // The words of a question may be out of view; buttons are where the visitor just was.
    main.focus({ preventScroll: main.id !== 'question' });
    this.#guard.focusMoves(main);
  }
}
