import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keepLog } from './bench.js';
import { HOSTILE_CASES, runCase } from './table.js';

describe('hostile cases in Node', () => {
  let restoreConsole: () => void;
  before(() => void (restoreConsole = keepLog()));
  after(() => restoreConsole());

  describe('that wait for a deadline', { concurrency: true }, () => {
    for (const hostile of HOSTILE_CASES.filter(({ waits }) => waits)) it(hostile.name, () => runCase(hostile));
  });

  for (const hostile of HOSTILE_CASES.filter(({ waits }) => !waits)) it(hostile.name, () => runCase(hostile));
});

it('the cases are many, and each has a name of its own', () => {
  assert.ok(HOSTILE_CASES.length >= 150);
  const names = HOSTILE_CASES.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});
