import type { Strings } from './strings.js';

/** The strings of a language, or some of them: what is missing is said in English. */
export type LocaleStrings = { readonly [Key in keyof Strings]?: Strings[Key] extends string | ((...args: never) => string) ? Strings[Key] : Partial<Strings[Key]> };

export interface Registered {
  readonly code: string;
  readonly strings: LocaleStrings;
}

interface Registry {
  readonly locales: Map<string, Registered>;
  readonly subscribers: Set<() => void>;
}

/**
 * One for the page: a language may come in a file of its own, before or after the element, and two copies of the
 * package understand each other.
 */
const KEY = Symbol.for('realtime-voice.locales');
const shared = globalThis as { [KEY]?: Registry };
const { locales, subscribers } = (shared[KEY] ??= { locales: new Map(), subscribers: new Set() });

/**
 * Adds a language, or changes words of one: what was registered before and is not named stays. Elements already on
 * the page change over. `code` is a BCP 47 tag such as `de` or `pt-BR`.
 */
export function registerLocale(code: string, strings: LocaleStrings): void {
  const key = code.toLowerCase();
  locales.set(key, { code, strings: overlay(locales.get(key)?.strings ?? {}, strings) });
  for (const notify of subscribers) notify();
}

/** The nearest registered language: `de-AT` falls back to `de`. */
export function findLocale(lang: string): Registered | undefined {
  const subtags = lang.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length--) {
    const locale = locales.get(subtags.slice(0, length).join('-'));
    if (locale) return locale;
  }
  return undefined;
}

/** Calls back whenever a language arrives; returns the way to stop that. */
export function onLocaleRegistered(notify: () => void): () => void {
  subscribers.add(notify);
  return () => subscribers.delete(notify);
}

/** The words of `above` where it has any, those of `below` for the rest. */
export function overlay<Below extends LocaleStrings>(below: Below, above: LocaleStrings): Below {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, words] of Object.entries(above)) {
    merged[key] = typeof words === 'object' ? { ...(merged[key] as object), ...words } : words;
  }
  return merged as Below;
}
