import { html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations, type TemplateResult } from 'lit';
import { themeStyles } from '../../element/theme/theme.styles.js';
import type { EndpointOptions } from '../endpoint-options.js';
import type { EnvironmentReport } from '../environment-check.js';
import { reportText } from '../report-text.js';
import { checkList, messageOf } from './check-list.js';
import { DiagnosticsRun, type SoundQuestion } from './diagnostics-run.js';
import { panelStyles } from './panel.styles.js';
import { mergeStrings, type DiagnosticsStrings, type DiagnosticsStringsPatch } from './strings.js';

/**
 * A panel with which visitors check everything that a call needs, and copy a report for the support. Nothing happens
 * before the press.
 *
 * @csspart panel The box around everything.
 * @csspart heading The heading.
 * @csspart run-button Starts the checks, stops them, starts them again.
 * @csspart copy-button Copies the report.
 * @csspart yes-button Says that the chime was heard.
 * @csspart no-button Says that the chime was not heard.
 * @csspart play-button Plays the chime again.
 * @csspart checks The list of checks.
 * @csspart check One check.
 */
export class RealtimeVoiceDiagnosticsElement extends LitElement {
  static override properties: PropertyDeclarations = {
    tokenUrl: { attribute: 'token-url' },
    callsUrl: { attribute: 'calls-url' },
    sessionUrl: { attribute: 'session-url' },
    tokenMethod: { attribute: 'token-method' },
    credentials: {},
    strings: { attribute: false },
  };
  static override styles: CSSResultGroup = [themeStyles, panelStyles];

  /** The URL of the token endpoint. */
  declare tokenUrl: string | undefined;
  /** The URL that takes the SDP offer; default: what the token endpoint says, or OpenAI's. */
  declare callsUrl: string | undefined;
  /** The URL of an endpoint that opens sessions itself, instead of `tokenUrl`. */
  declare sessionUrl: string | undefined;
  /** How the token endpoint is asked; default `POST`. */
  declare tokenMethod: 'POST' | 'GET' | undefined;
  /** Which cookies go to the site's endpoints; default `same-origin`. */
  declare credentials: 'same-origin' | 'include' | 'omit' | undefined;
  /** Texts that replace some of the English ones. Plain text. */
  declare strings: DiagnosticsStringsPatch | undefined;
  /** What the page adds to its requests, as for the element. */
  requestInit: EndpointOptions['requestInit'];
  /** A function that returns a client secret, instead of `tokenUrl`. */
  tokenSource: EndpointOptions['tokenSource'];
  /** STUN and TURN servers; default: what the token endpoint says. */
  iceServers: EndpointOptions['iceServers'];

  readonly #run = new DiagnosticsRun(this, (level) => this.#showLevel(level));
  #copy: 'none' | 'copied' | 'failed' = 'none';

  /** The last report; undefined before the first one and while the checks run. */
  get report(): EnvironmentReport | undefined {
    return this.#run.report;
  }

  /** Starts the checks. Call it in a press, because browsers allow sound only there. Resolves when they have ended. */
  start(): Promise<void> {
    this.#copy = 'none';
    const { tokenUrl, callsUrl, sessionUrl, tokenMethod, credentials, requestInit, tokenSource, iceServers } = this;
    const set = { tokenUrl, callsUrl, sessionUrl, tokenMethod, credentials, requestInit, tokenSource, iceServers };
    return this.#run.start(Object.fromEntries(Object.entries(set).filter(([, value]) => value != null)));
  }

  /** Stops the checks at once, and closes everything. */
  stop(): void {
    this.#run.stop();
  }

  protected override render(): TemplateResult {
    const strings = mergeStrings(this.strings);
    const { phase, question } = this.#run;
    return html`<section class="panel" part="panel" aria-labelledby="heading">
      <h2 id="heading" part="heading">${strings.heading}</h2>
      <p class="intro">${strings.intro}</p>
      <div class="row">${this.#buttons(strings)}</div>
      <div class="status" role="status" tabindex="-1">${this.#status(strings)}</div>
      ${question ? soundQuestion(question, strings, () => this.#keepFocus()) : nothing}
      ${phase === 'idle' ? nothing : checkList(this.#run, strings)} ${this.#reportText(strings)}
    </section>`;
  }

