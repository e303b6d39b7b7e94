import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PressGuard } from '../controls/press-guard.js';
import { ChildFocus } from './child-focus.js';

/**
 * Moves the focus on when the focused button disappears or waits for a question, so that keyboards can go on. It does
 * the same when the page removes a focused child of the element, such as a link in a notice.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #guard: PressGuard;
  readonly #children: ChildFocus;
  #focused: Element | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#guard = new PressGuard(host);
    this.#children = new ChildFocus(host, () => this.focusMain());
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
    this.#focused = this.#host.shadowRoot!.activeElement ?? this.#children.holder;
  }

  hostUpdated(): void {
    if (this.lost) this.focusMain();
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
