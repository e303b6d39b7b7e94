import { render } from 'lit';
import { EarlyPresses } from '../controls/early-presses.js';

/**
 * Where something with buttons appears by itself. Each question is a node of its own, so that nothing of one is left in
 * the next.
 */
export class QuestionPlace {
  #key: unknown;
  #node!: HTMLElement;
  readonly #early = new EarlyPresses();

  /** Returns the node of the question with this key. */
  show(key: unknown, question: unknown): Node {
    if (key !== this.#key) {
      this.#key = key;
      this.#node = document.createElement('div');
      // Before the listeners of the buttons.
      for (const type of ['click', 'keydown', 'pointerdown']) this.#node.addEventListener(type, this.#early, true);
    }
    if (!this.#node.isConnected) this.#early.begin();
    render(question, this.#node);
    return this.#node;
  }
}
