import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';

/** Folders of test/ that test more than one layer, or something beside the code. */
const ACROSS = ['bench', 'docs', 'e2e', 'hostile', 'packaging', 'stacks', 'structure', 'support', 'webkit'];
/** What a test feeds to a program: it has no counterpart. */
const FIXTURES = ['embeds/wordpress/classic-theme'];

const listed = (...folders: readonly string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', ...folders], {
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path && existsSync(path));

/** Where the code is that a folder of test/ tests: `test/server/guard` → `src/server/guard`. */
const counterparts = (folder: string): string[] => {
  const below = folder.replace(/^test\/?/, '');
  // Some folders of demo/ have a folder of their own in test/.
  return [posix.join('src', below), posix.join('demo', below), ...(/^demo(\/|$)/.test(below) ? [below] : [])];
};
const codeFolders = new Set(listed('src', 'demo').flatMap(foldersOf));
const tests = listed('test').filter((path) => !ACROSS.some((name) => path.startsWith(`test/${name}/`)));

describe('test/ mirrors src/ and demo/', () => {
  it('each folder of tests has its folder of code', () => {
    const folders = [...new Set(tests.flatMap(foldersOf))].filter((folder) => folder.startsWith('test/'));
    assert.ok(folders.length > 30, `${folders.length} folders`);
    const own = (folder: string): boolean =>
      /\/support$/.test(folder) || FIXTURES.some((name) => folder === `test/${name}`);
    assert.deepEqual(
      folders.filter((folder) => !own(folder) && !counterparts(folder).some((code) => codeFolders.has(code))),
      [],
    );
  });

  it('a test that has the name of a file is in the folder of that file', () => {
    const code = listed('src', 'demo').filter((path) => /\.(ts|js)$/.test(path));
    const wrong = tests.flatMap((path) => {
      const [, layer, name] = /^test\/(?:([\w-]+)\/)?(?:.*\/)?([\w-]+)\.(?:test|browser|e2e)\.ts$/.exec(path) ?? [];
      if (!name) return [];
      const layers = counterparts(layer ? `test/${layer}` : 'test');
      const named = code.filter(
        (file) => posix.parse(file).name === name && layers.some((folder) => file.startsWith(posix.join(folder, '/'))),
      );
      const places = counterparts(posix.dirname(path));
      if (named.length === 0 || named.some((file) => places.includes(posix.dirname(file)))) return [];
      return `${path} tests ${named.join(', ')}`;
    });
    assert.deepEqual(wrong, []);
  });

  it('no exception has lost its folder', () => {
    const known = new Set(listed('test').flatMap(foldersOf));
    assert.deepEqual(
      [...ACROSS, ...FIXTURES].filter((name) => !known.has(`test/${name}`)),
      [],
    );
  });
});

/** The folder of a file and the folders that it is in. */
function foldersOf(path: string): string[] {
  const parts = posix.dirname(path).split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
