import { en } from './en.js';
import { type LocaleStrings, registry } from './registry.js';
import type { Strings } from './strings.js';

/** The strings found for a page's language, and the language they are in. */
export interface Locale {
  readonly code: string;
  readonly strings: Strings;
}

const subscribers = new Set<() => void>();
const { notify: another } = registry;
registry.notify = () => {
  another?.();
  for (const notify of subscribers) notify();
};

/** The nearest registered language, `de` for `de-AT`; and English, for what it does not say and where there is none. */
export function lookupLocale(lang: string): Locale {
  const subtags = lang.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length--) {
    const wanted = subtags.slice(0, length).join('-');
    const found = registry.filter(({ code }) => code.toLowerCase() === wanted);
    if (found.length > 0) return { code: found[0]!.code, strings: found.reduce((below, { strings }) => overlay(below, strings), en as Strings) };
  }
  return lang === 'en' ? { code: 'en', strings: en } : lookupLocale('en');
}

/** Calls back whenever a language arrives; returns the way to stop that. */
export function onLocaleRegistered(notify: () => void): () => void {
  subscribers.add(notify);
  return () => subscribers.delete(notify);
}

function overlay(below: Strings, above: LocaleStrings): Strings {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, words] of Object.entries(above)) {
    merged[key] = typeof words === 'object' ? { ...(merged[key] as object), ...words } : words;
  }
  return merged as unknown as Strings;
}
