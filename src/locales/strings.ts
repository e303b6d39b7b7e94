import type { en } from './en.js';

/**
 * What has happened, and what to do about it. Read it by index: strings that a page has registered may have made it an
 * object instead of an array.
 */
export type Advice = Readonly<Record<0 | 1, string>>;

/** Everything that the element says, as plain text. English is the source: a locale has the same keys. */
export type Strings = Translated<typeof en>;

type Translated<Words> = Words extends string
  ? string
  : Words extends readonly [string, string]
    ? Advice
    : { readonly [Key in keyof Words]: Translated<Words[Key]> };
