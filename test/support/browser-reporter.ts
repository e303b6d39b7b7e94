import { relative } from 'node:path';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';
import { writeCounts } from './counts.js';
import { PAGE_ERROR } from './page-error-mark.js';

interface Problem {
  readonly name: string;
  readonly reason: string;
}

/** Reports what failed in which browser and file, and counts the rest. A file that fails to load is a failed test. */
export function browserReporter(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const session of sessions) {
        const problems = [...failures(session.testResults), ...loading(session), ...uncaught(session)];
        passed += count(session.testResults);
        failed += problems.length;
        for (const { name, reason } of problems) {
          console.log(
            `\n✖ ${session.browser.name}: ${relative('', session.testFile ?? '')}: ${name}\n${indented(reason)}`,
          );
        }
        if (problems.length > 0)
          session.logs.filter((log) => !isUncaught(log)).forEach((log) => console.log('    log:', ...log));
      }
      writeCounts({ passed, failed });
    },
  };
}

function* suites(suite: TestSuiteResult | undefined, path = ''): Generator<{ path: string; suite: TestSuiteResult }> {
  if (!suite) return;
  yield { path, suite };
  for (const child of suite.suites) yield* suites(child, `${path}${child.name} › `);
}

function count(root: TestSuiteResult | undefined): number {
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
  const errors = session.errors.map(({ message, stack }) => ({
    name: 'page error',
    reason: reasonOf({ message, stack }),
  }));
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

/** Firefox leaves the message out of the stack. */
function reasonOf({ message = '', stack = '' }: { message?: string; stack?: string } = {}): string {
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}

function indented(reason: string): string {
  const lines = reason
    .trim()
    .split('\n')
    .filter((line) => !line.includes('/__web-test-runner__/'));
  return lines.map((line) => `    ${line}`).join('\n');
}
