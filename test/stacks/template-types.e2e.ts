import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linesOf } from '../packaging/type-errors.js';
import { documentBlocks } from '../packaging/document-blocks.js';
import { PackedPackage } from '../support/packed-package.js';

const STRICT = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  verbatimModuleSyntax: true,
  allowJs: true,
};

/** In the folders of test/stacks/types, `Right` has no error, and `Wrong` has one in each of these lines. */
describe('the types of the element for', () => {
  let packed: PackedPackage;
  before(() => {
    packed = new PackedPackage();
    packed.link('vue', 'svelte');
    packed.copy('test/stacks/types', 'types');
    for (const language of ['vue', 'svelte']) {
      const blocks = documentBlocks(language);
      assert.notEqual(blocks.length, 0);
      blocks.forEach(({ text }, index) => packed.write(`types/${language}/Block${index}.${language}`, text));
    }
  });
  after(() => packed.remove());

  it('vue are checked by vue-tsc, with strict templates', () => {
    const vueCompilerOptions = { strictTemplates: true };
    packed.write('types/vue/tsconfig.json', JSON.stringify({ compilerOptions: STRICT, vueCompilerOptions }));
    const errors = run('vue-tsc/bin/vue-tsc.js', '--noEmit', '--pretty', 'false', '--project', 'types/vue');
    assert.deepEqual(
      linesOf([...errors.matchAll(/^(.*\.\w+)\((\d+),\d+\): (error .*)$/gm)].map(([, ...parts]) => parts.join(':'))),
      ['types/vue/Wrong.vue:6', 'types/vue/Wrong.vue:7', 'types/vue/Wrong.vue:8'],
      errors,
    );
  });

  it('svelte are checked by svelte-check', () => {
    packed.write('types/svelte/tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['*.svelte'] }));
    const args = ['--workspace', 'types/svelte', '--tsconfig', './tsconfig.json', '--output', 'machine'];
    const errors = run('svelte-check/bin/svelte-check', ...args, '--threshold', 'error');
    assert.deepEqual(
      linesOf([...errors.matchAll(/ ERROR "(.*?)" (\d+):\d+ (.*)$/gm)].map(([, ...parts]) => parts.join(':'))),
      ['Wrong.svelte:5', 'Wrong.svelte:6', 'Wrong.svelte:7'],
      errors,
    );
  });

  function run(script: string, ...args: readonly string[]): string {
    const command = [resolve('node_modules', script), ...args];
    const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: packed.folder, encoding: 'utf8' });
    return stdout + stderr;
  }
});
