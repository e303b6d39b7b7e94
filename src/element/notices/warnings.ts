import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import type { VoiceWarningCode, WarningDetail } from '../../session/index.js';
import { button } from '../controls/button.js';
import { formatCountdown } from '../duration.js';
import type { Notice } from './notice.js';
import type { NoticeHost } from './notice-host.js';

/** Warnings that only the visitor can do something about: the call ends, or nothing is heard. */
const TO_ANSWER: readonly VoiceWarningCode[] = ['idle', 'playback-blocked'];

/** A warning that is shown; seconds are 0 when it does not count down. */
interface Warning {
  readonly code: VoiceWarningCode;
  /** Seconds until the end when the warning began. */
  readonly secondsAtFirst: number;
  readonly secondsLeft: number;
}

/** The warnings of a call, in the order in which they came. */
export class Warnings {
  readonly #host: NoticeHost;
  readonly #shown = new Map<VoiceWarningCode, Warning>();

  constructor(host: NoticeHost) {
    this.#host = host;
  }

  /** The warning to show now: one that counts down takes precedence. */
  get notice(): Notice | undefined {
    const warnings = [...this.#shown.values()];
    const warning = warnings.find(({ secondsLeft }) => secondsLeft > 0) ?? warnings[0];
    return (
      warning && {
        key: warning.code,
        words: (locale) => wordsOf(warning, warning.secondsAtFirst, locale),
        render: (locale) => this.#render(warning, locale),
      }
    );
  }

  /** The warnings that wait for an answer. */
  get unanswered(): readonly VoiceWarningCode[] {
    return TO_ANSWER.filter((code) => this.#shown.has(code));
  }

  /** A warning that counts down is dispatched again each second. */
  show({ code, secondsLeft = 0 }: WarningDetail): void {
    const secondsAtFirst = this.#shown.get(code)?.secondsAtFirst ?? secondsLeft;
    this.#shown.set(code, { code, secondsAtFirst, secondsLeft });
    this.#host.requestUpdate();
  }

  clear(codes: Iterable<VoiceWarningCode> = this.#shown.keys()): void {
    for (const code of codes) {
      if (this.#shown.delete(code)) this.#host.requestUpdate();
    }
  }

  /** The seconds are announced once, at the beginning, and not once a second. */
  #render(warning: Warning, locale: Locale): TemplateResult {
    return html`<div class="notice" part="notice">
      <span>${wordsOf(warning, warning.secondsLeft, locale)}</span>
      ${this.#renderRemedy(warning.code, locale.strings)}
    </div>`;
  }

  /** To unmute has no button here: it is among the controls, where it is in the whole call. */
  #renderRemedy(code: VoiceWarningCode, { remedies, tryAgain }: Strings): TemplateResult | typeof nothing {
    const labels: Readonly<Partial<Record<VoiceWarningCode, string>>> = { ...remedies, 'answer-failed': tryAgain };
    const label = labels[code];
    return label ? button({ name: 'remedy', label, onClick: () => this.#remedy(code) }) : nothing;
  }

  #remedy(code: VoiceWarningCode): void {
    const { session } = this.#host;
    // Its reason may be gone already.
    if (!this.#shown.has(code)) return;
    this.clear([code]);
    if (code === 'idle') session?.stillHere();
    if (code === 'no-answer' || code === 'answer-failed') session?.askAgain();
    if (code === 'playback-blocked') session?.resumePlayback();
  }
}

function wordsOf({ code }: Warning, seconds: number, { strings, code: lang }: Locale): string {
  return strings.warnings[code].replace('{when}', formatCountdown(seconds, lang));
}
