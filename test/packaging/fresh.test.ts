import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

const FILE = 'dist/realtime-voice.min.js';
const INPUTS = [
  'src',
  'build',
  'rollup.config.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];

/** `npm test` has just built; what git holds (staged or committed) must be the same, byte for byte. */
it('the committed drop-in file is what the build makes of the committed sources', (t) => {
  const changed = execFileSync('git', ['status', '--porcelain', '--', ...INPUTS], { encoding: 'utf8' });
  // Column two is the working tree: with sources not yet staged there is no committed state to compare.
  if (changed.split('\n').some((line) => line && line[1] !== ' '))
    return t.skip('sources have changes that are not staged');
  const committed = spawnSync('git', ['show', `:${FILE}`], { maxBuffer: 1 << 24 });
  assert.equal(committed.status, 0, `${FILE} is not committed`);
  assert.ok(committed.stdout.equals(readFileSync(FILE)), `${FILE} is stale: run npm run build and commit it`);
});
