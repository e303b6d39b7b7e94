import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import type { VoiceErrorCode } from '../errors.js';
import type { VoiceWarningCode, WarningDetail } from '../session/events.js';

/** A tool that may run only when the visitor agrees. */
export interface ToolQuestion {
  readonly name: string;
  readonly question: string;
  readonly signal: AbortSignal;
}

/** What the notice's buttons do. */
export interface NoticeActions {
  stillHere(): void;
  resumePlayback(): void;
  unmute(): void;
}

export interface NoticeContext {
  readonly strings: Strings;
  readonly failure: VoiceErrorCode | undefined;
  readonly runningTools: readonly string[];
}

interface Pending {
  readonly question: string;
  readonly answer: (accepted: boolean) => void;
}

interface Warning {
  readonly code: VoiceWarningCode;
  readonly secondsAtFirst: number;
  readonly deadline: number;
}

/** The one place where the card says something out of the ordinary: the most pressing thing, and what to do about it. */
export class NoticeArea {
  readonly #host: ReactiveControllerHost;
  readonly #actions: NoticeActions;
  #warning: Warning | undefined;
  #setback: VoiceErrorCode | undefined;
  #pending: readonly Pending[] = [];
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, actions: NoticeActions) {
    this.#host = host;
    this.#actions = actions;
  }

  warn({ code, secondsLeft }: WarningDetail): void {
    const seconds = Math.ceil(secondsLeft ?? 0);
    const again = this.#warning?.code === code;
    const secondsAtFirst = again ? this.#warning!.secondsAtFirst : seconds;
    this.#warning = { code, secondsAtFirst, deadline: Date.now() + seconds * 1000 };
    clearInterval(this.#ticker);
    if (secondsLeft !== undefined) this.#ticker = setInterval(() => this.#host.requestUpdate(), 1000);
    this.#host.requestUpdate();
  }

  /** Takes a warning back when its cause is gone. */
  clear(...codes: VoiceWarningCode[]): void {
    if (!this.#warning || !codes.includes(this.#warning.code)) return;
    this.#drop();
  }

  /** Something failed and the call goes on without it. */
  excuse(code: VoiceErrorCode): void {
    this.#setback = code;
    this.#host.requestUpdate();
  }

  /** What had failed works now. */
  forgive(): void {
    this.#setback = undefined;
  }

  /** At the end of a call nothing is left to warn of or to ask. */
  settle(): void {
    for (const { answer } of this.#pending) answer(false);
    this.forgive();
    this.#drop();
  }

  readonly confirm = ({ question, signal }: ToolQuestion): Promise<boolean> =>
    new Promise((resolve) => {
      const answer = (accepted: boolean): void => {
        this.#pending = this.#pending.filter((other) => other !== pending);
        this.#host.requestUpdate();
        resolve(accepted);
      };
      const pending: Pending = { question, answer };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', () => answer(false), { once: true });
      this.#pending = [...this.#pending, pending];
      this.#host.requestUpdate();
    });

  /** Both live regions are always there: one that arrives together with its words is not spoken. */
  render(context: NoticeContext): TemplateResult {
    const { failure, strings } = context;
    return html`<div class="notices">
      <div role="alert">${failure ? this.#renderFailure(strings.errors[failure].fix) : this.#renderSetback(strings)}</div>
      <div role="status">${failure ? nothing : this.#renderNews(context)}</div>
    </div>`;
  }

  #renderFailure(words: string): TemplateResult {
    return html`<div class="notice danger" part="notice">${words}</div>`;
  }

  #renderSetback(strings: Strings): TemplateResult | typeof nothing {
    if (!this.#setback) return nothing;
    const { sentence, fix } = strings.errors[this.#setback];
    return this.#renderFailure(`${sentence}. ${fix}`);
  }

  #renderNews({ strings, runningTools }: NoticeContext): TemplateResult | typeof nothing {
    const [pending] = this.#pending;
    if (pending) return this.#renderQuestion(pending, strings);
    if (this.#warning) return this.#renderWarning(this.#warning, strings);
    const tool = runningTools[0];
    if (!tool) return nothing;
    return html`<div class="notice working" part="notice">${strings.toolRunning(tool.replace(/[_-]+/g, ' '))}</div>`;
  }

  #renderQuestion({ question, answer }: Pending, strings: Strings): TemplateResult {
    return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
      <span id="question">${question}</span>
      <div class="row">
        <button class="button small" type="button" @click=${() => answer(false)}>${strings.decline}</button>
        <button class="button small primary" type="button" @click=${() => answer(true)}>${strings.accept}</button>
      </div>
    </div>`;
  }

  #renderWarning({ code, secondsAtFirst, deadline }: Warning, strings: Strings): TemplateResult {
    const words = strings.warnings[code];
    const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
    // The seconds run for the eye only: spoken once, not once a second.
    const sentence =
      secondsAtFirst > 0
        ? html`<span class="unseen">${words(secondsAtFirst)}</span><span aria-hidden="true">${words(left)}</span>`
        : html`<span>${words(0)}</span>`;
    return html`<div class="notice" part="notice">${sentence}${this.#renderRemedy(code, strings)}</div>`;
  }

  #renderRemedy(code: VoiceWarningCode, strings: Strings): TemplateResult | typeof nothing {
    const remedies: Partial<Record<VoiceWarningCode, [string, () => void]>> = {
      idle: [strings.stillHere, () => this.#actions.stillHere()],
      'playback-blocked': [strings.tapToHear, () => this.#actions.resumePlayback()],
      'muted-speech': [strings.unmute, () => this.#actions.unmute()],
    };
    const remedy = remedies[code];
    if (!remedy) return nothing;
    const [label, act] = remedy;
    const apply = (): void => {
      this.clear(code);
      act();
    };
    return html`<button class="button small primary" type="button" @click=${apply}>${label}</button>`;
  }

  #drop(): void {
    clearInterval(this.#ticker);
    this.#warning = undefined;
    this.#host.requestUpdate();
  }
}
