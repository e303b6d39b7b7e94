/** The most calls within the window, the first one included. */
const MAX_CALLS = 12;
/** In milliseconds. */
const WINDOW = 10 * 60_000;

/**
 * How many calls a conversation may still make by itself. Each one costs, whether or not anything comes of it, so
 * every attempt counts.
 */
export class CallBudget {
  /** As `performance.now()` has it, oldest first. */
  #madeAt: number[] = [];

  /** Not more than 0 if there is none. */
  get left(): number {
    const from = performance.now() - WINDOW;
    this.#madeAt = this.#madeAt.filter((madeAt) => madeAt > from);
    return MAX_CALLS - this.#madeAt.length;
  }

  /** Counts a call that is made now. A call that the visitor starts counts too, and is never refused. */
  spend(): void {
    this.#madeAt.push(performance.now());
  }

  /** Another conversation begins. */
  reset(): void {
    this.#madeAt = [];
  }
}
