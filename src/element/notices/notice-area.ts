import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import type { VoiceErrorCode } from '../../errors.js';
import type { VoiceWarningCode, WarningDetail } from '../../session/events.js';
import type { VoiceSession } from '../../session/index.js';
import { button, question } from '../controls/button.js';
import { formatCountdown } from '../duration.js';
import type { ControllerHost } from '../view-element.js';

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
      const pending: Pending = {
        question,
        answer: (accepted) => {
          this.#pending.delete(pending);
          this.#host.requestUpdate();
          resolve(accepted);
        },
      };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', () => pending.answer(false));
      this.#pending.add(pending);
      this.#host.requestUpdate();
    });

  /** Both live regions are always there: one that arrives together with its words is not spoken. */
  render(locale: Locale, failure: VoiceErrorCode | undefined): TemplateResult {
    return html`<div class="notices">
      <div role="alert">${this.#renderFailure(locale.strings, failure)}</div>
      <div role="status">${failure ? nothing : this.#renderNews(locale)}</div>
    </div>`;
  }

  /** Of a call that failed the status names what happened; of a setback inside one, nobody does. */
  #renderFailure({ errors }: Strings, failure: VoiceErrorCode | undefined): TemplateResult | typeof nothing {
    const code = failure ?? this.#setback;
    if (!code) return nothing;
    const words = errors[code];
    return html`<div class="notice danger" part="notice">
      ${failure ? nothing : html`<b>${words[0]}</b> `}<span>${words[1]}</span>
    </div>`;
  }

  #renderNews({ strings, code: lang }: Locale): TemplateResult | typeof nothing {
    const [pending] = this.#pending;
    if (pending) return question(pending.question, strings, false, pending.answer);
    const warnings = [...this.#warnings];
    const warning = warnings.find(([, { left }]) => left) ?? warnings[0];
    if (warning) return this.#renderWarning(...warning, strings, lang);
    const tool = this.#host.session?.runningTools[0];
    return tool
      ? html`<div class="notice" part="notice">
          ${strings.toolRunning.replace('{name}', tool.replace(/[_-]+/g, ' '))}
        </div>`
      : nothing;
  }

  #renderWarning(code: VoiceWarningCode, { from, left }: Countdown, strings: Strings, lang: string): TemplateResult {
    const words = (seconds: number): string => strings.warnings[code].replace('{when}', formatCountdown(seconds, lang));
    const remedies: Readonly<Partial<Record<VoiceWarningCode, string>>> = {
      ...strings.remedies,
      'muted-speech': strings.turnOnMicrophone,
    };
    const label = remedies[code];
    // The seconds run for the eye only: spoken once, not once a second.
    return html`<div class="notice" part="notice">
      ${from ? html`<span class="unseen">${words(from)}</span>` : nothing}<span aria-hidden=${from > 0}
        >${words(left)}</span
      >
      ${label ? button({ name: 'remedy', label, act: () => this.#remedy(code) }) : nothing}
    </div>`;
  }

  #remedy(code: VoiceWarningCode): void {
    this.clear(code);
    const { session } = this.#host;
    if (code === 'idle') session?.stillHere();
    else if (code === 'muted-speech') this.#host.muted = false;
    else session?.resumePlayback();
  }
}
