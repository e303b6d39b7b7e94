import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import { Removal } from '../call/removal.js';
import { sentences } from '../announcements/sentences.js';
import { StoredChoice } from '../settings/stored-choice.js';
import { VoiceConsentEvent } from './consent-event.js';
import type { Notice } from './notice.js';
import { renderQuestion } from './question.js';

/** The question that is on the card now. */
interface OpenQuestion {
  readonly version: string;
  readonly answer: (accepted: boolean) => void;
}

/** Asks for the visitor's consent before the first call, when the page names the version of a consent text. */
export class Consent {
  readonly #host: ReactiveControllerHost & Element;
  readonly #acceptedVersion = new StoredChoice('consent', (version) =>
    typeof version === 'string' ? version : undefined,
  );
  #question: OpenQuestion | undefined;
  #pending: Promise<void> | undefined;
  /** The start that waited for the visitor's consent, if the last one did. */
  #askedStart: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    new Removal(host, () => this.cancel());
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
   * earlier. One question is asked for all that wait for it. Rejects with an `AbortError` if they decline.
   */
  before(version: string, act: () => Promise<void>): Promise<void> {
    if (this.isGiven(version)) return act();
    const asked = (this.#pending ??= this.#ask(version));
    const acted = asked.then(act);
    // As with a start that fails, a rejection that nobody handles is not reported.
    acted.catch(() => {});
    return acted;
  }

  /** Begins a start. While one waits for consent, or connects after it did, it is the same one. */
  startOnce(begin: () => Promise<void>, isConnecting: boolean): Promise<void> {
    if (this.#askedStart && (this.asking || isConnecting)) return this.#askedStart;
    const start = begin();
    this.#askedStart = this.asking ? start : undefined;
    return start;
  }

  /** Takes an open question back: what waits for it rejects as after "Decline", but nobody has declined. */
  cancel(): void {
    this.#question?.answer(false);
  }

  /** Takes the consent back: the next start asks again. */
  withdraw(): void {
    const version = this.#acceptedVersion.value;
    if (version !== undefined) this.#decide(version, false);
  }

  /** Whether this event says that the consent was taken back, here or in another tab. Without a key, all is cleared. */
  isWithdrawnBy({ key }: StorageEvent): boolean {
    return (key === null || key === this.#acceptedVersion.key) && this.#acceptedVersion.value === undefined;
  }

  /** Takes the question back when the visitor has given this consent elsewhere. Nothing starts here by that. */
  storageChanged(): void {
    if (this.#question && this.isGiven(this.#question.version)) this.cancel();
  }

  /** The question, as the card shows it. */
  get notice(): Notice | undefined {
    const question = this.#question;
    return (
      question && {
        key: question,
        isQuestion: true,
        words: ({ strings }) => this.#words(strings),
        render: ({ strings }) => this.#render(question, strings),
      }
    );
  }

  /** The page's own text, if it has one. */
  get #ownText(): Element[] {
    return [...this.#host.querySelectorAll('[slot=consent]')];
  }

  #words({ consent, disclosure }: Strings): string {
    const own = this.#ownText.map(({ textContent }) => textContent!.trim());
    return own.length > 0 ? sentences(...own, disclosure) : sentences(consent[0], consent[1]);
  }

  #render({ version, answer }: OpenQuestion, strings: Strings): TemplateResult {
    const { consent, disclosure } = strings;
    // Whatever the page's own text says, the visitor is told that it is a machine; our text says so already.
    const words = html`<slot name="consent"><b>${consent[0]}</b><br />${consent[1]}</slot
      >${this.#ownText.length > 0 ? html`<p class="hint">${disclosure}</p>` : nothing}`;
    const decide = (accepted: boolean): void => {
      // It may have been taken back meanwhile.
      if (this.#question?.answer !== answer) return;
      answer(accepted);
      this.#decide(version, accepted);
    };
    return renderQuestion({ words, answer: decide }, strings);
  }

  #ask(version: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const answer = (accepted: boolean): void => {
        this.#pending = undefined;
        this.#setQuestion(undefined);
        if (accepted) resolve();
        else reject(new DOMException('The visitor did not consent.', 'AbortError'));
      };
      this.#setQuestion({ version, answer });
    });
  }

  #setQuestion(question: OpenQuestion | undefined): void {
    this.#question = question;
    this.#host.requestUpdate();
  }

  /** Stores the answer and dispatches it. */
  #decide(version: string, accepted: boolean): void {
    // To decline a new version does not take back an earlier one.
    if (accepted) this.#acceptedVersion.value = version;
    else if (this.isGiven(version)) this.#acceptedVersion.value = undefined;
    this.#host.dispatchEvent(new VoiceConsentEvent({ version, accepted }));
  }
}
