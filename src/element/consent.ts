import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { VoiceConsentEvent } from '../session/events.js';
import { foresee, refuse } from './refusal.js';

const STORAGE_KEY = 'realtime-voice-consent';

/** Storage may be forbidden: then the visitor is asked once for each page. */
function remembered(version: string): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === version;
  } catch {
    return false;
  }
}

function remember(version: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, version);
  } catch {
    // Asked again on the next page.
  }
}

/** The question that stands before the first call when the page names a consent text. */
export class Consent implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  #accepted: string | undefined;
  #waiting: Promise<void> | undefined;
  #question: { version: string; answer: (accepted: boolean) => void } | undefined;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  get asking(): boolean {
    return this.#question !== undefined;
  }

  /**
   * Does `act`, after the visitor has accepted this version of the text. Where that was earlier, `act` runs at once,
   * inside the click. Storage is read here and not sooner: only after the visitor has done something.
   */
  before(version: string, act: () => Promise<void>): Promise<void> {
    if (this.#accepted === version || remembered(version)) return act();
    if (!this.#waiting) {
      this.#waiting = this.#ask(version)
        .finally(() => (this.#waiting = undefined))
        .then((accepted) => (accepted ? act() : refuse(new DOMException('Consent was not given.', 'AbortError'))));
      foresee(this.#waiting);
    }
    return this.#waiting;
  }

  hostDisconnected(): void {
    this.#question?.answer(false);
    this.#question = undefined;
  }

  render(strings: Strings): TemplateResult {
    return html`<div class="consent" role="group" aria-labelledby="consent">
      <div class="small" id="consent"><slot name="consent">${strings.consent}</slot></div>
      <div class="row">
        <button class="button quiet" @click=${() => this.#answer(false)}>${strings.consentDecline}</button>
        <button class="button primary" data-main @click=${() => this.#answer(true)}>${strings.consentAccept}</button>
      </div>
    </div>`;
  }

  #ask(version: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#question = { version, answer: resolve };
      this.#host.requestUpdate();
    });
  }

  #answer(accepted: boolean): void {
    if (!this.#question) return;
    const { version, answer } = this.#question;
    this.#question = undefined;
    if (accepted) {
      this.#accepted = version;
      remember(version);
    }
    this.#host.dispatchEvent(new VoiceConsentEvent({ version, accepted }));
    this.#host.requestUpdate();
    answer(accepted);
  }
}
