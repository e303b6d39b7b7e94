import { readFileSync } from 'node:fs';
import { runBrowserTests } from './browser-tests.js';
import { runNodeTests } from './node-tests.js';
import { check, testFiles, type Counts, type Suite } from './suite.js';

/** The time limit of each file, in milliseconds: only a test that hangs reaches it, on a slow machine too. */
const fileLimitMs = 15 * 60_000;

/**
 * Files that take long and that few changes can break: pages that are not ours, hostile requests in Deno, the
 * inspector, the snippet builder, options of a wrong type, recipes, several machines, a fresh clone, what other tools
 * say of the package, the practice server itself, the test runner itself. They run with `npm test -- all`, as in
 * `.ci/run`, with their suite, and by name.
 */
const RARE = [
  /^test\/(builder|hostile\/page|inspector|practice|server-redis)\//,
  /^test\/(hostile\/server\/deno|session\/wrong-options|support\/node-tests)\./,
  /^test\/server\/guard\/(call-guard|guard-hang-up)\./,
  /^test\/packaging\/(clone|framework-types|languages|package-linters)\./,
  /^test\/packaging\/(recipes|reference-\w+|same-look|worker-address)\./,
];
const usual = (files: readonly string[]): readonly string[] =>
  files.filter((file) => !RARE.some((rare) => rare.test(file)));

/**
 * In continuous integration, where the rare files run too, a quiet machine is worth more than time: they hold real
 * calls and wait for real deadlines.
 */
const isQuiet = !!process.env['CI'];

const types = check('types', 'typescript-7/bin/tsc', '--noEmit', '--pretty', 'false');
const lint = check('lint', 'eslint/bin/eslint.js', '--max-warnings=0', '.');
const format = check('format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.');
export const build = check('build', 'rollup/dist/bin/rollup', '--config', '--silent');

const isPackaging = (file: string): boolean => file.startsWith('test/packaging/');

/**
 * Tests that replace timers and clocks, by themselves or through a helper. Each such file has a process of its own:
 * what another file has left running would use its clock too.
 */
const replacesTime = (file: string): boolean =>
  /\/(clock|fragile-call)\.js'|mock\.timers/.test(readFileSync(file, 'utf8'));

const unitFiles = testFiles('.test.ts').filter((file) => !isPackaging(file));
export const unit: Suite = {
  name: 'unit',
  files: unitFiles,
  defaultFiles: usual(unitFiles),
  // Many of these tests wait for something, so that more processes than cores save time.
  run: async (files) => {
    const options = { processes: isQuiet ? 2 : 3, fileLimitMs };
    const own = files.filter(replacesTime);
    const others = files.filter((file) => !own.includes(file));
    const runOwn = (): Promise<Counts> => runNodeTests('own time', own, { ...options, isolated: true });
    const runOthers = (): Promise<Counts> => runNodeTests('unit', others, options);
    return sum(isQuiet ? [await runOwn(), await runOthers()] : await Promise.all([runOwn(), runOthers()]));
  },
};

const browser: Suite = {
  name: 'browser',
  files: testFiles('.browser.ts'),
  defaultFiles: usual(testFiles('.browser.ts')),
  needsBrowsers: true,
  run: (files) => runBrowserTests(files, isQuiet ? 2 : 3),
};

/**
 * The end-to-end tests of every run: a spoken call from start to end, by keyboard too, its recovery, its cost, and the
 * packed package as a script, on servers, and in an app that a server renders.
 */
const CORE = [
  'e2e/conversation',
  'e2e/keyboard',
  'e2e/page-cost',
  'e2e/quiet',
  'e2e/recovery',
  'stacks/hydration',
  'stacks/plain',
];
const isCore = (file: string): boolean => CORE.some((name) => file === `test/${name}.e2e.ts`);

/** Tests that drive a browser from Node. */
const driven = (name: string, files: readonly string[], processes: number): Suite => ({
  name,
  files,
  needsBuild: true,
  run: (chosen) => runNodeTests(name, chosen, { processes, fileLimitMs }),
});

/** Few at a time: the recovery of a call is measured by the clock, and each call needs two processes more. */
const e2e: Suite = {
  ...driven('e2e', testFiles('.e2e.ts').filter(isCore), isQuiet ? 1 : 2),
  needsBrowsers: true,
};
export const webkit: Suite = { ...driven('webkit', testFiles('.webkit.ts'), 1), onRequest: true };
const packagingFiles = testFiles('.test.ts').filter(isPackaging);
const packaging: Suite = {
  ...driven('packaging', packagingFiles, 1),
  defaultFiles: usual(packagingFiles),
  needsBrowsers: true,
};
/**
 * All other tests that drive a browser from Node: they take too long for every run. `.ci/run` runs them. Calls are
 * measured by the clock, so that one file runs at a time; pages and apps of other sites mostly wait for something.
 */
export const long: Suite = {
  name: 'long',
  files: testFiles('.e2e.ts').filter((file) => !isCore(file)),
  needsBuild: true,
  needsBrowsers: true,
  onRequest: true,
  run: async (files) => {
    const isCall = (file: string): boolean => /^test\/(e2e|support)\//.test(file) && !file.endsWith('looks.e2e.ts');
    const others = files.filter((file) => !isCall(file));
    return sum([
      await runNodeTests('sites', others, { processes: 2, fileLimitMs }),
      await runNodeTests('calls', files.filter(isCall), { processes: 1, fileLimitMs }),
    ]);
  },
};

/** Suites of one stage run at the same time, the stages one after the other, as calls need much processor time. */
export const STAGES: readonly (readonly Suite[])[] = [
  // Unit tests mostly wait.
  ...(isQuiet ? [[types, build, lint, format], [unit]] : [[types, build, lint, format, unit]]),
  [browser, packaging],
  [e2e],
  [webkit],
  [long],
];

function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
}
