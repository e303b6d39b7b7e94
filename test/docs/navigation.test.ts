import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SECTIONS } from '../../docs/.vitepress/navigation.js';
import { pathInRepository } from '../../docs/.vitepress/repository-links.js';
import { PAGES } from '../packaging/document-blocks.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const STACKS = PAGES.filter((path) => path.startsWith('docs/start/') && path !== 'docs/start/index.md');

describe('the pages of the docs', () => {
  it('are all in the navigation, once', () => {
    const shown = SECTIONS.flatMap(({ pages }) => pages.map(([, page]) => `docs/${page}.md`));
    assert.deepEqual([...shown, 'docs/index.md'].sort(), PAGES);
  });

  it('have one title each', () => {
    const titles = (path: string): number =>
      read(path)
        .replace(/^```[^]*?^```$/gm, '')
        .match(/^# /gm)?.length ?? 0;
    assert.deepEqual(
      PAGES.filter((path) => titles(path) !== 1),
      [],
    );
  });

  it('take a newcomer to a first conversation in at most five steps', () => {
    assert.ok(STACKS.length >= 15);
    const steps = (path: string): string[] => read(path).match(/(?<=^## )\d+(?=\. )/gm) ?? [];
    for (const path of STACKS.filter((stack) => !stack.endsWith('/editors.md'))) {
      const { length } = steps(path);
      assert.ok(length >= 3 && length <= 5, `${path}: ${length} steps`);
      assert.deepEqual(steps(path), ['1', '2', '3', '4', '5'].slice(0, length), path);
    }
  });

  it('link to files of the repository, which the site leads to the repository', () => {
    assert.equal(pathInRepository('start/koa.md', '../../demo/recipes/koa.js'), 'demo/recipes/koa.js');
    assert.equal(pathInRepository('index.md', '../SECURITY.md'), 'SECURITY.md');
    for (const link of ['hono.md', '../guide/tokens.md#with', '#servers', 'https://example.com/', '/start/']) {
      assert.equal(pathInRepository('start/koa.md', link), undefined, link);
    }
  });
});
