import { overlay } from '../locales/lookup.js';
import type { LocaleStrings } from '../locales/registry.js';
import type { Strings } from '../locales/strings.js';
import { tellOnce } from './page-mistakes.js';

/** The words of one element over those of its language. The developer is told what cannot be used; it is left out. */
export function withOwnStrings(strings: Strings, own: LocaleStrings | undefined): Strings {
  if (own === undefined) return strings;
  if (typeof own !== 'object' || Array.isArray(own)) {
    tellOnce("strings is no object. Use one with texts, such as { start: 'Ask us' }.");
    return strings;
  }
  const mistakes: string[] = [];
  const merged = overlay(strings, own, (mistake) => mistakes.push(mistake));
  if (mistakes.length > 0) tellOnce(`strings: ${mistakes.join(', ')}. The other texts are used.`);
  return merged;
}
