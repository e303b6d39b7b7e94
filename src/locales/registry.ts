import { en, type Strings } from './en.js';

/** The strings found for a page's language, and the language they are in. */
export interface Locale {
  readonly code: string;
  readonly strings: Strings;
}

const locales = new Map<string, Locale>([['en', { code: 'en', strings: en }]]);
const subscribers = new Set<() => void>();

/** Adds a language; elements already on the page change over. `code` is a BCP 47 tag such as `de` or `pt-BR`. */
export function registerLocale(code: string, strings: Strings): void {
  locales.set(code.toLowerCase(), { code, strings });
  for (const notify of subscribers) notify();
}

/** The nearest registered language: `de-AT` falls back to `de`, and everything to English. */
export function lookupLocale(lang: string): Locale {
  const subtags = lang.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length--) {
    const locale = locales.get(subtags.slice(0, length).join('-'));
    if (locale) return locale;
  }
  return locales.get('en')!;
}

/** Calls back whenever a language arrives; returns the way to stop that. */
export function onLocaleRegistered(notify: () => void): () => void {
  subscribers.add(notify);
  return () => subscribers.delete(notify);
}
