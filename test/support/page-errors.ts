import { PAGE_ERROR } from './page-error-mark.js';

/**
 * Is imported at the top of every browser test. web-test-runner ignores unhandled rejections and errors thrown outside
 * a test. Here they become marked log lines, which the reporter counts as failures.
 */
window.addEventListener('error', ({ message, error }) => {
  if (!/^ResizeObserver loop/.test(message)) report(error ?? message);
});
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));

// Late errors of the last test must be reported before the page is closed.
after(() => new Promise((resolve) => setTimeout(resolve, 100)));

function report(reason: unknown): void {
  const text = reason instanceof Error ? (reason.stack ?? '') : '';
  console.error(`${PAGE_ERROR}${text.includes(String(reason)) ? '' : `${String(reason)}\n`}${text}`);
}
