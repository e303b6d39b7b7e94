import type { ReactiveControllerHost } from 'lit';
import type { Notice } from './notice.js';

/** How long a notice stays at least: a shorter one is a flicker that nobody can read. In milliseconds. */
const SHORTEST_MS = 1000;

/** A place for one notice at a time. Each stays for a second at least, unless it asks; what comes next waits. */
export class HeldNotice {
  readonly #host: ReactiveControllerHost;
  #shown: Notice | undefined;
  #shownAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get shown(): Notice | undefined {
    return this.#shown;
  }

  /** To be called before each drawing with the notice that is due now. */
  update(due: Notice | undefined): void {
    clearTimeout(this.#timer);
    const isOther = due?.key !== this.#shown?.key;
    const msLeft = this.#shownAt + SHORTEST_MS - performance.now();
    if (isOther && this.#shown && !this.#shown.isQuestion && msLeft > 0) {
      this.#timer = setTimeout(() => this.#host.requestUpdate(), Math.ceil(msLeft));
      return;
    }
    if (isOther) this.#shownAt = performance.now();
    this.#shown = due;
  }

  /** The visitor has done something about it, or the call is over. */
  release(): void {
    clearTimeout(this.#timer);
    this.#shown = undefined;
  }
}
