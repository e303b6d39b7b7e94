import { lookupLocale } from '../../locales/lookup.js';
import { tellOnce } from '../page-mistakes.js';

/** The codes that a page offers, such as `en de pt-BR`, as far as the element has words in them. */
export function offeredLanguages(languages: string | undefined): readonly string[] {
  return codesIn(languages).filter(isRegistered);
}

/**
 * Tells the developer of codes that visitors cannot choose. To be called when the choice is shown, because a language
 * may be registered late.
 */
export function tellOfUnknown(languages: string | undefined): void {
  const unknown = codesIn(languages).filter((code) => !isRegistered(code));
  if (unknown.length === 0) return;
  const [first] = unknown;
  const fix = `Import 'realtime-voice/locales/${first}', or call registerLocale('${first}', …)`;
  tellOnce(`languages: there are no words in ${unknown.join(', ')}, so nobody can choose that. ${fix}.`);
}

function codesIn(languages: string | undefined): readonly string[] {
  // A script may have set a list.
  const codes = String(languages ?? '').split(/[\s,]+/);
  return [...new Set(codes)].filter(Boolean);
}

function isRegistered(code: string): boolean {
  return primary(lookupLocale(code).code) === primary(code);
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
