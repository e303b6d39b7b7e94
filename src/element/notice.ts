import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Locale } from '../locales/lookup.js';
import type { Strings } from '../locales/strings.js';
import type { VoiceErrorCode } from '../errors.js';
import type { VoiceWarningCode, WarningDetail } from '../session/events.js';
import type { VoiceSession } from '../session/index.js';
import { button } from './button.js';
import { formatCountdown } from './duration.js';
import type { ControllerHost } from './view-element.js';

/** A tool that may run only when the visitor agrees. */
export interface ToolQuestion {
  readonly name: string;
  readonly question: string;
  readonly signal: AbortSignal;
}

/** What the notice's buttons act upon. */
export interface NoticeHost extends ControllerHost {
  muted: boolean;
  readonly session: VoiceSession | undefined;
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
  readonly #host: NoticeHost;
  readonly #warnings = new Map<VoiceWarningCode, Countdown>();
  #setback: VoiceErrorCode | undefined;
  readonly #pending = new Set<Pending>();

  constructor(host: NoticeHost) {
    this.#host = host;
  }

  /** Something waits for the visitor. */
  get pressing(): boolean {
    return this.#pending.size + this.#warnings.size > 0;
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
        this.#pending.delete(pending);
        this.#host.requestUpdate();
        resolve(accepted);
      };
      const pending: Pending = { question, answer };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', () => answer(false));
      this.#pending.add(pending);
      this.#host.requestUpdate();
    });

  /** Both live regions are always there: one that arrives together with its words is not spoken. */
  render(locale: Locale, failure: VoiceErrorCode | undefined): TemplateResult {
    const { strings } = locale;
    return html`<div class="notices">
      <div role="alert">${failure ? this.#renderFailure(strings.errors[failure].fix) : this.#renderSetback(strings)}</div>
      <div role="status">${failure ? nothing : this.#renderNews(locale)}</div>
    </div>`;
  }

  #renderFailure(words: unknown): TemplateResult {
    return html`<div class="notice danger" part="notice">${words}</div>`;
  }

  #renderSetback(strings: Strings): TemplateResult | typeof nothing {
    if (!this.#setback) return nothing;
    const { sentence, fix } = strings.errors[this.#setback];
    return this.#renderFailure(html`<b>${sentence}</b> <span>${fix}</span>`);
  }

  #renderNews(locale: Locale): TemplateResult | typeof nothing {
    const { strings } = locale;
    const [pending] = this.#pending;
    if (pending) return this.#renderQuestion(pending, strings);
    const warnings = [...this.#warnings];
    const warning = warnings.find(([, { left }]) => left) ?? warnings[0];
    if (warning) return this.#renderWarning(...warning, locale);
    const tool = this.#host.session?.runningTools[0];
    if (!tool) return nothing;
    return html`<div class="notice" part="notice">${strings.toolRunning(tool.replace(/[_-]+/g, ' '))}</div>`;
  }

  #renderQuestion({ question, answer }: Pending, strings: Strings): TemplateResult {
    return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
      <span id="question">${question}</span>
      <div class="row">
        ${button({ label: strings.decline, act: () => answer(false) })}
        ${button({ look: 'primary', label: strings.accept, act: () => answer(true) })}
      </div>
    </div>`;
  }

  #renderWarning(code: VoiceWarningCode, { from, left }: Countdown, { strings, code: lang }: Locale): TemplateResult {
    const words = (seconds: number): string => strings.warnings[code](formatCountdown(seconds, lang));
    // The seconds run for the eye only: spoken once, not once a second.
    const sentence = from
      ? html`<span class="unseen">${words(from)}</span><span aria-hidden="true">${words(left)}</span>`
      : html`<span>${words(0)}</span>`;
    return html`<div class="notice" part="notice">${sentence}${this.#renderRemedy(code, strings)}</div>`;
  }

  #renderRemedy(code: VoiceWarningCode, strings: Strings): TemplateResult | typeof nothing {
    const remedies: Partial<Record<VoiceWarningCode, [string, () => void]>> = {
      idle: [strings.stillHere, () => this.#host.session?.stillHere()],
      'playback-blocked': [strings.tapToHear, () => this.#host.session?.resumePlayback()],
      'muted-speech': [strings.unmute, () => (this.#host.muted = false)],
    };
    const remedy = remedies[code];
    if (!remedy) return nothing;
    const [label, act] = remedy;
    return button({
      look: 'primary',
      label,
      act: () => {
        this.clear(code);
        act();
      },
    });
  }
}
