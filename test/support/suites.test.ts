import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { STAGES } from './suites.js';

it('CONTRIBUTING.md says how to run each file that npm test leaves out', () => {
  const rows = readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\|.*\| `npm test -- ([\w -]+)` +\|$/gm);
  const words = [...rows].flatMap(([, names]) => names!.split(' '));
  const leftOut = STAGES.flat().flatMap(({ name, files = [], defaultFiles = files, onRequest }) =>
    files.filter((file) => onRequest || !defaultFiles.includes(file)).map((file) => ({ file, suite: name })),
  );
  assert.ok(leftOut.length > 50);
  const unnamed = leftOut.filter(({ file, suite }) => !words.some((word) => word === suite || file.includes(word)));
  assert.deepEqual(unnamed, []);
});
