import { html, nothing, type TemplateResult } from 'lit';
import type { VoiceErrorCode } from '../../errors.js';
import type { Strings } from '../../locales/strings.js';
import { renderCall, renderStart } from '../controls/controls.js';
import { Intent } from '../controls/intent.js';
import type { TalkButton } from '../controls/talk-button.js';
import { TextComposer } from '../controls/text-composer.js';
import type { Handover } from '../ending/handover.js';
import type { CallRating } from '../ending/rating.js';
import type { CallMemory } from './call-memory.js';
import type { CardHost } from './card-host.js';

/** Not worth another try as things are, but the visitor can change that: the button is to start, not to try again. */
const MENDED_BY_VISITOR: ReadonlySet<VoiceErrorCode> = new Set(['token-unauthorized']);

/** The parts of the card that the controls depend on. */
export interface Surroundings {
  readonly memory: CallMemory;
  readonly talkButton: TalkButton;
  readonly handover: Handover;
  readonly rating: CallRating;
}

/**
 * Decides which controls are on the card. They are in three rows, each with its place at the bottom of the card: first
 * the wide button, which starts a call or is held to talk; then the text field; then the foot. Nothing moves when a
 * call starts or ends, and no button that ends a call is where a press on another one was just aimed.
 */
export class CallControls {
  readonly #host: CardHost;
  readonly #surroundings: Surroundings;
  readonly #composer: TextComposer;

  constructor(host: CardHost, surroundings: Surroundings) {
    this.#host = host;
    this.#surroundings = surroundings;
    this.#composer = new TextComposer(host);
  }

  render(strings: Strings): TemplateResult {
    const { session, disabled } = this.#host;
    const { handover, rating, memory } = this.#surroundings;
    const showsComposer = this.#canType && !this.#lacksMicrophone && !this.#hopeless && !disabled;
    const afterwards = rating.render(strings) ?? this.#renderAfterwards(strings);
    // Nobody takes one of the two fields for the other.
    const composer = rating.renderComment(strings) ?? (showsComposer ? this.#composer.render(strings) : nothing);
    return html`<div class="top">
        ${session ? this.#renderTalk(strings) : this.#renderStart(strings)}
        ${handover.render(memory.ended !== undefined)}
      </div>
      <div class="base">${composer}${this.#renderFoot(strings, afterwards)}</div>`;
  }

  /** Keeps words for the next try, where the visitor can see them. */
  keep(text: string): void {
    if (this.#canType) this.#composer.keep(text);
  }

  get #canType(): boolean {
    const { variant, noTextInput } = this.#host;
    return variant !== 'compact' && !noTextInput && this.#surroundings.memory.kind === 'conversation';
  }

  /** Whether the call failed for want of a microphone: then a call without one is offered. */
  get #lacksMicrophone(): boolean {
    return this.#host.error?.code.startsWith('microphone-') ?? false;
  }

  /** Nothing that the visitor can do on this page helps: a button would only fail again. */
  get #hopeless(): boolean {
    const { error } = this.#host;
    return error?.retriable === false && !MENDED_BY_VISITOR.has(error.code);
  }

  #renderStart(strings: Strings): TemplateResult | typeof nothing {
    const view = {
      label: this.#hopeless ? undefined : this.#startLabel(strings),
      canTypeInstead: this.#lacksMicrophone && this.#canType,
      disabled: this.#host.disabled,
      start: this.#start,
      startIntent: this.#startIntent,
    };
    return renderStart(view, strings);
  }

  #startLabel({ tryAgain, startAgain, start, goOn }: Strings): string {
    const { error, persist, transcript } = this.#host;
    const { ended } = this.#surroundings.memory;
    if (error?.retriable) return tryAgain;
    if (transcript.length > 0 && (persist || !ended)) return goOn;
    return ended ? startAgain : start;
  }

  get #hasTalkButton(): boolean {
    const { pushToTalk, session, state } = this.#host;
    if (!pushToTalk || !session) return false;
    return session.microphone === 'on' || (session.microphone === 'asking' && state === 'connecting');
  }

  #renderTalk(strings: Strings): TemplateResult | typeof nothing {
    if (!this.#hasTalkButton) return nothing;
    const waiting = this.#host.state === 'connecting';
    return html`<div class="stack" part="controls">${this.#surroundings.talkButton.render(strings, waiting)}</div>`;
  }

  /** Its place is kept when there is nothing to show in it, as after a failure. */
  #renderFoot(strings: Strings, afterwards: TemplateResult | undefined): TemplateResult {
    const host = this.#host;
    return html`<div class="foot">${host.session ? renderCall(host, this.#hasTalkButton, strings) : afterwards}</div>`;
  }

  /** What stands below the text field without a call and a question how the last one was: who will answer. */
  #renderAfterwards({ disclosure }: Strings): TemplateResult | undefined {
    return this.#hasDisclosure ? html`<p class="hint">${disclosure}</p>` : undefined;
  }

  get #hasDisclosure(): boolean {
    const { session, disabled, error, variant } = this.#host;
    const { memory, rating } = this.#surroundings;
    // The pill says there how the last call ended.
    const isTaken = rating.isShown || (variant === 'compact' && memory.ended !== undefined);
    return !session && !disabled && !error && !isTaken;
  }

  /** That the assistant is an AI, while the foot has no room to say so. Its place is kept. */
  renderIsAi({ isAi }: Strings): TemplateResult | typeof nothing {
    if (this.#host.variant === 'compact') return nothing;
    return html`<p class="is-ai"><span>${this.#hasDisclosure ? nothing : isAi}</span></p>`;
  }

  /** A pill says the same in the hint below it. */
  withIsAi(hint: string | undefined, { isAi }: Strings): string | undefined {
    if (this.#host.variant !== 'compact' || this.#hasDisclosure) return hint;
    return [hint, isAi].filter(Boolean).join(' · ');
  }

  readonly #start = (options?: { microphone: boolean }): void => {
    // The card shows a failure and `voice-error` reports it; nobody waits for this promise.
    this.#host.start(options).catch(() => {});
    if (options?.microphone === false) void this.#host.updateComplete.then(() => this.#composer.focus());
  };

  /**
   * Prepares a call when the visitor is about to start one. After a call the start button appears under a pointer that
   * is there anyway: that is no wish to call.
   */
  readonly #startIntent = new Intent({
    near: () => {
      if (this.#host.state === 'idle' && !this.#surroundings.memory.ended) this.#host.warm();
    },
    press: () => this.#host.visitorPresses(),
    leave: () => this.#host.visitorLeaves(),
  });
}
