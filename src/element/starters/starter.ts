import type { Suggestion } from '../../session/index.js';
import { shortened } from '../shortened.js';

/** More would be a menu, and nobody reads it. */
const MOST = 4;
/** A longer label is cut; in characters. */
const LONGEST_LABEL = 100;
const FORM = 'Each is a text, or { label, text } with two texts.';

/** A chip: what is on it, and what it says. */
export interface Starter {
  readonly label: string;
  readonly text: string;
}

/** The usable starters of what a page has set, and what is wrong with the others. */
export interface ReadStarters {
  readonly starters: readonly Starter[];
  /** One sentence for the developer, with the right form. */
  readonly mistake: string | undefined;
}

/** Reads what a page has set, under this name. What is wrong is left out, and costs nothing else. */
export function readStarters(value: unknown, name: string): ReadStarters {
  if (!Array.isArray(value)) return { starters: [], mistake: `${name} is no list. ${FORM}` };
  const read = value.map((suggestion) => starterOf(suggestion as Suggestion));
  const starters = read.filter((starter) => starter !== undefined);
  const wrong = read.flatMap((starter, index) => (starter ? [] : [index + 1]));
  if (wrong.length > 0) {
    const mistake = `${name}: number ${wrong.join(', ')} cannot be used and is left out. ${FORM}`;
    return { starters: starters.slice(0, MOST), mistake };
  }
  const mistake =
    starters.length > MOST ? `${name} has ${starters.length} entries. Only ${MOST} are shown.` : undefined;
  return { starters: starters.slice(0, MOST), mistake };
}

/** Undefined if it cannot be used. */
function starterOf(suggestion: Suggestion): Starter | undefined {
  const { label, text } = typeof suggestion === 'string' ? { label: suggestion, text: suggestion } : (suggestion ?? {});
  if (!isText(label) || !isText(text)) return undefined;
  return { label: shortened(label.trim(), LONGEST_LABEL), text: text.trim() };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
