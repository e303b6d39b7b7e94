import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PackedPackage } from '../support/packed-package.js';
import { BUNDLER, linesOf, typeErrors } from './type-errors.js';

/** In each folder of test/stacks/types, the file `Right` has no error, and `Wrong` has one in each of these lines. */
describe('the types of the element for', () => {
  let packed: PackedPackage;
  before(() => {
    packed = new PackedPackage();
    packed.link('react', 'react-dom', '@types/react', 'csstype', 'preact', 'solid-js');
    packed.copy('test/stacks/types', 'types');
  });
  after(() => packed.remove());

  for (const [name, options, wrong] of [
    ['react', { jsx: 'react-jsx', jsxImportSource: 'react' }, [5, 6, 7, 8, 9, 10]],
    ['preact', { jsx: 'react-jsx', jsxImportSource: 'preact' }, [4, 5, 6]],
    ['solid', { jsx: 'preserve', jsxImportSource: 'solid-js' }, [4, 5, 6]],
  ] as const) {
    it(`${name} are checked by tsc`, () => {
      const files = [`types/${name}/Right.tsx`, `types/${name}/Wrong.tsx`];
      assert.deepEqual(
        linesOf(typeErrors(packed, files, { ...BUNDLER, ...options })),
        wrong.map((line) => `types/${name}/Wrong.tsx:${line}`),
      );
    });
  }
});
