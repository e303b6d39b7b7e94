import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import { VoiceEndEvent, VoiceStartEvent, VoiceTranscriptEvent } from '../../session/events.js';
import { sentences } from '../announcements/sentences.js';
import type { Spoken } from '../announcements/announcements.js';
import type { SessionEvent } from '../call/session-controller.js';
import { EarlyPresses } from '../controls/early-presses.js';
import { sendIcon, thumbIcon } from '../controls/icons.js';
import { type Rating, VoiceFeedbackEvent } from './feedback-event.js';

export interface RatingHost extends ReactiveControllerHost, Element {
  readonly collectFeedback: boolean;
  readonly variant: string;
  /** Undefined without a call. */
  readonly session: unknown;
}

/** What the visitor is asked: nothing yet, to rate the call, to say more about it, or nothing any more. */
type Stage =
  | { readonly step: 'none' | 'asked' }
  | { readonly step: 'rated' | 'commented'; readonly rating: Rating; readonly key: object };

const NONE: Stage = { step: 'none' };

/**
 * Asks what the visitor thinks of a call that had an answer and has ended. The question is in the
 * foot, where the buttons of the call were, and the field for a comment where the text field was, so that nothing
 * moves. The page gets the answers.
 */
export class CallRating {
  readonly #host: RatingHost;
  readonly #early = new EarlyPresses();
  #answered = false;
  #stage: Stage = NONE;

  constructor(host: RatingHost) {
    this.#host = host;
  }

  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceStartEvent) this.forget();
    if (event instanceof VoiceTranscriptEvent) this.#answered ||= event.detail.entry.role === 'assistant';
    if (!(event instanceof VoiceEndEvent)) return;
    const { reason, elsewhere } = event.detail;
    if (!this.#answered || reason === 'error' || elsewhere) return;
    this.#stage = { step: 'asked' };
    this.#early.begin();
  }

  forget(): void {
    this.#answered = false;
    this.#stage = NONE;
  }

  /** The thanks are said once: a visitor who changes the rating, or adds a comment, knows. */
  spoken({ thanks, comment }: Strings): Spoken[] {
    const stage = this.#stage;
    return 'key' in stage ? [{ key: stage.key, words: sentences(thanks, comment) }] : [];
  }

  /** A pill has no room for it. */
  get isShown(): boolean {
    const { collectFeedback, session, variant } = this.#host;
    return collectFeedback && !session && variant !== 'compact' && this.#stage.step !== 'none';
  }

  /** The two buttons. */
  render({ rating, good, poor, thanks }: Strings): TemplateResult | undefined {
    if (!this.isShown) return undefined;
    const stage = this.#stage;
    const chosen = 'rating' in stage ? stage.rating : undefined;
    const thumb = (value: Rating, label: string): TemplateResult =>
      html`<button
        class="thumb ${value}"
        part="rating-button"
        aria-label=${label}
        aria-pressed=${value === chosen}
        @click=${() => this.#rate(value)}
      >
        ${thumbIcon}
      </button>`;
    return html`<div
      class="rating"
      part="rating"
      role="group"
      aria-label=${rating}
      @click=${this.#early}
      @keydown=${this.#early}
      @pointerdown=${this.#early}
    >
      <span aria-hidden="true">${chosen ? thanks : rating}</span>
      ${thumb('good', good)}${thumb('poor', poor)}
    </div>`;
  }

  /** The field for a comment, after a rating. */
  renderComment({ comment, send }: Strings): TemplateResult | undefined {
    if (this.#stage.step !== 'rated' || !this.#host.collectFeedback || this.#host.session) return undefined;
    return html`<form class="composer comment" @submit=${this.#comment}>
      <input
        class="field"
        part="comment-field"
        name="comment"
        maxlength="1000"
        autocomplete="off"
        aria-label=${comment}
        placeholder=${comment}
      />
      <button class="round" part="comment-button" aria-label=${send}>${sendIcon}</button>
    </form>`;
  }

  #rate(rating: Rating): void {
    const stage = this.#stage;
    const step = stage.step === 'commented' ? 'commented' : 'rated';
    this.#stage = { step, rating, key: 'key' in stage ? stage.key : {} };
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new VoiceFeedbackEvent({ rating }));
  }

  /** The field goes, also without a comment, and the focus goes back to the rating. */
  readonly #comment = (event: SubmitEvent): void => {
    event.preventDefault();
    const stage = this.#stage;
    const comment = new FormData(event.target as HTMLFormElement).get('comment')!.toString().trim();
    if (stage.step !== 'rated') return;
    this.#stage = { ...stage, step: 'commented' };
    this.#host.shadowRoot!.querySelector<HTMLElement>('.thumb[aria-pressed=true]')?.focus();
    this.#host.requestUpdate();
    if (comment) this.#host.dispatchEvent(new VoiceFeedbackEvent({ rating: stage.rating, comment }));
  };
}
