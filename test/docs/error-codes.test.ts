import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { declarations } from '../../docs/.vitepress/declarations.js';
import { VoiceError, type VoiceErrorCode } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { allOf, WARNING_CODES } from '../support/contract.js';
import { sourceFiles } from '../support/source-file.js';

const PAGE = readFileSync('docs/reference/errors.md', 'utf8');
const CODES = declarations('src/errors.ts', ['VoiceErrorCode'])[0]!.match(/(?<=')[\w-]+(?=')/g) as VoiceErrorCode[];

describe('the page on troubleshooting', () => {
  it('has one heading for each error code, in their order', () => {
    assert.ok(CODES.length >= 18);
    assert.deepEqual(PAGE.match(/(?<=^## )[a-z]+-?[a-z-]*$/gm), CODES);
  });

  for (const code of CODES) {
    it(`says of ${code} what the visitor reads, what it means and what to do`, () => {
      const [, part = ''] = PAGE.split(`\n## ${code}\n`);
      const [section = ''] = part.split('\n## ');
      const [what, fix] = en.errors[code];
      assert.ok(section.includes(`\n**The visitor reads:** ${what}. ${fix}\n`), section);
      assert.match(section, /\n\*\*It means:\*\* \w.+\n/);
      const answer = new VoiceError(code, '').retriable ? 'yes' : 'no';
      assert.ok(section.includes(`\n**Another try may help:** ${answer}.\n`), section);
      assert.match(section, /\n\*\*What to do:\*\*\n\n- /);
    });
  }

  it('says in its last section what each warning means', () => {
    const [, section = ''] = PAGE.split('\n## It does not fail, but …\n');
    const missing = allOf(WARNING_CODES).filter((code) => !section.includes(`\`${code}\``));
    assert.deepEqual(missing, []);
  });

  it('quotes only words that the messages contain', () => {
    const source = sourceFiles('src')
      .map(({ text }) => text)
      .join('\n');
    const quoted = [...PAGE.matchAll(/^- `([^`]+ [^`]+)`/gm)].map(([, words]) => words!);
    assert.ok(quoted.length >= 8, quoted.join());
    // A message is put together from the name of the endpoint, these words and a status.
    const unknown = quoted.filter((words) => !source.includes(words.replace(/ \d{3}$/, '')));
    assert.deepEqual(unknown, []);
  });
});

describe('the page on errors of the server', () => {
  it('has every status and code that the handlers answer', () => {
    const page = readFileSync('docs/server/answers.md', 'utf8');
    const answers = sourceFiles('src/server').flatMap(({ text }) =>
      [...text.matchAll(/new (?:Refusal|UpstreamError)\(\s*(\d+),\s*'([\w-]+)'/g)].map(([, status, code]) => ({
        status: status!,
        code: code!,
      })),
    );
    assert.ok(answers.length >= 20, String(answers.length));
    const missing = answers
      // The visitor has left, so nobody reads it.
      .filter(({ code }) => code !== 'aborted')
      .filter(({ status, code }) => !new RegExp(`^\\|[^|]*\\b${status}\\b[^|]*\\|[^|]*\`${code}\``, 'm').test(page));
    assert.deepEqual(missing, []);
  });
});
