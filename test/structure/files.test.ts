import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sourceFiles } from '../support/source-file.js';

const LONGEST = 250;
const source = sourceFiles('src');

it('every file is named after what it holds', () => {
  const vague = source.filter(({ path }) => /\/(utils?|helpers?|constants?|types|misc|common)\.ts$/.test(path));
  assert.deepEqual(
    vague.map(({ path }) => path),
    [],
  );
});

it(`no file is longer than ${LONGEST} lines`, () => {
  const long = source.filter((file) => file.lines > LONGEST);
  assert.deepEqual(
    long.map((file) => `${file.path}: ${file.lines}`),
    [],
  );
});
