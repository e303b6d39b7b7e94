import { html, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import { microphoneIcon } from './icons.js';
import { Part } from '../part.js';
import type { ControllerHost } from '../view-element.js';

/** A press shorter than this is a tap: it keeps the turn open until the next tap, so that nobody has to hold. */
const TAP_MS = 300;

export interface TurnTaker {
  readonly pushToTalk: boolean;
  beginTurn(): void;
  endTurn(): void;
}

/** Push-to-talk: hold by pointer, Space or Enter, or tap to begin and tap again to end. */
export class TalkButton extends Part<ControllerHost & TurnTaker> {
  talking = false;
  /** Undefined after a tap: the turn stays open though nothing is pressed. */
  #pressedAt: number | undefined;

  /** The button is gone, and not every browser tells it that. */
  hostUpdate(): void {
    if (!this.host.pushToTalk) this.end();
  }

  hostDisconnected(): void {
    this.end();
  }

  /** What releasing or tapping will do, while the visitor talks. */
  hint(strings: Strings): string | undefined {
    if (!this.talking) return undefined;
    return this.#pressedAt === undefined ? strings.tapToSend : strings.releaseToSend;
  }

  render(strings: Strings): TemplateResult {
    return html`<button
      class="button talk"
      part="talk-button"
      data-main
      aria-pressed=${this.talking}
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

  readonly #pointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const button = event.currentTarget as HTMLElement;
    button.setPointerCapture(event.pointerId); // A finger that slides off the button still ends the turn.
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
    if (this.talking) {
      if (this.#pressedAt === undefined) this.end();
      return;
    }
    this.#pressedAt = performance.now();
    this.talking = true;
    document.addEventListener('visibilitychange', this.end); // Visible now, so the next change hides the page.
    this.host.beginTurn();
    this.host.requestUpdate();
  }

  readonly #release = (): void => {
    if (!this.talking || this.#pressedAt === undefined) return;
    if (performance.now() - this.#pressedAt >= TAP_MS) this.end();
    this.#pressedAt = undefined;
    this.host.requestUpdate();
  };

  readonly end = (): void => {
    if (!this.talking) return;
    this.talking = false;
    document.removeEventListener('visibilitychange', this.end);
    this.host.endTurn();
    this.host.requestUpdate();
  };
}
