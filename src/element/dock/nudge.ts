import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { Spoken } from '../announcements/announcements.js';
import { closeIcon } from '../controls/icons.js';

export interface NudgeHost extends ReactiveControllerHost, Element {
  readonly nudge: string | undefined;
  /** In seconds. */
  readonly nudgeAfter: number;
  readonly variant: string;
  readonly open: boolean;
  readonly disabled: boolean;
  /** Undefined without a call. */
  readonly session: unknown;
  visitorOpens(open: boolean): void;
}

/** Whether the sentence waits for its time, is there, or will not come any more. */
type Phase = 'waiting' | 'shown' | 'over';

/** In seconds. A browser's timer cannot be longer: it would end at once. */
const LONGEST = 2 ** 31 / 1000 - 1;
const STORAGE_KEY = 'realtime-voice-nudge';

/**
 * One quiet sentence beside a closed launcher, some seconds after the page was opened. It comes once, and not at all
 * when the visitor has opened the panel or called. One who closes it does not see it again while the tab is open:
 * that is all that is stored, and nothing is before.
 */
export class Nudge implements ReactiveController {
  readonly #host: NudgeHost;
  #phase: Phase = 'waiting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The delay that the timer was started with, in seconds. */
  #after: number | undefined;

  constructor(host: NudgeHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { open, session } = this.#host;
    if (open || session) this.#phase = 'over';
    const after = this.#isWanted && this.#phase === 'waiting' ? this.#host.nudgeAfter : undefined;
    if (after === this.#after) return;
    this.hostDisconnected();
    this.#after = after;
    if (after !== undefined && after <= LONGEST) this.#timer = setTimeout(this.#show, after * 1000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#after = undefined;
  }

  /** What a screen reader says, once. */
  get spoken(): readonly Spoken[] {
    return this.#isShown ? [{ key: this, words: this.#host.nudge! }] : [];
  }

  render({ close }: Strings): TemplateResult | typeof nothing {
    if (!this.#isShown) return nothing;
    return html`<div class="nudge" part="nudge" @keydown=${this.#keyDown}>
      <button part="nudge-button" @click=${() => this.#host.visitorOpens(true)}>${this.#host.nudge}</button>
      <button class="close" part="nudge-close-button" aria-label=${close} @click=${this.#dismiss}>${closeIcon}</button>
    </div>`;
  }

  get #isWanted(): boolean {
    const { isConnected, nudge, variant, disabled } = this.#host;
    return isConnected && Boolean(nudge) && variant === 'floating' && !disabled;
  }

  get #isShown(): boolean {
    return this.#isWanted && this.#phase === 'shown';
  }

  readonly #show = (): void => {
    this.#phase = wasDismissed() ? 'over' : 'shown';
    this.#host.requestUpdate();
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#dismiss();
  };

  readonly #dismiss = (): void => {
    const root = this.#host.shadowRoot!;
    // The focus does not get lost with the button.
    if (root.activeElement?.closest('.nudge')) root.querySelector<HTMLElement>('.launcher')!.focus();
    this.#phase = 'over';
    this.#host.requestUpdate();
    try {
      sessionStorage.setItem(STORAGE_KEY, '1');
    } catch {
      // Without storage, the next page may show it again.
    }
  };
}

function wasDismissed(): boolean {
  try {
    return sessionStorage.getItem(STORAGE_KEY) !== null;
  } catch {
    return false;
  }
}
