import { readdirSync } from 'node:fs';

/** The name of the file of a language: its BCP 47 code in lower case, such as `pt-br.ts`. */
const LANGUAGE = /^[a-z]{2,3}(-[a-z\d]+)*(?=\.ts$)/;

/** The languages in src/locales, named as their files are, such as `pt-br`. English is built in, and not among them. */
export const LANGUAGES: readonly string[] = readdirSync('src/locales')
  .flatMap((file) => LANGUAGE.exec(file)?.[0] ?? [])
  .filter((name) => name !== 'en')
  .sort();

/** The code of a language as it is registered, such as `pt-BR`. */
export const codeOf = (name: string): string => Intl.getCanonicalLocales(name)[0]!;
