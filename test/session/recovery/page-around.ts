import { getEventListeners } from 'node:events';

const GLOBALS = ['window', 'document', 'navigator'] as const;

/**
 * Removes listeners when their signal aborts. Node keeps only the last of several such listeners of one target and
 * signal alive: after a garbage collection it removes no others.
 */
class Target extends EventTarget {
  override addEventListener(type: string, listener: () => void, options?: AddEventListenerOptions): void {
    super.addEventListener(type, listener);
    options?.signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }
}

/** As much of a page as waiting sees, for Node, which has none: whether it is online and whether it is looked at. */
export class PageAround {
  readonly window = new Target();
  readonly document = Object.assign(new Target(), { hidden: false, visibilityState: 'visible' });
  readonly navigator = { onLine: true };
  readonly #before = GLOBALS.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

  constructor() {
    for (const name of GLOBALS) Object.defineProperty(globalThis, name, { value: this[name], configurable: true });
  }

  /** Listeners that somebody has left on the page. */
  get listeners(): number {
    const kinds = [
      [this.window, 'online'],
      [this.window, 'offline'],
      [this.document, 'visibilitychange'],
    ] as const;
    return kinds.reduce((sum, [target, type]) => sum + getEventListeners(target, type).length, 0);
  }

  online(onLine: boolean): void {
    this.navigator.onLine = onLine;
    this.window.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
  }

  show(shown: boolean): void {
    Object.assign(this.document, { hidden: !shown, visibilityState: shown ? 'visible' : 'hidden' });
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Takes the page away again. */
  stop(): void {
    for (const [index, name] of GLOBALS.entries()) {
      const before = this.#before[index];
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}
