import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countsFile, type Counts } from './counts.js';
import { runProcess } from './suite-process.js';

export interface Suite {
  readonly name: string;
  /** The files it is made of; a suite without is one check, passed or failed. */
  readonly files?: readonly string[];
  /** Whether it runs only when it is named. */
  readonly onRequest?: boolean;
  /** Whether it looks at what the build makes. */
  readonly needsBuild?: boolean;
  readonly limitMs: number;
  /** What Node is to run. */
  command(files: readonly string[]): readonly string[];
}

export interface SuiteResult extends Counts {
  readonly name: string;
  readonly output: string;
  readonly seconds: number;
}

export async function runSuite(suite: Suite, files: readonly string[] = suite.files ?? []): Promise<SuiteResult> {
  const began = performance.now();
  const result = (counts: Counts, output: string): SuiteResult => ({
    name: suite.name,
    output,
    seconds: (performance.now() - began) / 1000,
    ...counts,
  });
  if (suite.files && files.length === 0) return result({ passed: 0, failed: 1 }, 'There is no test in this suite.');

  const counted = countsFile(suite.name);
  const { code, output, timedOut } = await runProcess(suite.command(files), counted.env, suite.limitMs);
  if (timedOut) return result({ passed: 0, failed: 1 }, `${output}\nNot finished after ${suite.limitMs / 1000} s.`);
  if (!suite.files) return result(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, output);

  const { passed, failed } = counted.take() ?? { passed: 0, failed: 0 };
  if (passed + failed === 0)
    return result({ passed, failed: 1 }, `${output}\nThe suite ran no test (exit code ${code}).`);
  if (code !== 0 && failed === 0)
    return result({ passed, failed: 1 }, `${output}\nThe suite broke off with exit code ${code}.`);
  return result({ passed, failed }, output);
}

/** Test files by the end of their names, outside the given folders. Node 20 has no globs of its own. */
export function testFiles(ending: string, except: readonly string[] = []): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((file) => join('test', file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith(ending) && !except.some((folder) => file.startsWith(folder)))
    .sort();
}
