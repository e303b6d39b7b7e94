import { html, nothing, type TemplateResult } from 'lit';
import { toJson } from '../../json-text.js';
import type { Strings } from '../../locales/strings.js';
import { button } from '../controls/button.js';
import { shortened } from '../shortened.js';

/** Longer names and values of arguments are cut; in characters. */
const LONGEST_ARGUMENT = 100;
/** More rows of arguments, and deeper ones, are left out. */
const MOST_ROWS = 50;
const MOST_LEVELS = 10;
/** Stands for what is left out. */
const MORE = '…';

/** A question that the visitor accepts or declines. */
export interface Question {
  readonly words: unknown;
  /** The arguments of the tool that the question is about. */
  readonly args?: unknown;
  readonly answer: (accepted: boolean) => void;
}

/**
 * The focus goes to the words of a question, not to a button: a key that is still held must not answer. The words can
 * be reached with Tab too, because long ones scroll.
 */
export function renderQuestion({ words, args, answer }: Question, { accept, decline }: Strings): TemplateResult {
  return html`<div class="notice" part="notice" role="group" aria-labelledby="question">
    <div id="question" tabindex="0" data-main>${words}${renderArguments(args)}</div>
    <div class="row">
      ${button({ name: 'decline', label: decline, onClick: () => answer(false) })}
      ${button({ name: 'accept', label: accept, onClick: () => answer(true) })}
    </div>
  </div>`;
}

/** Names and values as text, because the question alone may leave out what matters. */
function renderArguments(args: unknown): TemplateResult | typeof nothing {
  const rows = argumentRows(args).map(
    ([name, text]) =>
      html`<dt>${name}</dt>
        <dd>${text}</dd>`,
  );
  return rows.length > 0 ? html`<dl>${rows}</dl>` : nothing;
}

/** The names and values of arguments, as they are shown and read. */
export function argumentRows(args: unknown): (readonly [name: string, text: string])[] {
  // A bare value has no name.
  const named = typeof args === 'object' || args === undefined ? (args ?? {}) : { '': args };
  const rows: (readonly [string, string])[] = [];
  for (const [name, text] of leaves(named)) {
    if (rows.length > MOST_ROWS) break;
    rows.push(rows.length < MOST_ROWS ? [name, shortened(text, LONGEST_ARGUMENT)] : [MORE, MORE]);
  }
  return rows;
}

/** Every value in an object, with the names that lead to it. A long value is cut, and must not hide those beside it. */
function* leaves(branch: object, path: readonly string[] = []): Generator<readonly [name: string, text: string]> {
  for (const [name, value] of Object.entries(branch) as [string, unknown][]) {
    const names = [...path, shortened(readable(name), LONGEST_ARGUMENT)];
    const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    if (isBranch && names.length < MOST_LEVELS) yield* leaves(value, names);
    else yield [names.join(' '), isBranch ? MORE : typeof value === 'string' ? value : toJson(value)];
  }
}

/** The name of a tool or of an argument in words. */
export function readable(name: string): string {
  return name.replace(/[_-]+/g, ' ');
}
