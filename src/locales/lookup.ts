import { en } from './en.js';
import { type LocaleStrings, registry } from './registry.js';
import type { Strings } from './strings.js';

/** Strings, and the language that they are in as a BCP 47 tag. */
export interface Locale {
  readonly code: string;
  readonly strings: Strings;
}

/** Finds the nearest registered language, `de` for `de-AT`. English stands in for missing strings and languages. */
export function lookupLocale(lang: string): Locale {
  const found = registry.filter(({ code }) => code.toLowerCase() === lang.toLowerCase());
  const [nearest] = found;
  if (!nearest && lang !== 'en') return lookupLocale(withoutLastSubtag(lang) || 'en');
  const strings = found.reduce((below: Strings, { strings }) => overlay(below, strings), en);
  return { code: nearest?.code ?? lang, strings };
}

/** `de` for `de-AT`; empty for `de`. */
function withoutLastSubtag(lang: string): string {
  return lang.replace(/-?[^-]*$/, '');
}

/**
 * Replaces the strings that `above` has, as far as they are what is expected there. `tell` gets one sentence for each
 * of the others, without a full stop.
 */
export function overlay(below: Strings, above: LocaleStrings, tell: Tell = () => {}): Strings {
  return merge(below as unknown as Words, above, '', tell) as unknown as Strings;
}

type Tell = (mistake: string) => void;
type Words = Readonly<Record<string, unknown>>;

/** `path` is where these words are, such as `states.`; empty at the top. */
function merge(below: Words, above: object, path: string, tell: Tell): Words {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, words] of Object.entries(Object(above) as Words)) {
    if (words === undefined || words === null) continue;
    const expected = expectedAt(key, below, path);
    if (!hasForm(words, expected)) tell(`${path}${key} ${formOf(expected)}`);
    else if (typeof words === 'string') merged[key] = words;
    else merged[key] = merge(expected as Words, words, `${path}${key}.`, tell);
  }
  return merged;
}

/** A page may add a key to a group, such as one more reason why a call ends: it is like the others in the group. */
function expectedAt(key: string, below: Words, path: string): unknown {
  if (Object.hasOwn(below, key)) return below[key];
  return path ? Object.values(below)[0] : undefined;
}

function hasForm(words: unknown, expected: unknown): words is string | object {
  if (typeof words !== typeof expected) return false;
  return typeof words === 'string' || !Array.isArray(words) || isPair(expected);
}

function formOf(expected: unknown): string {
  if (expected === undefined) return 'is not known';
  if (typeof expected === 'string') return 'has to be a text';
  return isPair(expected) ? 'has to be two texts' : 'has to be an object with texts';
}

/** What has happened and what to do about it: an array, or an object once it has been merged. */
function isPair(words: unknown): boolean {
  return Object.hasOwn(Object(words) as object, 0);
}
