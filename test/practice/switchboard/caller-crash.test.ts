import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';

/** The tests that are run would wait for ten minutes. */
const LIMIT_MS = 60_000;

it('a test fails at once when the process of its call crashes, whatever it waits for', () => {
  // node:test does not run inside a test unless it is told that it is the outermost.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, signal } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--test-reporter=tap', 'test/practice/switchboard/crashed-calls.ts'],
    { env, encoding: 'utf8', timeout: LIMIT_MS, killSignal: 'SIGKILL' },
  );
  assert.equal(signal, null, `The tests hung:\n${stdout}`);
  const verdicts = stdout.match(/^(not )?ok .*$/gm);
  assert.deepEqual(verdicts, [
    'not ok 1 - waits for an event of the call',
    'not ok 2 - waits for something else',
    'ok 3 - is not concerned',
  ]);
  const reasons = stdout.match(/The process of call rtc_\w+ in the practice server has ended: SIGSEGV/g);
  assert.equal(new Set(reasons).size, 2, stdout);
});
