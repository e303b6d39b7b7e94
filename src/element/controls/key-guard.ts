import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keys that scroll what has the focus. */
const SCROLL_KEYS = new Set([
  ' ',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
]);

/**
 * Keeps the keys that a control of the element uses from the page's shortcuts. Outside the shadow root an event seems
 * to come from the element itself, so a page cannot see that the visitor is typing into a field.
 */
export class KeyGuard implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.shadowRoot!;
    // Adding the same listener twice changes nothing.
    for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, this.#keep);
  }

  readonly #keep = (event: Event): void => {
    const control = event.target as Element;
    // What is in a slot belongs to the page, and so do its keys.
    const own = control.getRootNode() === this.#host.shadowRoot;
    if (own && uses(control, event as KeyboardEvent)) event.stopPropagation();
  };
}

/** Whether a key does something in a control that has the focus. */
function uses(control: Element, event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  // AltGr types characters; on Windows it counts as Ctrl with Alt.
  if ((ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph')) return false;
  if (control.matches('button, [type=checkbox]')) return key === ' ' || key === 'Enter';
  if (control.matches('textarea, input, select')) return key !== 'Escape' && key !== 'Tab' && !/^F\d/.test(key);
  return SCROLL_KEYS.has(key);
}
