import { html, type TemplateResult } from 'lit';

/** The edge of the window that the panel is at. */
export type Side = 'bottom' | 'end' | 'start';

export const SIDES: readonly Side[] = ['bottom', 'end', 'start'];

const STEP = 5;
const LEAST = 20;
const MOST = 90;

/** The part of the window that the panel takes, which keys and the pointer change. */
export class PanelSize {
  readonly #changed: () => void;
  side: Side = 'bottom';
  /** Percent of the window. */
  percent = 45;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  render(): TemplateResult {
    const orientation = this.side === 'bottom' ? 'horizontal' : 'vertical';
    return html`<div
      class="edge"
      role="separator"
      tabindex="0"
      aria-label="Size of the panel"
      aria-orientation=${orientation}
      aria-valuenow=${this.percent}
      aria-valuemin=${LEAST}
      aria-valuemax=${MOST}
      @keydown=${this.#keyDown}
      @pointerdown=${this.#pointerDown}
      @pointermove=${this.#pointerMove}
    ></div>`;
  }

  #set(percent: number): void {
    this.percent = Math.round(Math.min(MOST, Math.max(LEAST, percent)));
    this.#changed();
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    const towards = { bottom: ['ArrowUp', 'ArrowDown'], right: ['ArrowLeft', 'ArrowRight'] };
    const { bottom, right } = towards;
    const [more, less] = this.side === 'bottom' ? bottom : this.#isRight(event) ? right : [...right].reverse();
    if (event.key !== more && event.key !== less) return;
    event.preventDefault();
    this.#set(this.percent + (event.key === more ? STEP : -STEP));
  };

  readonly #pointerDown = ({ currentTarget, pointerId }: PointerEvent): void => {
    (currentTarget as Element).setPointerCapture(pointerId);
  };

  readonly #pointerMove = (event: PointerEvent): void => {
    if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
    const { innerHeight, innerWidth } = window;
    const fromStart = event.clientX / innerWidth;
    if (this.side === 'bottom') this.#set(100 * (1 - event.clientY / innerHeight));
    else this.#set(100 * (this.#isRight(event) ? 1 - fromStart : fromStart));
  };

  /** Whether the panel is at the right edge of the window. */
  #isRight({ currentTarget }: Event): boolean {
    const isLtr = getComputedStyle(currentTarget as Element).direction === 'ltr';
    return (this.side === 'end') === isLtr;
  }
}
