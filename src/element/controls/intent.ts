/** How long a pointer rests on a button before that means something, in milliseconds. */
const REST = 100;

/** How long after the pointer is lifted the click may follow, in milliseconds. Some phones wait for a second tap. */
const CLICK_WITHIN = 500;

/** Keys that pass over a button, or belong to a shortcut. */
const PASSING = /^(Tab|Shift|Control|Alt|AltGraph|Meta|Escape)$/;

/** Who is told of the visitor's intent. */
export interface IntentListener {
  /** The pointer rests on the button, or a key is used there. */
  near(): void;
  /** The pointer, Enter or Space goes down on it. A click may follow. */
  press(): void;
  /** It is left without a click. */
  leave(): void;
}

/**
 * Notices that the visitor is about to press a button. A pointer that passes over it means nothing, nor does the focus,
 * which passes over it with Tab.
 */
export class Intent implements EventListenerObject {
  readonly #listener: IntentListener;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #clickTimer: ReturnType<typeof setTimeout> | undefined;
  /** `released`: the click is due now. */
  #button: 'up' | 'pressed' | 'released' = 'up';

  constructor(listener: IntentListener) {
    this.#listener = listener;
  }

  handleEvent(event: Event): void {
    const { type, button, buttons, key, repeat } = event as PointerEvent & KeyboardEvent;
    if (type.startsWith('pointer')) clearTimeout(this.#restTimer);
    switch (type) {
      case 'pointermove':
        if (!buttons) this.#restTimer = setTimeout(() => this.#listener.near(), REST);
        return;
      case 'pointerdown':
        if (button === 0) this.#press();
        return;
      case 'keydown':
        if (key !== 'Enter' && key !== ' ') return PASSING.test(key) ? undefined : this.#listener.near();
        if (!repeat) this.#press();
        return;
      case 'pointerup':
      case 'keyup':
        return this.#release();
      case 'pointerleave':
        // A finger leaves the button as it is lifted, before the click.
        if (this.#button === 'released') return;
    }
    this.#leave();
  }

  #press(): void {
    clearTimeout(this.#clickTimer);
    this.#button = 'pressed';
    this.#listener.press();
  }

  #release(): void {
    if (this.#button !== 'pressed') return;
    this.#button = 'released';
    this.#clickTimer = setTimeout(() => this.#leave(), CLICK_WITHIN);
  }

  #leave(): void {
    clearTimeout(this.#clickTimer);
    if (this.#button !== 'up') this.#listener.leave();
    this.#button = 'up';
  }
}
