import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { HOSTILE_CASES } from './table.js';

const ARGUMENTS = [
  'run',
  // Nothing but the files themselves: no settings of this folder, no network but this machine, no questions.
  ...['--no-config', '--no-remote', '--no-npm', '--no-prompt', '--allow-net=127.0.0.1'],
  // The imports say `.js`, which TypeScript finds and Deno only so.
  ...['--no-check', '--unstable-sloppy-imports'],
  'test/hostile/server/deno-run.ts',
];

describe('hostile cases in Deno', () => {
  let results: Record<string, string | null>;
  before(async () => {
    const deno = ['node_modules/deno/bin.cjs', ...ARGUMENTS];
    const { stdout } = await promisify(execFile)(process.execPath, deno, { timeout: 50_000, maxBuffer: 10_000_000 });
    results = JSON.parse(stdout.trim().split('\n').at(-1)!) as typeof results;
  });

  for (const { name } of HOSTILE_CASES) it(name, () => assert.equal(results[name], null));
});
