import { html, nothing, type TemplateResult } from 'lit';
import type { VoiceErrorCode } from '../../errors.js';
import type { Locale } from '../../locales/lookup.js';
import type { Advice, Strings } from '../../locales/strings.js';
import { VoiceEndEvent, VoiceErrorEvent, VoiceWarningEvent } from '../../session/events.js';
import type { VoiceWarningCode } from '../../session/index.js';
import type { Spoken } from '../announcements/announcements.js';
import { sentences } from '../announcements/sentences.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import type { Consent } from './consent.js';
import { HeldNotice } from './held-notice.js';
import type { Notice } from './notice.js';
import type { NoticeHost } from './notice-host.js';
import { QuestionPlace } from './question-place.js';
import { readable } from './question.js';
import { ToolQuestions } from './tool-questions.js';
import { Warnings } from './warnings.js';

/** Warnings that no longer hold as soon as anybody is active. */
const SILENCE_WARNINGS: readonly VoiceWarningCode[] = ['microphone-silent', 'microphone-interrupted'];
/** Warnings that the session takes back. */
const RETRACTABLE: readonly VoiceWarningCode[] = ['idle', 'no-answer', 'answer-failed'];

/** The one place where the card says something out of the ordinary: the most urgent thing, and what to do about it. */
export class NoticeArea implements SessionObserver {
  readonly #host: NoticeHost;
  readonly #consent: Consent;
  readonly #warnings: Warnings;
  readonly #questions: ToolQuestions;
  readonly #place = new QuestionPlace();
  /** What failed inside a call that goes on. */
  #setback: VoiceErrorCode | undefined;
  readonly #heldSetback: HeldNotice;
  readonly #heldNotice: HeldNotice;

  constructor(host: NoticeHost, consent: Consent) {
    this.#host = host;
    this.#consent = consent;
    this.#warnings = new Warnings(host);
    this.#questions = new ToolQuestions(host);
    this.#heldSetback = new HeldNotice(host);
    this.#heldNotice = new HeldNotice(host);
    host.addController(this);
  }

  /** Asks the visitor whether a tool may run. */
  get confirmTool(): ToolQuestions['ask'] {
    return this.#questions.ask;
  }

  /** What waits for the visitor's answer, by its keys. */
  get unanswered(): readonly unknown[] {
    const questions = [this.#consent.notice, this.#questions.notice].flatMap((notice) => notice?.key ?? []);
    return [...questions, ...this.#warnings.unanswered];
  }

  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceWarningEvent) this.#warnings.show(event.detail);
    if (event instanceof VoiceErrorEvent && this.#host.session) this.#setSetback(event.detail.error.code);
    if (event instanceof VoiceEndEvent) this.#reset();
  }

  /** Removes the warnings that no longer hold. */
  sessionChanged(): void {
    const { state, muted, userSpeaking, session } = this.#host;
    const toolRunning = session !== undefined && session.runningTools.length > 0;
    const active = userSpeaking || state === 'thinking' || state === 'speaking' || toolRunning;
    if (active) this.#warnings.clear(SILENCE_WARNINGS);
    this.#warnings.clear(RETRACTABLE.filter((code) => !session?.isWarning(code)));
    const isHeard = session?.microphone !== 'off';
    if (!isHeard || muted) this.#warnings.clear(['microphone-silent']);
    if (!isHeard || !muted) this.#warnings.clear(['muted-speech']);
    if (session?.microphone === 'on' && this.#setback) this.#setSetback(undefined);
  }

  /** Chooses what is shown. It is announced also where it is not drawn, because the panel is closed. */
  hostUpdate(): void {
    this.#heldSetback.update(this.#dueSetback);
    this.#heldNotice.update(this.#dueNotice);
  }

  /** What is shown now, as it is announced. The words of a failure are those of the status. */
  spoken(locale: Locale): Spoken[] {
    const [setback, notice] = [this.#heldSetback.shown, this.#heldNotice.shown];
    return [
      ...(setback ? [{ key: setback.key, words: setback.words(locale), urgent: true }] : []),
      ...(notice ? [{ key: notice.key, words: notice.words(locale) }] : []),
    ];
  }

  /** `fix` stands in the place of a setback. */
  render(locale: Locale, fix: TemplateResult | undefined): TemplateResult {
    const notice = this.#heldNotice.shown;
    return html`<div class="notices" @click=${this.#release}>
      <div>${fix ?? this.#heldSetback.shown?.render(locale)}</div>
      <div>${notice ? this.#place.show(notice.key, notice.render(locale)) : nothing}</div>
    </div>`;
  }

  /** What the visitor has answered goes at once. */
  readonly #release = (event: Event): void => {
    if (!(event.target as Element).closest('button')) return;
    this.#heldNotice.release();
    this.#host.requestUpdate();
  };

  /** Says that something failed although the call goes on, or that this is over. */
  #setSetback(code: VoiceErrorCode | undefined): void {
    this.#setback = code;
    this.#host.requestUpdate();
  }

  /** Removes everything at the end of a call; questions count as declined. */
  #reset(): void {
    this.#questions.declineAll();
    this.#warnings.clear();
    this.#setback = undefined;
    this.#heldSetback.release();
    this.#heldNotice.release();
    this.#host.requestUpdate();
  }

  get #dueSetback(): Notice | undefined {
    const { session, transcript } = this.#host;
    const last = session && transcript.at(-1);
    // The visitor's words were typed: they are still in the field.
    if (last?.status === 'failed' && last.source === 'text') return setback(last.id, ({ tooLong }) => tooLong);
    const code = this.#setback;
    return code && setback(code, ({ errors }) => errors[code]);
  }

  get #dueNotice(): Notice | undefined {
    const question = this.#consent.notice ?? this.#questions.notice ?? this.#warnings.notice;
    if (question) return question;
    const name = this.#host.session?.runningTools[0];
    return name === undefined ? undefined : runningTool(name);
  }
}

function setback(key: string, advice: (strings: Strings) => Advice): Notice {
  return {
    key,
    words: ({ strings }) => sentences(advice(strings)[0], advice(strings)[1]),
    render: ({ strings }) => {
      const [what, fix] = [advice(strings)[0], advice(strings)[1]];
      return html`<div class="notice danger" part="notice"><b>${what}</b> <span>${fix}</span></div>`;
    },
  };
}

function runningTool(name: string): Notice {
  const words = ({ strings }: Locale): string => strings.toolRunning.replace('{name}', readable(name));
  return {
    key: `tool ${name}`,
    words,
    render: (locale) => html`<div class="notice" part="notice">${words(locale)}</div>`,
  };
}
