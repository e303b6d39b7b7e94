import { en } from './en.js';
import { type LocaleStrings, registry } from './registry.js';
import type { Strings } from './strings.js';

/** The strings found for a page's language, and the language they are in. */
export interface Locale {
  readonly code: string;
  readonly strings: Strings;
}

/** The nearest registered language, `de` for `de-AT`; and English, for what it does not say and where there is none. */
export function lookupLocale(lang: string): Locale {
  const found = registry.filter(({ code }) => code.toLowerCase() === lang.toLowerCase());
  if (!found[0] && lang !== 'en') return lookupLocale(lang.replace(/-?[^-]*$/, '') || 'en');
  return {
    code: found[0]?.code ?? lang,
    strings: found.reduce((below, { strings }) => overlay(below, strings), en as Strings),
  };
}

/** What a table does not name stays as it was. */
function overlay(below: Strings, above: LocaleStrings): Strings {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, words] of Object.entries(above)) {
    merged[key] = typeof words === 'string' ? words : { ...(merged[key] as object), ...words };
  }
  return merged as unknown as Strings;
}
