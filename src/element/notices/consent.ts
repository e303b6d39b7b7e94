import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import { question } from '../controls/button.js';
import { StoredChoice } from '../settings/stored-choice.js';
import { VoiceConsentEvent } from './consent-event.js';

/** The question that is on the card now. */
interface OpenQuestion {
  readonly version: string;
  readonly answer: (accepted: boolean) => void;
}

/** Asks for the visitor's consent before the first call, when the page names the version of a consent text. */
export class Consent implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #acceptedVersion = new StoredChoice<string>('consent');
  #question: OpenQuestion | undefined;
  #pending: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the question is on the card. */
  get asking(): boolean {
    return this.#question !== undefined;
  }

  /** Whether the visitor has accepted this version of the text. */
  isGiven(version: string): boolean {
    return this.#acceptedVersion.value === version;
  }

  /**
   * Calls `act` when the visitor has accepted this version of the text: at once, inside the click, if they did so
   * earlier. Rejects with an `AbortError` if they decline.
   */
  before(version: string, act: () => Promise<void>): Promise<void> {
    if (this.isGiven(version)) return act();
    this.#pending ??= this.#askThenAct(version, act);
    // As with a start that fails, a rejection that nobody handles is not reported.
    this.#pending.catch(() => {});
    return this.#pending;
  }

  /** Takes the consent back: the next start asks again. */
  withdraw(): void {
    const version = this.#acceptedVersion.value;
    if (version !== undefined) this.#decide(version, false);
  }

  hostDisconnected(): void {
    this.#question?.answer(false);
  }

  render(strings: Strings): TemplateResult {
    const { version, answer } = this.#question!;
    const { consent, disclosure } = strings;
    // Whatever the page's own text says, the visitor is told that it is a machine; our text says so already.
    const hasOwnText = this.#host.querySelector('[slot=consent]') !== null;
    const words = html`<slot name="consent"><b>${consent[0]}</b><br />${consent[1]}</slot
      >${hasOwnText ? html`<p class="hint">${disclosure}</p>` : nothing}`;
    const decide = (accepted: boolean): void => {
      this.#decide(version, accepted);
      answer(accepted);
    };
    return question({ words, acceptIsMain: true, answer: decide }, strings);
  }

  async #askThenAct(version: string, act: () => Promise<void>): Promise<void> {
    const accepted = await new Promise<boolean>((answer) => this.#setQuestion({ version, answer }));
    this.#pending = undefined;
    this.#setQuestion(undefined);
    if (!accepted) throw new DOMException('The visitor did not consent.', 'AbortError');
    return act();
  }

  #setQuestion(question: OpenQuestion | undefined): void {
    this.#question = question;
    this.#host.requestUpdate();
  }

  /** Stores the answer and dispatches it. */
  #decide(version: string, accepted: boolean): void {
    this.#acceptedVersion.value = accepted ? version : undefined;
    this.#host.dispatchEvent(new VoiceConsentEvent({ version, accepted }));
  }
}
