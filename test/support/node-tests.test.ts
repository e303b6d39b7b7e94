import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, describe, it } from 'node:test';
import type { Counts } from './suite.js';

const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-runner-'));
/** What the examples use. */
const IMPORTS = `import assert from 'node:assert/strict'; import { describe, it } from 'node:test';`;
/** The time limit of files that reach it. */
const SHORT_MS = 3000;
const RUNNER = pathToFileURL(resolve('test/support/node-tests.ts')).href;

describe('the runner of node:test files', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('counts tests that pass and tests that fail; reports a skipped test and counts it as neither', () => {
    const { counts, output } = runFile(`
      it('is fine', () => {});
      it('is wrong', () => { throw new Error('because'); });
      it('cannot run', (context) => context.skip('no reason'));
    `);
    assert.deepEqual(counts, { passed: 1, failed: 1 });
    assert.match(output, /✖ .*is wrong\n.*because/);
    assert.match(output, /cannot run: skipped, no reason/);
  });

  it('names a test with its suites, also when several run at the same time', () => {
    const late = `{ await new Promise((resolve) => setTimeout(resolve, 50)); throw new Error('late'); }`;
    const { counts, output } = runFile(`
      describe('all', { concurrency: true }, () => {
        describe('the first', () => it('is wrong', async () => ${late}));
        describe('the second', () => {
          it('is fine', () => {});
          it('is wrong', () => { throw new Error('early'); });
          it('cannot run', (context) => context.skip('no reason'));
        });
      });
      it('is alone', () => { throw new Error('last'); });
    `);
    assert.deepEqual(counts, { passed: 1, failed: 3 });
    const file = relative('', join(folder, 'example-0.mjs'));
    const named = ['all › the first › is wrong', 'all › the second › is wrong', 'is alone'];
    assert.deepEqual(
      output.match(/(?<=^✖ ).*/gm),
      named.map((name) => `${file}: ${name}`),
    );
    assert.ok(output.includes(`${file}: all › the second › cannot run: skipped, no reason`), output);
  });

  it("prints only a test's own message where the values say nothing", () => {
    const { output } = runFile(`
      it('has words', () => assert.ok(false, 'the words lack: start'));
      it('has numbers', () => assert.equal(1, 2, 'in German'));
    `);
    const [, words = '', numbers = ''] = output.split('✖ ');
    assert.match(words, /: has words\n *AssertionError.*: the words lack: start\n/);
    assert.doesNotMatch(words, /actual|expected/);
    assert.match(numbers, /in German[^]*actual: 1[^]*expected: 2/);
  });

  it('does not fail a file whose only test is skipped', () => {
    assert.deepEqual(runFile(`it('cannot run', (context) => context.skip('no reason'));`).counts, {
      passed: 0,
      failed: 0,
    });
  });

  it('counts a file without tests as a failure', () => {
    const { counts, output } = runFile('');
    assert.deepEqual(counts, { passed: 0, failed: 1 });
    assert.match(output, /It ran no test/);
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const { counts, output } = runFile(`throw new Error('broken file');`);
    assert.deepEqual(counts, { passed: 0, failed: 1 });
    assert.match(output, /broken file/);
  });

  it('counts tests in their own file, also when both files import a module that awaits something', () => {
    writeFileSync(join(folder, 'awaiting.mjs'), 'await new Promise((resolve) => setImmediate(resolve));');
    const { counts, output } = runFiles([
      `import './awaiting.mjs'; it('is fine', () => {});`,
      `import './awaiting.mjs'; it('is fine too', () => {});`,
    ]);
    assert.deepEqual(counts, { passed: 2, failed: 0 }, output);
  });

  it('counts a crash, and each file that the crash prevented', () => {
    const crash = `it('is fine', () => {}); it('crashes', () => process.kill(process.pid, 'SIGKILL'));`;
    const { counts, output } = runFile(crash);
    assert.equal(counts.failed, 2);
    assert.match(output, /SIGKILL/);
    assert.match(output, /It was not run to its end/);
  });

  it('counts a crash after the last test', () => {
    const { counts } = runFile(
      `it('is fine', () => {}); process.on('exit', () => process.kill(process.pid, 'SIGKILL'));`,
    );
    assert.deepEqual(counts, { passed: 1, failed: 1 });
  });

  it('ends a file that exceeds its time limit: the test at hand fails, and the file', () => {
    const { counts, output } = runFile(
      `it('hangs', () => new Promise((resolve) => setTimeout(resolve, 60_000)));`,
      SHORT_MS,
    );
    assert.deepEqual(counts, { passed: 0, failed: 2 });
    assert.match(output, /timed out|cancelled/);
  });

  it('ends a process that hangs in native code, where no timer fires', () => {
    const { counts, output } = runFile(
      `it('hangs', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));`,
      SHORT_MS,
    );
    assert.equal(counts.passed, 0);
    assert.match(output, /It was not run to its end/);
  });
});

it('the last line of npm test is the sum, also when nothing has that name', () => {
  const { status, stdout } = run('test/run.ts', 'no-such-test');
  assert.equal(stdout.trimEnd().split('\n').at(-1), '0 passed, 1 failed');
  assert.equal(status, 1);
});

/** Runs one test file in the runner. */
function runFile(tests: string, fileLimitMs?: number): { counts: Counts; output: string } {
  return runFiles([tests], fileLimitMs);
}

/** Runs test files in one process of the runner. The limit also has to suffice where the machine is busy. */
function runFiles(contents: readonly string[], fileLimitMs = 20_000): { counts: Counts; output: string } {
  const files = contents.map((tests, index) => {
    const file = join(folder, `example-${index}.mjs`);
    writeFileSync(file, `${IMPORTS}\n${tests}`);
    return file;
  });
  const options = JSON.stringify({ processes: 1, fileLimitMs });
  const script = join(folder, 'runner.mjs');
  writeFileSync(
    script,
    `import { runNodeTests } from ${JSON.stringify(RUNNER)};
const counts = await runNodeTests('runner-example', ${JSON.stringify(files)}, ${options});
console.log(JSON.stringify(counts));
process.exit(0);`,
  );
  const { stdout, stderr } = run(script);
  const lines = stdout.trimEnd().split('\n');
  return { counts: JSON.parse(lines.at(-1)!), output: `${stdout}${stderr}` };
}

function run(...command: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  // node:test does not run inside a test unless it is told that it is the outermost.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', ...command], { env, encoding: 'utf8' });
}
