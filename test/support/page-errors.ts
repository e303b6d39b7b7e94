import { PAGE_ERROR } from './page-error-mark.js';

/**
 * Comes into every browser test before the test itself. The runner lets errors pass which nothing awaited: rejections
 * nobody handles, and whatever is thrown outside a test. Here they become marked log lines, which the reporter counts
 * as failures.
 */
window.addEventListener('error', ({ message, error }) => {
  if (!/^ResizeObserver loop/.test(message)) report(error ?? message);
});
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));

// What the last test set off has to come up before the page is closed.
after(() => new Promise((resolve) => setTimeout(resolve, 100)));

function report(reason: unknown): void {
  const text = reason instanceof Error ? (reason.stack ?? '') : '';
  console.error(`${PAGE_ERROR}${text.includes(String(reason)) ? '' : `${String(reason)}\n`}${text}`);
}
