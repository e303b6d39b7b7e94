import { tsImport } from 'tsx/esm/api';

const support = (file) => tsImport(`./test/support/${file}`, import.meta.url);
const { browserLaunchers } = await support('browser-launchers.ts');
const { practiceMiddleware } = await support('practice-middleware.ts');

export default {
  plugins: [practiceMiddleware()],
  browsers: browserLaunchers(),
  // One page at a time in each browser: a page in the background has no animation frames and slow timers.
  concurrency: 1,
  concurrentBrowsers: 6,
  browserStartTimeout: 60_000,
  testsStartTimeout: 30_000,
  testsFinishTimeout: 90_000,
  testFramework: { config: { timeout: 15_000 } },
  filterBrowserLogs: ({ type, args }) =>
    (type === 'error' || type === 'warn') && !args.some((arg) => String(arg).includes('Lit is in dev mode')),
};
