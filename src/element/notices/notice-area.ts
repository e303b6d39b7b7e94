import { html, nothing, type TemplateResult } from 'lit';
import type { VoiceErrorCode } from '../../errors.js';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceEndEvent, VoiceErrorEvent, VoiceWarningEvent } from '../../session/events.js';
import type { VoiceWarningCode } from '../../session/index.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import type { NoticeHost } from './notice-host.js';
import { QuestionPlace } from './question-place.js';
import { readable, renderQuestion } from './question.js';
import { ToolQuestions } from './tool-questions.js';
import { Warnings } from './warnings.js';

/** Warnings that no longer hold as soon as anybody is active. */
const SILENCE_WARNINGS: readonly VoiceWarningCode[] = ['microphone-silent', 'microphone-interrupted'];
/** Warnings that the session takes back. */
const RETRACTABLE: readonly VoiceWarningCode[] = ['idle', 'no-answer', 'answer-failed'];

/** The one place where the card says something out of the ordinary: the most urgent thing, and what to do about it. */
export class NoticeArea implements SessionObserver {
  readonly #host: NoticeHost;
  readonly #warnings: Warnings;
  readonly #questions: ToolQuestions;
  readonly #place = new QuestionPlace();
  /** What failed inside a call that goes on. */
  #setback: VoiceErrorCode | undefined;

  constructor(host: NoticeHost) {
    this.#host = host;
    this.#warnings = new Warnings(host);
    this.#questions = new ToolQuestions(host);
  }

  /** Asks the visitor whether a tool may run. */
  get confirmTool(): ToolQuestions['ask'] {
    return this.#questions.ask;
  }

  /** What waits for the visitor: each question is another thing, and all other notices are the same. */
  get urgent(): unknown {
    return this.#questions.first ?? ((this.#warnings.first ?? this.#setback) && 'notice');
  }

  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceWarningEvent) this.#warnings.show(event.detail);
    if (event instanceof VoiceErrorEvent && this.#host.session) this.#showSetback(event.detail.error.code);
    if (event instanceof VoiceEndEvent) this.#reset();
  }

  /** Removes the warnings that no longer hold. */
  sessionChanged(): void {
    const { state, muted, userSpeaking, session } = this.#host;
    const toolRunning = session !== undefined && session.runningTools.length > 0;
    const active = userSpeaking || state === 'thinking' || state === 'speaking' || toolRunning;
    if (active) this.#warnings.clear(SILENCE_WARNINGS);
    this.#warnings.clear(RETRACTABLE.filter((code) => !session?.isWarning(code)));
    if (!muted) this.#warnings.clear(['muted-speech']);
    if (session?.microphone === 'on') this.#clearSetback();
  }

  /** Both live regions are always there: one that is inserted together with its words is not announced. */
  render(locale: Locale, failure: VoiceErrorCode | undefined, consent?: TemplateResult): TemplateResult {
    return html`<div class="notices">
      <div role="alert">${failure ? renderFix(failure, locale.strings) : this.#renderSetback(locale.strings)}</div>
      <div role="status">
        ${consent ? this.#place.show('consent', consent) : this.#renderMostUrgent(locale, failure)}
      </div>
    </div>`;
  }

  /** Says that something failed although the call goes on. */
  #showSetback(code: VoiceErrorCode): void {
    this.#setback = code;
    this.#host.requestUpdate();
  }

  #clearSetback(): void {
    this.#setback = undefined;
  }

  /** Removes everything at the end of a call; questions count as declined. */
  #reset(): void {
    this.#questions.declineAll();
    this.#warnings.clear();
    this.#clearSetback();
    this.#host.requestUpdate();
  }

  #renderSetback({ errors, tooLong }: Strings): TemplateResult | typeof nothing {
    const { session, transcript } = this.#host;
    const last = session && transcript.at(-1);
    // The visitor's words were typed: they are still in the field.
    const isUnsent = last?.status === 'failed' && last.source === 'text';
    const words = isUnsent ? tooLong : this.#setback && errors[this.#setback];
    if (!words) return nothing;
    const [what, fix] = [words[0], words[1]];
    return html`<div class="notice danger" part="notice"><b>${what}</b> <span>${fix}</span></div>`;
  }

  #renderMostUrgent(locale: Locale, failure: VoiceErrorCode | undefined): unknown {
    if (failure) return nothing;
    const { strings } = locale;
    const pending = this.#questions.first;
    if (pending) return this.#place.show(pending, renderQuestion(pending, strings));
    const warning = this.#warnings.first;
    if (warning) return this.#place.show(warning.code, this.#warnings.render(locale));
    const tool = this.#host.session?.runningTools[0];
    return tool ? renderRunningTool(tool, strings) : nothing;
  }
}

/** When a call fails, the status already names the error, so only the fix is shown here. */
function renderFix(failure: VoiceErrorCode, { errors }: Strings): TemplateResult {
  return html`<div class="notice danger" part="notice"><span>${errors[failure][1]}</span></div>`;
}

function renderRunningTool(name: string, { toolRunning }: Strings): TemplateResult {
  return html`<div class="notice" part="notice">${toolRunning.replace('{name}', readable(name))}</div>`;
}
