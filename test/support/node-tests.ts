import type { AssertionError } from 'node:assert';
import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { printFailure } from './failures.js';
import { dealOut, writeLane } from './lane.js';
import type { Counts } from './suite.js';

/** How deep the suite of a file is: inside that of all files of a process. */
const FILE_NESTING = 1;

export interface NodeTestOptions {
  /** How many processes run at the same time. */
  readonly processes: number;
  /** Each file has a process of its own, without browsers. By default several files share one, and its browsers. */
  readonly isolated?: boolean;
  /** The time limit of each file, in milliseconds. */
  readonly fileLimitMs: number;
}

/**
 * Runs files of node:test in a few processes. Prints failures, skips and diagnostics, and counts the rest. A file
 * without tests is a failure, and so is a process that crashes.
 */
export async function runNodeTests(
  name: string,
  files: readonly string[],
  { processes, isolated, fileLimitMs }: NodeTestOptions,
): Promise<Counts> {
  // Without files, node:test would run every test of the project.
  if (files.length === 0) return { passed: 0, failed: 0 };
  const lanes = isolated ? files.map((file) => [file]) : dealOut(files, processes);
  const modules = lanes.map((lane, index) =>
    writeLane(`${name}-${index + 1}`, lane, { limitMs: fileLimitMs, browsers: !isolated }),
  );
  const unfinished = new Set(files);
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  let countedBefore = 0;
  let failedBefore = 0;
  const counted = (): number => passed + failed + skipped;
  // The suites and tests that are being reported, from the outermost to the innermost. Tests may run at the same time,
  // but node:test reports them one after the other, in the order of their definition.
  const reported: string[] = [];
  /** The name of a test with those of its suites in its file, as browser tests have it. */
  const pathOf = (name: string, nesting: number): string =>
    [...reported.slice(FILE_NESTING + 1, nesting), name].join(' › ');
  const fail = (file: string, test: string, reason: string): void => {
    failed++;
    printFailure(`${relative('', file)}: ${test}`, reason);
  };

  // A process that hangs in native code does not reach its own time limits: its timers do not fire.
  const hang = new AbortController();
  const watch = setTimeout(() => hang.abort(), 2 * fileLimitMs);
  const { signal } = hang;
  for await (const { type, data } of run({ files: modules, concurrency: processes, timeout: Infinity, signal })) {
    watch.refresh();
    if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
    if (type === 'test:diagnostic' && data.file) console.log(`  ${relative('', data.file)}: ${data.message}`);
    if (type === 'test:start') reported[data.nesting] = data.name;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { file = '', skip, details } = data;
    const path = pathOf(data.name, data.nesting);
    const isSuite = details.type === 'suite';
    if (modules.includes(data.name)) {
      // The end of a process. It fails along with its tests, which are already counted.
      if (type === 'test:fail' && (failed === failedBefore || signalOf(details.error)))
        fail(data.name, 'the process', inspect(details.error));
      failedBefore = failed;
    } else if (skip !== undefined) {
      skipped++;
      console.log(`  ${relative('', file)}: ${path}: skipped, ${skip}`);
    } else if (type === 'test:pass' && !isSuite) passed++;
    else if (type === 'test:fail' && failureType(details.error) !== 'subtestsFailed')
      fail(unfinished.has(data.name) ? data.name : file, path, reasonOf(details.error.cause ?? details.error));
    if (!unfinished.has(data.name) || !isSuite || data.nesting !== FILE_NESTING) continue;
    // The end of a file.
    unfinished.delete(data.name);
    if (counted() === countedBefore) fail(data.name, 'the file', 'It ran no test.');
    countedBefore = counted();
  }
  clearTimeout(watch);
  for (const file of unfinished) fail(file, 'the file', 'It was not run to its end.');
  return { passed, failed };
}

/** What `assert.ok(…, message)` compared is no news: its message says what is wrong. */
function reasonOf(error: unknown): string {
  const { operator, generatedMessage, stack } = error as Partial<AssertionError>;
  return operator === '==' && !generatedMessage && stack ? stack : inspect(error);
}

function failureType(error: Error): string | undefined {
  return (error as { failureType?: string }).failureType;
}

function signalOf(error: Error): string | null | undefined {
  return (error as { signal?: string | null }).signal;
}
