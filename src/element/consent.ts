import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../locales/strings.js';
import { VoiceConsentEvent } from '../session/events.js';
import { button } from './button.js';
import { Stored } from './stored.js';
import { Part } from './part.js';
import type { ControllerHost } from './view-element.js';

interface Question {
  readonly version: string;
  readonly answer: (accepted: boolean) => void;
}

/** The question that stands before the first call when the page names the version of a consent text. */
export class Consent extends Part<ControllerHost & Element> {
  readonly #accepted = new Stored<string>('consent');
  #question: Question | undefined;
  #asking: Promise<void> | undefined;

  get asking(): boolean {
    return this.#question !== undefined;
  }

  given(version: string): boolean {
    return this.#accepted.value === version;
  }

  /**
   * Does `act` when the visitor has accepted this version of the text: at once where they did so earlier, inside
   * the click. Declined, it rejects with an `AbortError`.
   */
  before(version: string, act: () => Promise<void>): Promise<void> {
    if (this.given(version)) return act();
    this.#asking ??= this.#ask(version)
      .finally(() => (this.#asking = undefined))
      .then((accepted) => {
        if (!accepted) throw new DOMException('The visitor did not consent.', 'AbortError');
        return act();
      });
    // As with a start that fails, nobody has to handle it.
    this.#asking.catch(() => {});
    return this.#asking;
  }

  /** The visitor takes it back: the next start asks again. */
  withdraw(): void {
    const version = this.#accepted.value;
    if (version !== undefined) this.#tell(version, false);
  }

  hostDisconnected(): void {
    this.#question?.answer(false);
  }

  render(strings: Strings): TemplateResult {
    const { sentence, fix } = strings.consent;
    // Whatever the page says, that it is a machine is said; our own words say so already.
    const theirs = this.host.querySelector('[slot=consent]');
    return html`<div class="notice" part="notice" role="group" aria-labelledby="consent">
      <div id="consent"><slot name="consent"><b>${sentence}</b><br />${fix}</slot></div>
      ${theirs ? html`<p class="hint">${strings.disclosure}</p>` : nothing}
      <div class="row">
        ${button({ label: strings.decline, act: () => this.#answer(false) })}
        ${button({ look: 'primary', label: strings.accept, main: true, act: () => this.#answer(true) })}
      </div>
    </div>`;
  }

  #ask(version: string): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (accepted: boolean): void => {
        this.#question = undefined;
        this.host.requestUpdate();
        resolve(accepted);
      };
      this.#question = { version, answer };
      this.host.requestUpdate();
    });
  }

  #answer(accepted: boolean): void {
    const { version, answer } = this.#question!;
    this.#tell(version, accepted);
    answer(accepted);
  }

  #tell(version: string, accepted: boolean): void {
    this.#accepted.value = accepted ? version : undefined;
    this.host.dispatchEvent(new VoiceConsentEvent({ version, accepted }));
  }
}
