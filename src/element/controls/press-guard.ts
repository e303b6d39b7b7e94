import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { EarlyPresses } from './early-presses.js';

/** How far from the first click the second one of a double click may be; in CSS px, about the tip of a finger. */
const SAME_PLACE_PX = 24;

/** Drops presses that were meant for a button that has gone, and would press the one that is in its place now. */
export class PressGuard implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveControllerHost & Element;
  readonly #early = new EarlyPresses();
  /** What has got the focus by itself. */
  #focused: Element | null = null;
  /** The first click of the present series. */
  #clicked: { readonly button: Element; readonly x: number; readonly y: number } | null = null;
  readonly #afterClick = new EarlyPresses();

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Adding the same listener twice changes nothing.
    for (const type of ['keydown', 'pointerdown', 'click']) this.#host.shadowRoot!.addEventListener(type, this, true);
  }

  /** The focus goes to this without the visitor. For a moment, it counts no key. */
  focusMoves(to: Element): void {
    this.#focused = to;
    this.#early.begin();
  }

  handleEvent(event: Event): void {
    const press = event as KeyboardEvent & MouseEvent;
    const button = (event.target as Element).closest('button');
    if (!button || !(this.#isHeld(press) || this.#isRest(press, button) || this.#isEarly(press, button))) return;
    event.stopPropagation();
    // A pointer that goes down may still focus the button; its click is dropped.
    if (event.type !== 'pointerdown') event.preventDefault();
  }

  /** Enter presses a button again and again while it is held. */
  #isHeld({ repeat, key }: KeyboardEvent): boolean {
    return repeat && key === 'Enter';
  }

  /**
   * The rest of a double click is meant for the button that was clicked first. A pointer that goes down does not tell
   * whether it is that; one that comes soon and in the same place is taken for it, so that no call is prepared for
   * nothing.
   */
  #isRest({ type, detail, clientX: x, clientY: y }: MouseEvent, button: Element): boolean {
    if (type === 'click' && detail < 2) {
      this.#clicked = { button, x, y };
      // A click by key or script has no detail, and no second click follows it.
      if (detail) this.#afterClick.begin();
    }
    const first = this.#clicked;
    // The talk button is where Start was, but waits until the call is ready: a press on it is meant for it.
    if (!first || button === first.button || button.matches('.talk')) return false;
    if (type === 'click') return detail > 1;
    return type === 'pointerdown' && this.#afterClick.isEarly && Math.hypot(x - first.x, y - first.y) < SAME_PLACE_PX;
  }

  /** A click by mouse or finger is meant for what is there. One by key has no detail. */
  #isEarly(press: KeyboardEvent & MouseEvent, button: Element): boolean {
    return (
      press.isTrusted &&
      press.type !== 'pointerdown' &&
      press.detail === 0 &&
      button === this.#focused &&
      this.#early.drops(press)
    );
  }
}
