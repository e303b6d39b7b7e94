import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { microphoneIcon } from './icons.js';

/** A press shorter than this is a tap: it keeps the turn open until the next tap, so that nobody has to hold. */
const TAP_MS = 300;

export interface TurnTaker {
  beginTurn(): void;
  endTurn(): void;
}

/** Push-to-talk: hold by pointer, Space or Enter, or tap to begin and tap again to end. */
export class TalkButton implements ReactiveController {
  readonly #host: ReactiveControllerHost & TurnTaker;
  #pressedAt: number | undefined;
  #latched = false;
  #talking = false;

  constructor(host: ReactiveControllerHost & TurnTaker) {
    this.#host = host;
    host.addController(this);
  }

  get talking(): boolean {
    return this.#talking;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** What releasing or tapping will do, while the visitor talks. */
  hint(strings: Strings): string | undefined {
    if (!this.#talking) return undefined;
    return this.#latched ? strings.tapToSend : strings.releaseToSend;
  }

  /** When the call ends, the turn is over too. */
  forget(): void {
    if (this.#talking) this.#set(false);
  }

  render(strings: Strings): TemplateResult {
    return html`<button
      class="button primary talk"
      part="talk-button"
     
      data-main
      aria-pressed=${this.#talking ? 'true' : 'false'}
      @pointerdown=${this.#pointerDown}
      @pointerup=${this.#release}
      @lostpointercapture=${this.#release}
      @pointercancel=${this.#end}
      @keydown=${this.#keyDown}
      @keyup=${this.#keyUp}
      @blur=${this.#end}
      @click=${this.#click}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${microphoneIcon}<span>${strings.holdToTalk}</span>
    </button>`;
  }

  readonly #pointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const button = event.currentTarget as HTMLElement;
    button.setPointerCapture(event.pointerId); // A finger that slides off the button still ends the turn.
    this.#press();
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) this.#press();
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    this.#release();
  };

  /** Screen readers and voice control send a click without a pointer or a key: for them the button is a toggle. */
  readonly #click = (event: MouseEvent): void => {
    if (event.detail > 0) return;
    this.#press();
    this.#release();
  };

  #press(): void {
    if (this.#latched) {
      this.#end();
      return;
    }
    if (this.#talking) return;
    this.#pressedAt = performance.now();
    this.#set(true);
    this.#host.beginTurn();
  }

  readonly #release = (): void => {
    if (this.#pressedAt === undefined || !this.#talking) return;
    const held = performance.now() - this.#pressedAt;
    this.#pressedAt = undefined;
    if (held >= TAP_MS) {
      this.#end();
      return;
    }
    this.#latched = true;
    this.#host.requestUpdate();
  };

  readonly #end = (): void => {
    if (!this.#talking) return;
    this.#set(false);
    this.#host.endTurn();
  };

  readonly #pageHidden = (): void => {
    if (document.visibilityState === 'hidden') this.#end();
  };

  #set(talking: boolean): void {
    this.#talking = talking;
    if (!talking) this.#latched = false;
    if (!talking) this.#pressedAt = undefined;
    if (talking) document.addEventListener('visibilitychange', this.#pageHidden);
    else document.removeEventListener('visibilitychange', this.#pageHidden);
    this.#host.requestUpdate();
  }
}
