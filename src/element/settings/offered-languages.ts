import { lookupLocale } from '../../locales/lookup.js';

/** The codes that a page offers, such as `en de pt-BR`, as far as the element has words in them. */
export function offeredLanguages(languages: string | undefined): readonly string[] {
  // A script may have set a list.
  const codes = new Set(String(languages ?? '').split(/[\s,]+/));
  return [...codes].filter((code) => primary(lookupLocale(code).code) === primary(code));
}

/** `pt` for `pt-BR`. */
function primary(code: string): string {
  return code.split('-')[0]!.toLowerCase();
}

/** What speakers of the language call it. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(code, { type: 'language' }).of(code)!;
  } catch {
    // It is no code.
    return code;
  }
}
