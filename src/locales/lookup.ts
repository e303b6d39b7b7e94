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

/** Replaces the strings that `above` has, as far as they are what is expected there. */
export function overlay(below: Strings, above: LocaleStrings): Strings {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, words] of Object.entries(above)) {
    const present = merged[key];
    if (typeof words === typeof present)
      merged[key] = typeof words === 'string' ? words : { ...(present as object), ...words };
  }
  return merged as unknown as Strings;
}
