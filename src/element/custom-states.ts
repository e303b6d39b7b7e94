/** The element's `:state(…)` words. Where the browser has none, the `state` attribute still tells. */
export class CustomStates {
  readonly #internals: ElementInternals | undefined;

  constructor(element: HTMLElement) {
    this.#internals = element.attachInternals?.();
  }

  show(words: readonly string[]): void {
    const states = this.#internals?.states;
    if (!states) return;
    try {
      states.clear();
      for (const word of words) states.add(word);
    } catch {
      // Chromium before 125 accepts only names with two dashes, and with them another selector.
    }
  }
}
