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
  #scene: Element | null = null;
  /** They report what is laid out already: to ask for it sooner would only make the browser lay it out sooner. */
  readonly #sceneWatch = new SizeWatch(() => this.#mark());
  readonly #stageWatch = new SizeWatch(() => this.#mark());

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#observe(this.#host.shadowRoot!.querySelector('.scene'));
  }

  hostDisconnected(): void {
    this.#observe(null);
  }

  #observe(scene: Element | null): void {
    this.#scene = scene;
    // Adding the same listener twice changes nothing.
    scene?.addEventListener('scroll', this.#mark);
    this.#sceneWatch.observe(scene);
    this.#stageWatch.observe(scene?.querySelector('.stage') ?? null);
  }

  readonly #mark = (): void => {
    if (this.#scene) markSoftEdges(this.#scene);
  };
}
