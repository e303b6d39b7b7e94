import { stripVTControlCharacters } from 'node:util';
import { ensureBrowsers, ensureWebKit, webKitLacks } from './support/browser-binaries.js';
import { beginFaultReport, faultTable } from './support/fault-report.js';
import { runSuite, testFiles, type Suite, type SuiteResult } from './support/suite.js';

const MINUTE = 60_000;
const bin = (path: string, ...args: string[]): readonly string[] => [`node_modules/${path}`, ...args];
const nodeTests = (name: string, files: readonly string[], lanes: number, timeout: number): readonly string[] => [
  ...['--import', 'tsx', 'test/support/node-tests.ts', `--name=${name}`, `--lanes=${lanes}`, `--timeout=${timeout}`],
  ...files,
];

const types: Suite = {
  name: 'types',
  limitMs: 4 * MINUTE,
  command: () => bin('typescript/bin/tsc', '--noEmit', '--pretty', 'false'),
};
const lint: Suite = {
  name: 'lint',
  limitMs: 4 * MINUTE,
  command: () => bin('eslint/bin/eslint.js', '--max-warnings=0', '.'),
};
const build: Suite = {
  name: 'build',
  limitMs: 4 * MINUTE,
  command: () => bin('rollup/dist/bin/rollup', '-c', '--silent'),
};
const unit: Suite = {
  name: 'unit',
  files: testFiles('.test.ts', ['test/packaging/']),
  limitMs: 4 * MINUTE,
  command: (files) => nodeTests('unit', files, 6, MINUTE),
};
const browser: Suite = {
  name: 'browser',
  files: testFiles('.browser.ts'),
  limitMs: 6 * MINUTE,
  command: (files) =>
    bin('@web/test-runner/dist/bin.js', ...['--config', 'web-test-runner.config.mjs', '--files', ...files]),
};
/**
 * On request, as every run is to end within minutes: what is counted over many calls, what waits for long, and what
 * shows that the instruments of the other tests can be trusted.
 */
const LONG = [
  ...[
    'accessibility',
    'cycles',
    'dialects',
    'limits',
    'live',
    'microphone',
    'official-client',
    'page-life',
    'quality',
    'roll-over',
    'stop',
  ].map((name) => `test/e2e/${name}.e2e.ts`),
  ...['test/support/instruments.e2e.ts', 'test/support/udp-relay.e2e.ts'],
];
const driven = (name: string, files: readonly string[], lanes: number): Suite => ({
  name,
  files,
  needsBuild: true,
  limitMs: 15 * MINUTE,
  command: (chosen) => nodeTests(name, ['--again', ...chosen], lanes, 3 * MINUTE),
});
const e2e = driven(
  'e2e',
  testFiles('.e2e.ts').filter((file) => !LONG.includes(file)),
  2,
);
const webkit = driven('webkit', testFiles('.webkit.ts'), 1);
const long: Suite = { ...driven('long', LONG, 1), onRequest: true };
const packaging: Suite = {
  name: 'packaging',
  files: testFiles('.test.ts').filter((file) => file.startsWith('test/packaging/')),
  needsBuild: true,
  limitMs: 3 * MINUTE,
  command: (files) => nodeTests('packaging', files, 1, 2 * MINUTE),
};

/** Quick ones side by side; then one at a time, as calls with sound do not bear much company on a small machine. */
const STAGES: readonly (readonly Suite[])[] = [
  [types, build, lint],
  [unit],
  [browser],
  [e2e],
  [webkit, packaging],
  [long],
];

const results: SuiteResult[] = [];
beginFaultReport();
for (const stage of chosen(process.argv.slice(2))) {
  await Promise.all(
    stage.map(async ({ suite, files }) =>
      report(await (suite.needsBuild && unbuilt() ? notRun(suite) : runSuite(suite, files))),
    ),
  );
}
const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);
const [passed, failed] = [sum('passed'), sum('failed')];
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
const faults = faultTable();
if (faults) console.log(`\n${faults}`);
console.log(`${passed} passed, ${failed} failed`);

function unbuilt(): boolean {
  return results.some(({ name, failed }) => name === build.name && failed > 0);
}

/** What an earlier build left would be tested instead. */
function notRun({ name }: Suite): SuiteResult {
  return { name, passed: 0, failed: 1, seconds: 0, output: `${name} was not run, since the build failed.` };
}

function report(result: SuiteResult): void {
  results.push(result);
  const { name, output, passed, failed, seconds } = result;
  const said = stripVTControlCharacters(output)
    .replace(/^Running \d+ test files.*$/m, '')
    .trim();
  if (said) console.log(`\n${said}\n`);
  console.log(`${failed ? '✖' : '✔'} ${name.padEnd(10)} ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`);
}

/** All, or what the arguments name: suites, or parts of the paths of test files. */
function chosen(words: readonly string[]): { suite: Suite; files?: readonly string[] }[][] {
  const all = STAGES.flat();
  const unknown = words.filter(
    (word) => !all.some(({ name, files }) => name === word || files?.some((file) => file.includes(word))),
  );
  if (unknown.length > 0) {
    console.log(`No suite and no test file is called ${unknown.join(', ')}.\n0 passed, ${unknown.length} failed`);
    process.exit(1);
  }
  const picked = new Map<Suite, readonly string[] | undefined>();
  for (const suite of all) {
    const files = suite.files?.filter((file) => words.some((word) => file.includes(word)));
    if ((words.length === 0 && !suite.onRequest) || words.includes(suite.name)) picked.set(suite, undefined);
    else if (files?.length) picked.set(suite, files);
  }
  if (picked.has(webkit) && !withWebKit(words)) picked.delete(webkit);
  if ([...picked.keys()].some((suite) => suite.needsBuild)) picked.set(build, undefined);
  if ([browser, e2e, long, packaging].some((suite) => picked.has(suite))) ensureBrowsers();
  return STAGES.map((stage) =>
    stage.filter((suite) => picked.has(suite)).map((suite) => ({ suite, files: picked.get(suite) })),
  );
}

/** A must where it is asked for, and for continuous integration; whoever has none of it is not held up. */
function withWebKit(words: readonly string[]): boolean {
  if (process.env['CI'] || words.some((word) => word.includes('webkit'))) ensureWebKit();
  const lacking = webKitLacks();
  if (lacking)
    console.log(`– ${webkit.name.padEnd(10)} left out: ${lacking} not installed; npm test -- webkit says more`);
  return !lacking;
}
