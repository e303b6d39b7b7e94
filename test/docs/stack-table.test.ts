import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { PAGES } from '../packaging/document-blocks.js';

const PAGE = 'docs/start/index.md';
const BUILDERS_PAGE = 'docs/guide/site-builders.md';
const EMBEDS = 'demo/embeds';
/** The stack, its page, what is said beside the link, and the test. */
const ROW = /^\| \[([^\]]+)\]\(([\w-]+\.md)(?:#[\w-]+)?\),? *([^|]*?) *\| yes +\| \[([\w/.-]+)\]\(([\w/.-]+)\) +\|$/;
/** What a name has around it that no test says. */
const AROUND = /^Types for | without a framework$|^Cloudflare |\.js$/g;

/** The links to the guides, what it is, and the test. */
const BUILDER_ROW = /^\| (\[.+?\)) +\| [^|]+ \| yes +\| \[([\w/.-]+)\]\(([\w/.-]+)\) +\|$/;

interface Row {
  readonly stack: string;
  readonly page: string;
  readonly test: string;
  readonly names: readonly string[];
}

const linesOf = (page: string): readonly string[] => readFileSync(page, 'utf8').match(/^\| \[.*$/gm) ?? [];

/** The test that a link of a page leads to, whose text is its path. */
function testOf(page: string, shown: string | undefined, link: string): string {
  const test = posix.join(posix.dirname(page), link);
  assert.equal(shown, test, 'The link leads to another test.');
  return test;
}

const rows = linesOf(PAGE).map((line): Row => {
  const [, stack, page, beside, shown, link] = ROW.exec(line) ?? [];
  assert.ok(stack && page && link, `This row has another form:\n${line}`);
  const test = testOf(PAGE, shown, link);
  const names = (beside || stack).split(', ').map((name) => name.replaceAll(AROUND, ''));
  return { stack: beside ? `${stack}, ${beside}` : stack, page: `docs/start/${page}`, test, names };
});

interface Builder {
  readonly name: string;
  /** Its folder in `demo/embeds`. */
  readonly folder: string;
  readonly test: string;
}

const builders = linesOf(BUILDERS_PAGE).flatMap((line): Builder[] => {
  const [, links, shown, link] = BUILDER_ROW.exec(line) ?? [];
  assert.ok(links && link, `This row has another form:\n${line}`);
  const test = testOf(BUILDERS_PAGE, shown, link);
  return [...links.matchAll(/\[([^\]]+)\]\(([^)]+)\/README\.md\)/g)].map(([, name = '', path = '']) => {
    const folder = posix.relative(EMBEDS, posix.join(posix.dirname(BUILDERS_PAGE), path));
    return { name, folder, test };
  });
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

describe('the table of builders', () => {
  it('has every folder with code to paste', () => {
    const folders = readdirSync(EMBEDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(builders.map(({ folder }) => folder).sort(), folders.map(({ name }) => name).sort());
  });

  for (const { name, folder, test } of builders) {
    it(`says of ${name} that it works, which its test shows with what is to be pasted`, () => {
      assert.ok(existsSync(test), test);
      assert.match(test, /\.e2e\.ts$/);
      assert.match(codeOf(test), new RegExp(`\\b(describe|it)\\([^\\n]*\\b${name}\\b`), test);
      const pasted = readdirSync(posix.join(EMBEDS, folder)).filter((file) => file !== 'README.md');
      const code = [test, ...supportOf(folder)].map((path) => readFileSync(path, 'utf8')).join('\n');
      const isNamed = new RegExp(`['/]${folder}['/]`).test(code);
      const used = pasted.filter((file) => isNamed && code.includes(file.replace(/\.ts$/, '')));
      assert.notDeepEqual(used, [], `${test} uses nothing of ${EMBEDS}/${folder}`);
    });
  }
});

/** What the test of a builder is made of, besides its file. */
function supportOf(folder: string): readonly string[] {
  const path = posix.join('test/embeds', folder);
  const names = existsSync(path) ? readdirSync(path) : [];
  return names.filter((name) => name.endsWith('.ts')).map((name) => posix.join(path, name));
}

/** What the test does, without what it only mentions. */
const codeOf = (path: string): string =>
  readFileSync(path, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/^ *\/\/.*$/gm, '')
    .replaceAll(/^import [^;]*;$/gm, '');
