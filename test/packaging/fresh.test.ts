import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { DROP_IN } from './bundle-size.js';

/** What the build reads. */
const INPUTS = [
  'src',
  'rollup.config.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];

it('the committed drop-in file is what the build makes of the committed sources', (t) => {
  const status = execFileSync('git', ['status', '--porcelain', '--', ...INPUTS], { encoding: 'utf8' });
  // The second column is the working tree. With unstaged changes there is no committed source to compare with.
  const unstaged = status.split('\n').some((line) => line && line[1] !== ' ');
  if (unstaged) return t.skip('the sources have unstaged changes');
  // The index, which holds the staged or committed file. npm test has just built the other one.
  const committed = spawnSync('git', ['show', `:${DROP_IN}`], { maxBuffer: 1 << 24 });
  assert.equal(committed.status, 0, `${DROP_IN} is not committed`);
  assert.ok(committed.stdout.equals(readFileSync(DROP_IN)), `${DROP_IN} is stale: run npm run build and commit it`);
});
