import { html, nothing, type TemplateResult } from 'lit';
import type { VoiceErrorCode } from '../../errors.js';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceEndEvent, VoiceErrorEvent, VoiceWarningEvent } from '../../session/events.js';
import type { VoiceWarningCode } from '../../session/index.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import { question } from '../controls/button.js';
import type { NoticeHost } from './notice-host.js';
import { ToolQuestions } from './tool-questions.js';
import { Warnings } from './warnings.js';

/** Warnings that no longer hold as soon as anybody is active. */
const SILENCE_WARNINGS: readonly VoiceWarningCode[] = ['microphone-silent', 'microphone-interrupted'];
/** Warnings that the session takes back. */
const OPEN_WARNINGS: readonly VoiceWarningCode[] = ['idle', 'no-answer'];

/** The one place where the card says something out of the ordinary: the most urgent thing, and what to do about it. */
export class NoticeArea implements SessionObserver {
  readonly #host: NoticeHost;
  readonly #warnings: Warnings;
  readonly #questions: ToolQuestions;
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

  /** Something waits for the visitor. */
  get urgent(): boolean {
    return this.#questions.first !== undefined || this.#warnings.first !== undefined;
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
    this.#warnings.clear(OPEN_WARNINGS.filter((code) => !session?.openWarnings.includes(code)));
    if (!muted) this.#warnings.clear(['muted-speech']);
    if (session?.microphone === 'on') this.#clearSetback();
  }

  /** Both live regions are always there: one that is inserted together with its words is not announced. */
  render(locale: Locale, failure: VoiceErrorCode | undefined): TemplateResult {
    return html`<div class="notices">
      <div role="alert">${failure ? renderFix(failure, locale.strings) : this.#renderSetback(locale.strings)}</div>
      <div role="status">${failure ? nothing : this.#renderMostUrgent(locale)}</div>
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

  #renderSetback({ errors }: Strings): TemplateResult | typeof nothing {
    if (!this.#setback) return nothing;
    const [what, fix] = [errors[this.#setback][0], errors[this.#setback][1]];
    return html`<div class="notice danger" part="notice"><b>${what}</b> <span>${fix}</span></div>`;
  }

  #renderMostUrgent(locale: Locale): TemplateResult | typeof nothing {
    const { strings } = locale;
    const pending = this.#questions.first;
    if (pending) return question({ words: pending.words, acceptIsMain: false, answer: pending.answer }, strings);
    if (this.#warnings.first) return this.#warnings.render(locale);
    const tool = this.#host.session?.runningTools[0];
    return tool ? renderRunningTool(tool, strings) : nothing;
  }
}

/** When a call fails, the status already names the error, so only the fix is shown here. */
function renderFix(failure: VoiceErrorCode, { errors }: Strings): TemplateResult {
  return html`<div class="notice danger" part="notice"><span>${errors[failure][1]}</span></div>`;
}

function renderRunningTool(name: string, { toolRunning }: Strings): TemplateResult {
  const readableName = name.replace(/[_-]+/g, ' ');
  return html`<div class="notice" part="notice">${toolRunning.replace('{name}', readableName)}</div>`;
}
