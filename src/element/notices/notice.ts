import type { Locale } from '../../locales/lookup.js';

/** Something out of the ordinary: how it looks on the card, and what a screen reader says when it appears. */
export interface Notice {
  /** Identifies it: it may change, for instance count down, and is still the same. */
  readonly key: unknown;
  /** Whether the visitor has to answer it. When nobody waits for the answer any more, it goes at once. */
  readonly isQuestion?: boolean;
  render(locale: Locale): unknown;
  words(locale: Locale): string;
}
