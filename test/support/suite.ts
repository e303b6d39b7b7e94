import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { printFailure } from './failures.js';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Suite {
  readonly name: string;
  /** The test files of the suite. A suite without files is one check, which passes or fails. */
  readonly files?: readonly string[];
  /** The files of a run in which nothing is named; by default all. */
  readonly defaultFiles?: readonly string[];
  /** Runs only when it is named, or with `all`. */
  readonly onRequest?: boolean;
  /** Tests what the build writes to dist/. */
  readonly needsBuild?: boolean;
  /** Needs Chromium and Firefox. */
  readonly needsBrowsers?: boolean;
  /** Prints every failure and counts the tests. */
  run(files: readonly string[]): Promise<Counts>;
}

const CHECK_LIMIT_MS = 8 * 60_000;

/** A suite that is one command of an installed package: it passes if the command exits with 0. */
export function check(name: string, script: string, ...args: readonly string[]): Suite {
  return {
    name,
    run: () =>
      new Promise((resolve) => {
        const options = { timeout: CHECK_LIMIT_MS, maxBuffer: 1 << 26, env: { ...process.env, NO_COLOR: '1' } };
        const command = [`node_modules/${script}`, ...args];
        execFile(process.execPath, command, options, (error, stdout, stderr) => {
          if (error) printFailure(error.killed ? `${name}: the time limit was reached` : name, `${stdout}${stderr}`);
          resolve(error ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 });
        });
      }),
  };
}

/** All files in test/ whose names end like this. Node 20 has no globs. */
export function testFiles(ending: string): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((file) => join('test', file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith(ending))
    .sort();
}
