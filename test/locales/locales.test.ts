import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { en } from '../../src/locales/en.js';
import { lookupLocale } from '../../src/locales/lookup.js';
import type { Strings } from '../../src/locales/strings.js';
import { codeOf, LANGUAGES } from '../support/languages.js';

const FOLDER = new URL('../../src/locales/', import.meta.url);

/** New keys that wait for their translation, such as `errors.unsupported.1`; English stands in. Empty in a release. */
const UNTRANSLATED: ReadonlySet<string> = new Set([]);

/** Words that really are the same as in English; anything else that is the same was forgotten. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  fr: ['conversation', 'assistant', 'message', 'volume'],
  'pt-br': ['volume'],
  it: ['volume'],
  nl: ['volume'],
};

/** A visitor is told what is the matter, never that there is an “error”. */
const SAYS_ERROR = /(?<!\p{L})(error|fehler|erreur|erro|errore|fout|błąd|hata)(?!\p{L})|خطأ|エラー|错误/iu;
const FULL_STOP = /[.。．؟۔]$/u;

/** Every text of a locale by the path of its key, such as `errors.unsupported.1`. */
function textsOf(words: object, above = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, string | object][]) {
    if (typeof value === 'string') texts.set(above + key, value);
    else for (const [path, text] of textsOf(value, `${above}${key}.`)) texts.set(path, text);
  }
  return texts;
}

const given = (text: string): string[] => text.match(/\{.*?\}/g) ?? [];

const english = textsOf(en);
const files = LANGUAGES.map((name) => `${name}.ts`);

for (const file of files) {
  describe(`the words in ${file}`, () => {
    let texts: Map<string, string>;
    const pathsWhere = (wrong: (text: string, path: string) => boolean): string[] =>
      [...texts].filter(([path, text]) => wrong(text, path)).map(([path]) => path);

    before(async () => {
      const exported = Object.values((await import(new URL(file, FOLDER).href)) as Record<string, Strings>);
      assert.equal(exported.length, 1);
      texts = textsOf(exported[0]!);
    });

    it('have the keys of English in the same order, and none is empty', () => {
      const keys = [...english.keys()];
      const missing = keys.filter((path) => !texts.has(path) && !UNTRANSLATED.has(path));
      assert.ok(missing.length === 0, `the words in ${file} lack: ${missing.join(', ')}`);
      const unknown = [...texts.keys()].filter((path) => !english.has(path));
      assert.ok(unknown.length === 0, `the words in ${file} have no English for: ${unknown.join(', ')}`);
      const empty = pathsWhere((text) => text.trim() === '');
      assert.ok(empty.length === 0, `the words in ${file} are empty for: ${empty.join(', ')}`);
      const inOrder = keys.filter((path) => texts.has(path));
      const misplaced = [...texts.keys()].find((path, index) => path !== inOrder[index]);
      assert.equal(misplaced, undefined, `the words in ${file} have another order than English`);
    });

    it('have the placeholders of English', () => {
      assert.deepEqual(
        pathsWhere((text, path) => given(text).join() !== given(english.get(path)!).join()),
        [],
      );
    });

    it('are translated', () => {
      const same = pathsWhere((text, path) => text === english.get(path)!);
      assert.deepEqual(same, SAME_AS_ENGLISH[file.slice(0, -3)] ?? []);
    });

    it('end in a full stop only when they are whole sentences', () => {
      assert.deepEqual(
        pathsWhere((text, path) => path.endsWith('.0') && FULL_STOP.test(text)),
        [],
      );
      assert.deepEqual(
        pathsWhere((text, path) => path.endsWith('.1') && !FULL_STOP.test(text)),
        [],
      );
    });

    it('contain no markup and no word for “error”', () => {
      assert.deepEqual(
        pathsWhere((text) => text.includes('<')),
        [],
      );
      assert.deepEqual(
        pathsWhere((text) => SAYS_ERROR.test(text)),
        [],
      );
    });
  });
}

describe('the languages', () => {
  before(() => Promise.all(files.map((file) => import(new URL(file, FOLDER).href))));

  it('are registered under their codes', () => {
    const codes = LANGUAGES.map(codeOf);
    assert.ok(codes.length >= 11);
    assert.deepEqual(
      codes.map((code) => lookupLocale(code).code),
      codes,
    );
  });

  it('are found when a page names no country', () => {
    assert.equal(lookupLocale('pt').strings.start, lookupLocale('pt-BR').strings.start);
    assert.equal(lookupLocale('zh').strings.start, lookupLocale('zh-CN').strings.start);
  });

  it('leave English as it is', () => {
    assert.equal(lookupLocale('en').strings.start, en.start);
  });
});

it('the full file has every language', () => {
  const full = readFileSync(new URL('../../src/full.ts', import.meta.url), 'utf8');
  const imported = [...full.matchAll(/'\.\/locales\/([\w-]+)\.js'/g)].map(([, name]) => `${name}.ts`);
  assert.deepEqual(imported.sort(), [...files].sort());
});
