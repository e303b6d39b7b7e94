import type { Strings } from './strings.js';

/** The strings of a language, or some of them: what is missing is said in English. */
export type LocaleStrings = {
  readonly [Key in keyof Strings]?: Strings[Key] extends string ? string : Partial<Strings[Key]>;
};

/** In the order in which they came, so that later words go first. */
export interface Registry extends Array<{ readonly code: string; readonly strings: LocaleStrings }> {
  /** What the elements on the page do when a language comes. */
  listeners?: Set<() => void>;
}

/**
 * One for the page: a language may come in a file of its own, before or after the element, and two copies of the
 * package understand each other.
 */
const KEY = Symbol.for('realtime-voice');

export const registry: Registry = ((globalThis as { [KEY]?: Registry })[KEY] ??= []);

/**
 * Adds a language, or changes words of one: what was registered before and is not named stays. Elements already on
 * the page change over. `code` is a BCP 47 tag such as `de` or `pt-BR`.
 */
export function registerLocale(code: string, strings: LocaleStrings): void {
  registry.push({ code, strings });
  registry.listeners?.forEach((redraw) => redraw());
}
