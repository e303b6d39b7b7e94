import { en } from './en.js';
import { findLocale, overlay } from './registry.js';
import type { Strings } from './strings.js';

/** The strings found for a page's language, and the language they are in. */
export interface Locale {
  readonly code: string;
  readonly strings: Strings;
}

/** The nearest registered language, and English for what it does not say. */
export function lookupLocale(lang: string): Locale {
  const { code, strings } = findLocale(lang) ?? findLocale('en') ?? { code: 'en', strings: en };
  return { code, strings: overlay<Strings>(en, strings) };
}
