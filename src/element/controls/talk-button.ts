import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import { microphoneIcon } from './icons.js';

/** A shorter press is a tap, in ms: it keeps the turn open until the next tap, so that nobody has to hold. */
const TAP_MS = 300;

export interface TurnTaker extends ReactiveControllerHost {
  readonly pushToTalk: boolean;
  beginTurn(): void;
  endTurn(): void;
}

/** The push-to-talk button: hold it by pointer, Space or Enter; or tap it to begin a turn and again to end it. */
export class TalkButton implements ReactiveController {
  readonly #host: TurnTaker;
  /** Whether the visitor's turn is open. */
  talking = false;
  /** When the button was pressed; undefined while nothing is pressed, as in a turn that a tap began. */
  #pressedAt: number | undefined;
  #waiting = false;

  constructor(host: TurnTaker) {
    this.#host = host;
    host.addController(this);
  }

  /** Not every browser tells a button that it was removed. */
  hostUpdate(): void {
    if (!this.#host.pushToTalk) this.end();
  }

  hostDisconnected(): void {
    this.end();
  }

  /** During a turn: how to end it. */
  hint({ tapToSend, releaseToSend }: Strings): string | undefined {
    if (!this.talking) return undefined;
    return this.#pressedAt === undefined ? tapToSend : releaseToSend;
  }

  /** While it waits for the call to be ready, it keeps its place and the focus. */
  render(strings: Strings, waiting: boolean): TemplateResult {
    this.#waiting = waiting;
    return html`<button
      class="button talk"
      part="talk-button"
      data-main
      aria-pressed=${this.talking}
      aria-disabled=${waiting || nothing}
      @pointerdown=${this.#pointerDown}
      @pointerup=${this.#release}
      @lostpointercapture=${this.#release}
      @pointercancel=${this.end}
      @keydown=${this.#key}
      @keyup=${this.#key}
      @blur=${this.end}
      @click=${this.#click}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${microphoneIcon}<span>${strings.holdToTalk}</span>
    </button>`;
  }

  /** Ends the visitor's turn, if one is open. */
  readonly end = (): void => {
    if (!this.talking) return;
    this.talking = false;
    document.removeEventListener('visibilitychange', this.end);
    this.#host.endTurn();
    this.#host.requestUpdate();
  };

  readonly #pointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    // A finger that slides off the button still ends the turn.
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#press();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.type === 'keyup') this.#release();
    else if (!event.repeat) this.#press();
  };

  /** Screen readers and voice control send a click without a pointer or a key: for them the button is a toggle. */
  readonly #click = (event: MouseEvent): void => {
    if (event.detail > 0) return;
    this.#press();
    this.#release();
  };

  #press(): void {
    if (this.#waiting) return;
    if (this.talking) return this.#pressAgain();
    this.#pressedAt = performance.now();
    this.talking = true;
    // The page is visible now, so the next change hides it.
    document.addEventListener('visibilitychange', this.end);
    this.#host.beginTurn();
    this.#host.requestUpdate();
  }

  /** The second tap ends the turn that the first one began. */
  #pressAgain(): void {
    if (this.#pressedAt === undefined) this.end();
  }

  readonly #release = (): void => {
    if (!this.talking || this.#pressedAt === undefined) return;
    if (performance.now() - this.#pressedAt >= TAP_MS) this.end();
    this.#pressedAt = undefined;
    this.#host.requestUpdate();
  };
}