  /** The first button stays the same one, so that it keeps the focus. */
  #buttons(strings: DiagnosticsStrings): TemplateResult {
    const { phase, report } = this.#run;
    const isRunning = phase === 'running';
    const word = isRunning ? strings.stop : phase === 'idle' ? strings.start : strings.again;
    return html`<button
        type="button"
        part="run-button"
        class=${isRunning ? '' : 'primary'}
        @click=${(event: MouseEvent) => this.#press(event)}
        @keydown=${withoutRepeats}
      >
        ${word}
      </button>
      ${
        report
          ? html`<button type="button" part="copy-button" @click=${() => void this.#copyReport()}>
              ${strings.copy}
            </button>`
          : nothing
      }`;
  }

  /** A live region: screen readers read each change. */
  #status(strings: DiagnosticsStrings): TemplateResult | string | typeof nothing {
    const { phase, current, report } = this.#run;
    if (phase === 'running') return current ? named(strings.running, strings.checks[current]) : nothing;
    if (phase === 'stopped') return strings.stopped;
    if (phase === 'broken') return strings.brokeOff;
    if (!report) return nothing;
    const copied = { none: nothing, copied: strings.copied, failed: strings.copyFailed }[this.#copy];
    return html`<div class="result" data-status=${report.status}>${result(report, strings)}</div>
      <p>${copied}</p>`;
  }

  #reportText(strings: DiagnosticsStrings): TemplateResult | typeof nothing {
    if (!this.report) return nothing;
    return html`<details ?open=${this.#copy === 'failed'}>
      <summary>${strings.report}</summary>
      <pre tabindex="0" lang="en" dir="ltr" role="region" aria-label=${strings.report}>${reportText(this.report)}</pre>
    </details>`;
  }

  #press(event: MouseEvent): void {
    // The second click of a double click was not meant for Stop.
    if (event.detail > 1) return;
    if (this.#run.phase === 'running') this.stop();
    else void this.start();
  }

  async #copyReport(): Promise<void> {
    try {
      await navigator.clipboard.writeText(reportText(this.report!));
      this.#copy = 'copied';
    } catch {
      // The page is not secure, or a policy forbids it.
      this.#copy = 'failed';
    }
    this.requestUpdate();
    await this.updateComplete;
    const text = this.#copy === 'failed' ? this.renderRoot.querySelector('pre') : null;
    text?.focus();
    if (text) getSelection()?.selectAllChildren(text);
  }

  /** The button that has the focus goes away with the question. */
  #keepFocus(): void {
    this.renderRoot.querySelector<HTMLElement>('.status')!.focus();
  }

  /** Fifteen times a second, so it is written past the rendering. */
  #showLevel(level: number): void {
    const meter = this.renderRoot.querySelector('meter');
    if (meter) meter.value = level;
  }
}

/** A key that is held down presses the button once only. */
function withoutRepeats(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}

function named(text: string, check: string): string {
  return text.replace('{check}', () => check);
}

/** What came out, and what to do first. */
function result({ status, first }: EnvironmentReport, strings: DiagnosticsStrings): TemplateResult {
  if (!first) return html`<strong>${strings.allPassed}</strong>`;
  const text = status === 'failed' ? strings.someFailed : strings.someWarned;
  return html`<strong>${named(text, strings.checks[first.name])}</strong>
    <p>${messageOf(first, strings)}</p>`;
}

function soundQuestion(question: SoundQuestion, strings: DiagnosticsStrings, onAnswer: () => void): TemplateResult {
  const answer = (heard: boolean) => () => {
    onAnswer();
    question.answer(heard);
  };
  return html`<div class="question" role="group" aria-labelledby="question">
    <strong id="question" role="alert">${strings.heard}</strong>
    <div class="row">
      <button type="button" part="yes-button" @click=${answer(true)}>${strings.yes}</button>
      <button type="button" part="no-button" @click=${answer(false)}>${strings.no}</button>
      <button type="button" part="play-button" @click=${question.playAgain}>${strings.playAgain}</button>
    </div>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'realtime-voice-diagnostics': RealtimeVoiceDiagnosticsElement;
  }
}
