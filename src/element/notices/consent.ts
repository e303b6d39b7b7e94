import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceConsentEvent } from '../../session/events.js';
import { question } from '../controls/button.js';
import { Part } from '../part.js';
import { Stored } from '../settings/stored-choice.js';
import type { ControllerHost } from '../view-element.js';

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
    return !!this.#question;
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
    this.#asking ??= new Promise<boolean>((answer) => this.#pose({ version, answer }))
      .finally(() => {
        this.#asking = undefined;
        this.#pose(undefined);
      })
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
    const { consent } = strings;
    const { version, answer } = this.#question!;
    // Whatever the page says, that it is a machine is said; our own words say so already.
    const theirs = this.host.querySelector('[slot=consent]');
    const words = html`<slot name="consent"><b>${consent[0]}</b><br />${consent[1]}</slot
      >${theirs ? html`<p class="hint">${strings.disclosure}</p>` : nothing}`;
    return question(words, strings, true, (accepted) => {
      this.#tell(version, accepted);
      answer(accepted);
    });
  }

  #pose(question: Question | undefined): void {
    this.#question = question;
    this.host.requestUpdate();
  }

  #tell(version: string, accepted: boolean): void {
    this.#accepted.value = accepted ? version : undefined;
    this.host.dispatchEvent(new VoiceConsentEvent({ version, accepted }));
  }
}
