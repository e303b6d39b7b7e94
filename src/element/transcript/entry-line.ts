import { html, render } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { shortened } from '../shortened.js';

/** Who spoke, in words. */
export function speaker({ role }: TranscriptEntry, { you, assistant }: Strings): string {
  return role === 'user' ? you : assistant;
}

/** What is unusual about an entry, in words: never by colour or a dash alone. */
export function remark({ status, source }: TranscriptEntry, strings: Strings): string {
  if (status === 'interrupted') return strings.cutOff;
  if (status !== 'failed') return '';
  return source === 'speech' ? strings.notTranscribed : strings.notSent;
}

/**
 * Identifies the line of an entry. While words still arrive the line is hidden from assistive technology; when the
 * entry is complete a new line takes its place, so that a live region announces each utterance once, and whole.
 */
export function lineKey({ id, status }: TranscriptEntry): string {
  return `${id} ${status === 'partial' ? 'partial' : 'complete'}`;
}

/** Makes the line of an entry, without words. */
export function createLine({ role, status }: TranscriptEntry): HTMLElement {
  const line = document.createElement('div');
  line.setAttribute('part', `entry entry-${role}`);
  if (status === 'partial') line.ariaHidden = 'true';
  return line;
}

/** Writes an entry into its line, as text and never as HTML. What is the same as before is not written again. */
export function writeLine(line: HTMLElement, entry: TranscriptEntry, strings: Strings): void {
  const { role, status, text } = entry;
  const className = `entry ${role} ${status}`;
  if (line.className !== className) line.className = className;
  const words = shortened(text) || (status === 'partial' ? '…' : '');
  render(
    html`<span class="who">${speaker(entry, strings)}</span><span class="words" dir="auto">${words}</span
      ><span class="remark">${remark(entry, strings)}</span>`,
    line,
  );
}
