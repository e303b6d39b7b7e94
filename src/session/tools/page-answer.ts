import { VoiceError } from '../../errors.js';
import type { AnswerOptions } from '../events.js';
import type { Suggestion } from '../suggestion.js';

/** What an answer of the page needs of the call. */
export interface PageAnswerHost {
  readonly options: {
    readonly showSuggestions?: (suggestions: readonly Suggestion[]) => void;
    readonly showNode?: (node: Element) => boolean;
  };
  readonly signal: AbortSignal;
}

/** What the listeners of one `voice-tool-call` answer and show. */
export class PageAnswer {
  readonly #host: PageAnswerHost;
  #give!: (value: unknown) => void;
  /** The answer. It may come later than the event, or never. */
  readonly value = new Promise<unknown>((resolve) => (this.#give = resolve));
  /** `missed`: the event is over without an answer, and nothing is shown that the visitor could answer. */
  #state: 'open' | 'given' | 'missed' = 'open';
  /** Whether something is shown that the visitor may have to answer. */
  hasShown = false;

  constructor(host: PageAnswerHost) {
    this.#host = host;
    // The page's promise may reject after the call, when nobody waits for it any more.
    this.value.catch(() => {});
  }

  get isGiven(): boolean {
    return this.#state === 'given';
  }

  /** The listeners have been called. What is shown may still be answered. */
  eventEnded(): void {
    if (this.#state === 'open' && !this.hasShown) this.#state = 'missed';
  }

  /** Only the first answer counts. One that the page could give may come with suggestions. */
  readonly respondWith = (valueOrPromise: unknown, answerOptions?: AnswerOptions): void => {
    if (this.#state === 'given') return;
    if (this.#state === 'missed')
      throw new VoiceError(
        'configuration',
        'respondWith() came after the event: call it in the listener, with a promise.',
      );
    this.#state = 'given';
    const { signal, options } = this.#host;
    const suggestions = answerOptions?.suggestions;
    const answered = async (): Promise<unknown> => {
      const value = await valueOrPromise;
      if (suggestions && !signal.aborted) options.showSuggestions?.(suggestions);
      return value;
    };
    this.#give(answered());
  };

  /** Without somebody to show it, as in a `VoiceSession` without an element, there is no room. */
  readonly show = (node: Element): boolean => {
    const { signal, options } = this.#host;
    if (signal.aborted)
      throw new VoiceError('configuration', 'show() came after the end of the call: call it while the call runs.');
    const isShown = options.showNode?.(node) ?? false;
    this.hasShown ||= isShown;
    return isShown;
  };
}
