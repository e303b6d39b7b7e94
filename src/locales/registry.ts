import type { Strings } from './strings.js';

/** The strings of a language, or some of them: English stands in for the others. */
export type LocaleStrings = {
  readonly [Key in keyof Strings]?: Strings[Key] extends string ? string : Partial<Strings[Key]>;
};

/** The registered languages, in the order of their registration: later strings replace earlier ones. */
export interface Registry extends Array<{ readonly code: string; readonly strings: LocaleStrings }> {
  /** Called when a language is registered; each element on the page has one. */
  listeners?: Set<() => void>;
}

/**
 * One registry per page, found by a symbol: a language may be in a file of its own, loaded before or after the element,
 * and two copies of the package share it.
 */
const KEY = Symbol.for('realtime-voice');

export const registry: Registry = ((globalThis as { [KEY]?: Registry })[KEY] ??= []);

/**
 * Adds a language, or replaces some strings of one. Elements that are on the page already use them at once. `code` is a
 * BCP 47 tag such as `de` or `pt-BR`.
 */
export function registerLocale(code: string, strings: LocaleStrings): void {
  registry.push({ code, strings });
  registry.listeners?.forEach((listener) => listener());
}
