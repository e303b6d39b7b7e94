import { html, nothing, type TemplateResult } from 'lit';
import { CHECK_NAMES } from '../check-environment.js';
import type { CheckName, EnvironmentCheck } from '../environment-check.js';
import type { DiagnosticsRun } from './diagnostics-run.js';
import { statusIcon } from './status-icon.js';
import type { DiagnosticsStrings } from './strings.js';

/** All checks, each with its result in a shape and a word, and with the sentence about it. */
export function checkList(run: DiagnosticsRun, strings: DiagnosticsStrings): TemplateResult {
  // A list without bullets is no list to some screen readers, unless it says so.
  return html`<ol role="list" part="checks">
    ${CHECK_NAMES.map((name) => item(name, run, strings))}
  </ol>`;
}

/** The sentence about a result, in the words of the page if it has some. */
export function messageOf({ name, code, message }: EnvironmentCheck, { messages }: DiagnosticsStrings): string {
  return messages[`${name}:${code}`] ?? message;
}

function item(name: CheckName, run: DiagnosticsRun, strings: DiagnosticsStrings): TemplateResult {
  const check = run.checks.find((each) => each.name === name);
  const isRunning = run.phase === 'running' && run.current === name;
  const status = check?.status ?? (isRunning ? 'running' : 'waiting');
  return html`<li data-check=${name} data-status=${status} part="check">
    ${statusIcon(status)}<span class="name">${strings.checks[name]}</span>
    <span class="word">${strings.statuses[status]}</span>
    ${check ? html`<span class="message more">${messageOf(check, strings)}</span>` : nothing} ${reason(check)}
    ${isRunning && run.microphone !== undefined && !check ? level(run.microphone, strings) : nothing}
  </li>`;
}

/** What the server or the browser said, which the sentence may refer to. It is English, as in the report. */
function reason(check: EnvironmentCheck | undefined): TemplateResult | typeof nothing {
  const text = check?.details['reason'];
  return text ? html`<span class="reason more" lang="en" dir="auto">${text}</span>` : nothing;
}

function level(deviceName: string, strings: DiagnosticsStrings): TemplateResult {
  return html`<span class="more">
    <strong>${strings.speak}</strong> <span class="name-of-device">${deviceName}</span>
    <meter min="0" max="1" aria-label=${strings.level}></meter>
  </span>`;
}
