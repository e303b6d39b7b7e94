import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { SizeWatch } from './size-watch.js';

/** Less than this beyond an edge, in pixels, is a padding and no words. */
const NOTHING = 3;

/** Tells the styles at which edges of a scrolling box there is more: there its text ends softly, not within a line. */
export function markSoftEdges(box: Element): void {
  const { scrollTop, scrollHeight, clientHeight } = box;
  const below = scrollHeight - clientHeight - scrollTop;
  box.toggleAttribute('data-above', scrollTop > NOTHING);
  box.toggleAttribute('data-below', below > NOTHING);
}

/** The edges of what is between heading and controls: a notice may leave it less room than it needs. */
export class SoftEdges implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #boxes: readonly Element[] = [];
  /** It reports what is laid out already: to ask for it sooner would only make the browser lay it out sooner. */
  readonly #watch = new SizeWatch(() => this.#mark());

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * A box also has more or less beyond its edges when something inside comes, goes or has another size. Nothing is
   * watched that may come or go by such a report: browsers tell that as an error of the page.
   */
  hostUpdated(): void {
    const root = this.#host.shadowRoot!;
    this.#boxes = [...root.querySelectorAll('.scene, .settings')];
    // Adding the same listener twice changes nothing.
    for (const box of this.#boxes) box.addEventListener('scroll', this.#mark);
    this.#watch.observe(...root.querySelectorAll('.scene, .stage, .starters, .settings, .choice'));
  }

  hostDisconnected(): void {
    this.#watch.observe();
  }

  readonly #mark = (): void => this.#boxes.forEach(markSoftEdges);
}
