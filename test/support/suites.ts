import { runBrowserTests } from './browser-tests.js';
import { runNodeTests } from './node-tests.js';
import { check, testFiles, type Suite } from './suite.js';

const MINUTE = 60_000;

const types = check('types', 'typescript/bin/tsc', '--noEmit', '--pretty', 'false');
const lint = check('lint', 'eslint/bin/eslint.js', '--max-warnings=0', '.');
const format = check('format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.');
export const build = check('build', 'rollup/dist/bin/rollup', '--config', '--silent');

const isPackaging = (file: string): boolean => file.startsWith('test/packaging/');

/**
 * Tests that send requests. All others are isolated: many of them replace timers and clocks, which what another file
 * has left running would use too.
 */
const usesNetwork = (file: string): boolean => /^test\/(practice|server|support|transport)\//.test(file);

const unit: Suite = {
  name: 'unit',
  files: testFiles('.test.ts').filter((file) => !isPackaging(file)),
  // Many of these tests wait for something, so that more processes than cores save time.
  run: async (files) => {
    const options = { processes: 3, fileLimitMs: MINUTE };
    const [pure, network] = await Promise.all([
      runNodeTests(
        'unit',
        files.filter((file) => !usesNetwork(file)),
        { ...options, isolated: true },
      ),
      runNodeTests('network', files.filter(usesNetwork), options),
    ]);
    return { passed: pure.passed + network.passed, failed: pure.failed + network.failed };
  },
};

const browser: Suite = {
  name: 'browser',
  files: testFiles('.browser.ts'),
  needsBrowsers: true,
  run: runBrowserTests,
};

/** The end-to-end tests of every run: a call from start to end, by voice, text and tools, and its recovery. */
const CORE = ['conversation', 'csp', 'keyboard', 'quiet', 'recovery', 'tools', 'typing'];
const isCore = (file: string): boolean => CORE.some((name) => file === `test/e2e/${name}.e2e.ts`);

/** Tests that drive a browser from Node. */
const driven = (name: string, files: readonly string[], processes: number): Suite => ({
  name,
  files,
  needsBuild: true,
  run: (chosen) => runNodeTests(name, chosen, { processes, fileLimitMs: 3 * MINUTE }),
});

const e2e: Suite = {
  ...driven('e2e', testFiles('.e2e.ts').filter(isCore), 2),
  needsBrowsers: true,
};
export const webkit = driven('webkit', testFiles('.webkit.ts'), 1);
const packaging: Suite = {
  ...driven('packaging', testFiles('.test.ts').filter(isPackaging), 2),
  needsBrowsers: true,
};
/** All other tests with a browser: they take too long for every run. `.ci/run` runs them. */
const long: Suite = {
  ...driven(
    'long',
    testFiles('.e2e.ts').filter((file) => !isCore(file)),
    1,
  ),
  needsBrowsers: true,
  onRequest: true,
};

/** Suites of one stage run at the same time, the stages one after the other, as calls need much processor time. */
export const STAGES: readonly (readonly Suite[])[] = [
  [types, build, lint, format],
  [unit],
  [browser],
  [e2e],
  [webkit, packaging],
  [long],
];
