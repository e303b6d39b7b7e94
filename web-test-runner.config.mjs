import { tsImport } from 'tsx/esm/api';

const support = (file) => tsImport(`./test/support/${file}`, import.meta.url);
const { practiceMiddleware } = await support('practice-middleware.ts');

/** What holds for all browser tests. Their files and browsers come from test/support/browser-tests.ts. */
export default {
  plugins: [practiceMiddleware()],
  // One page at a time in each browser: a page in the background has no animation frames and slow timers.
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 30_000,
  testsFinishTimeout: 90_000,
  testFramework: { config: { timeout: 15_000 } },
  filterBrowserLogs: ({ type, args }) =>
    (type === 'error' || type === 'warn') && !args.some((arg) => String(arg).includes('Lit is in dev mode')),
};
