import { follow } from './level-envelope.js';

/** How far a bar moves between no height and full height, in px. */
const TRAVEL = 36;

/** The bars of the mark. Their heights follow what they should show; what has not changed is not written. */
export class Bars {
  #nodes: readonly HTMLElement[] = [];
  #heights: readonly number[] = [];
  /** Where each bar should be, in px, and where it was put. */
  #positions: readonly number[] = [];
  #written: readonly number[] = [];

  /** Continues in another mark, where nothing is written yet. */
  use(nodes: Iterable<HTMLElement>): void {
    this.#nodes = [...nodes];
    this.#written = [];
  }

  /** Moves the heights towards these, 0…1, as far as they come in so many ms. Returns whether there is anything new. */
  follow(targets: readonly number[], elapsedMs: number): boolean {
    this.#heights = targets.map((target, bar) => {
      const distanceFromMiddle = Math.abs((bar % 7) - 3);
      return follow(this.#heights[bar] ?? 0, target, elapsedMs, distanceFromMiddle);
    });
    // Half a pixel can hardly be seen: a bar that comes so near to its height stands still.
    this.#positions = this.#heights.map((height) => Math.round((1 - height) * TRAVEL * 2) / 2);
    return this.#positions.some((position, bar) => position !== this.#written[bar]);
  }

  /** Writes through the CSSOM, which a strict `style-src` allows. */
  write(): void {
    this.#positions.forEach((position, bar) => {
      const node = this.#nodes[bar];
      if (node && position !== this.#written[bar]) node.style.transform = `translateY(${position}px)`;
    });
    this.#written = this.#positions;
  }
}
