import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { PAGES } from '../packaging/document-blocks.js';

const PAGE = 'docs/start/index.md';
/** The stack, its page, what is said beside the link, and the test. */
const ROW = /^\| \[([^\]]+)\]\(([\w-]+\.md)(?:#[\w-]+)?\),? *([^|]*?) *\| yes +\| \[([\w/.-]+)\]\(([\w/.-]+)\) +\|$/;
/** What a name has around it that no test says. */
const AROUND = /^Types for | without a framework$|^Cloudflare |\.js$/g;

interface Row {
  readonly stack: string;
  readonly page: string;
  readonly test: string;
  readonly names: readonly string[];
}

const rows = (readFileSync(PAGE, 'utf8').match(/^\| \[.*$/gm) ?? []).map((line): Row => {
  const [, stack, page, beside, shown, link] = ROW.exec(line) ?? [];
  assert.ok(stack && page && link, `This row has another form:\n${line}`);
  const test = posix.join(posix.dirname(PAGE), link);
  assert.equal(shown, test, 'The link leads to another test.');
  const names = (beside || stack).split(', ').map((name) => name.replaceAll(AROUND, ''));
  return { stack: beside ? `${stack}, ${beside}` : stack, page: `docs/start/${page}`, test, names };
});

describe('the table of stacks', () => {
  it('has every page of a stack', () => {
    const pages = PAGES.filter((path) => path.startsWith('docs/start/') && path !== PAGE);
    assert.deepEqual([...new Set(rows.map(({ page }) => page))].sort(), pages);
  });

  for (const { stack, test, names } of rows) {
    it(`says of ${stack} that it works, which its test names`, () => {
      assert.ok(existsSync(test), test);
      assert.match(test, /\.(test|e2e)\.ts$/);
      const code = codeOf(test);
      const missing = names.filter((name) => !new RegExp(`\\b${name.replaceAll(' ', '[ -]')}\\b`, 'i').test(code));
      assert.deepEqual(missing, [], test);
    });
  }
});

/** What the test does, without what it only mentions. */
const codeOf = (path: string): string =>
  readFileSync(path, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/^ *\/\/.*$/gm, '')
    .replaceAll(/^import [^;]*;$/gm, '');
