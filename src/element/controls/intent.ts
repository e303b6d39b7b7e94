/** How long a pointer rests on a button before that means something, in milliseconds. */
const REST = 100;

/**
 * Notices that the visitor is about to press a button: the pointer rests on it, or the pointer or a key goes down. A
 * pointer that passes over it means nothing, nor does the focus, which passes over it with Tab.
 */
export class Intent {
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(act: () => void) {
    this.#act = act;
  }

  readonly onPointerMove = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#act, REST);
  };

  readonly onPointerLeave = (): void => clearTimeout(this.#timer);

  readonly onPointerDown = (): void => {
    clearTimeout(this.#timer);
    this.#act();
  };

  readonly onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter' || key === ' ') this.#act();
  };
}
