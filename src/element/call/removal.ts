import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long an element may be out of the document before it counts as removed: frameworks take it out to move it. */
const REMOVED_MS = 1000;

/** Calls back when an element was removed from the document, and not only moved. */
export class Removal implements ReactiveController {
  readonly #removed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, removed: () => void) {
    this.#removed = removed;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#timer);
  }

  hostDisconnected(): void {
    this.#timer = setTimeout(this.#removed, REMOVED_MS);
  }
}
