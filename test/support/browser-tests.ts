import { startTestRunner, type Reporter, type TestSession, type TestSuiteResult } from '@web/test-runner';
import { browserLaunchers } from './browser-launchers.js';
import { printFailure } from './failures.js';
import { compileBrowserTests, fileOf, moduleOf } from './browser-modules.js';
import { dealOut } from './lane.js';
import { PAGE_ERROR } from './page-error-mark.js';
import type { Counts } from './suite.js';

interface Problem {
  readonly name: string;
  readonly reason: string;
}

/**
 * Runs files in Chromium and Firefox. A browser has one page at a time, which mostly waits: several pairs of browsers
 * share the files.
 */
export async function runBrowserTests(files: readonly string[], pairs: number): Promise<Counts> {
  let passed = 0;
  let failed = 0;
  const reporter: Reporter = {
    onTestRunFinished({ sessions }) {
      for (const session of sessions) {
        passed += countPassed(session.testResults);
        failed += reportProblems(session);
      }
    },
  };
  await compileBrowserTests(files);
  const groups = dealOut(files, pairs).map((lane, index) => ({
    name: `pair ${index + 1}`,
    files: lane.map(moduleOf),
    browsers: browserLaunchers(),
  }));
  const runner = await startTestRunner({
    config: { reporters: [reporter], groups, concurrentBrowsers: 2 * pairs },
    readCliArgs: false,
    autoExitProcess: false,
  });
  if (runner && !runner.stopped) await new Promise((resolve) => runner.on('stopped', resolve));
  return passed + failed > 0 ? { passed, failed } : { passed, failed: 1 };
}

/** Prints what failed in one file and one browser. A file that fails to load is a failed test. */
function reportProblems(session: TestSession): number {
  const problems = [...failures(session.testResults), ...loading(session), ...uncaught(session)];
  const file = fileOf(session.testFile ?? '');
  for (const { name, reason } of problems) printFailure(`${session.browser.name}: ${file}: ${name}`, reason);
  if (problems.length > 0)
    session.logs.filter((log) => !isUncaught(log)).forEach((log) => console.log('    log:', ...log));
  return problems.length;
}

function* suites(suite: TestSuiteResult | undefined, path = ''): Generator<{ path: string; suite: TestSuiteResult }> {
  if (!suite) return;
  yield { path, suite };
  for (const child of suite.suites) yield* suites(child, `${path}${child.name} › `);
}

function countPassed(root: TestSuiteResult | undefined): number {
  return [...suites(root)].flatMap(({ suite }) => suite.tests).filter((test) => test.passed && !test.skipped).length;
}

function failures(root: TestSuiteResult | undefined): Problem[] {
  return [...suites(root)].flatMap(({ path, suite }) =>
    suite.tests
      .filter((test) => !test.passed && !test.skipped)
      .map(({ name, error }) => ({ name: `${path}${name}`, reason: reasonOf(error) })),
  );
}

function loading(session: TestSession): Problem[] {
  const errors = session.errors.map((error) => ({ name: 'page error', reason: reasonOf(error) }));
  const missing = session.request404s.map((url) => ({ name: 'missing file', reason: url }));
  const empty = [...suites(session.testResults)].every(({ suite }) => suite.tests.length === 0);
  if (errors.length > 0 || !empty) return errors;
  return [...missing, { name: 'no tests', reason: 'The file ran no test.' }];
}

const isUncaught = ([first]: readonly unknown[]): boolean => String(first).startsWith(PAGE_ERROR);

function uncaught({ logs }: TestSession): Problem[] {
  return logs
    .filter(isUncaught)
    .map((log) => ({ name: 'uncaught error', reason: log.map(String).join(' ').slice(PAGE_ERROR.length) }));
}

/** The stack, with the message in front if the browser left it out, as Firefox does. */
function reasonOf({ message = '', stack = '' }: { message?: string; stack?: string } = {}): string {
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}
