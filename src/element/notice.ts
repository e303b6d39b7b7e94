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

/** Seconds until the end, when the warning began and now; 0 where there is no end in sight. */
interface Countdown {
  readonly from: number;
  readonly left: number;
}

/** The one place where the card says something out of the ordinary: the most pressing thing, and what to do about it. */
export class NoticeArea {
  readonly #host: ReactiveControllerHost;
  readonly #actions: NoticeActions;
  readonly #warnings = new Map<VoiceWarningCode, Countdown>();
  #setback: VoiceErrorCode | undefined;
  #pending: readonly Pending[] = [];

  constructor(host: ReactiveControllerHost, actions: NoticeActions) {
    this.#host = host;
    this.#actions = actions;
  }

  /** A warning that counts down comes again each second. */
  warn({ code, secondsLeft = 0 }: WarningDetail): void {
    this.#warnings.set(code, { from: this.#warnings.get(code)?.from ?? secondsLeft, left: secondsLeft });
    this.#host.requestUpdate();
  }

  /** Takes warnings back whose cause is gone. */
  clear(...codes: VoiceWarningCode[]): void {
    for (const code of codes) this.#warnings.delete(code);
    this.#host.requestUpdate();
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
    this.clear(...this.#warnings.keys());
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
    const [warning] = this.#warnings;
    if (warning) return this.#renderWarning(...warning, strings);
    const tool = runningTools[0];
    if (!tool) return nothing;
    return html`<div class="notice working" part="notice">${strings.toolRunning(tool.replace(/[_-]+/g, ' '))}</div>`;
  }

  #renderQuestion({ question, answer }: Pending, strings: Strings): TemplateResult {
    return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
      <span id="question">${question}</span>
      <div class="row">
        <button class="button small" @click=${() => answer(false)}>${strings.decline}</button>
        <button class="button small primary" @click=${() => answer(true)}>${strings.accept}</button>
      </div>
    </div>`;
  }

  #renderWarning(code: VoiceWarningCode, { from, left }: Countdown, strings: Strings): TemplateResult {
    const words = strings.warnings[code];
    // The seconds run for the eye only: spoken once, not once a second.
    const sentence = from
      ? html`<span class="unseen">${words(from)}</span><span aria-hidden="true">${words(left)}</span>`
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
    return html`<button class="button small primary" @click=${apply}>${label}</button>`;
  }
}
