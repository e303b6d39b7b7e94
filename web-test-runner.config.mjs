import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { tsImport } from 'tsx/esm/api';

const support = (file) => tsImport(`./test/support/${file}`, import.meta.url);
const { chromiumPath, firefoxPath } = await support('browser-binaries.ts');
const { chromiumArguments, firefoxPreferences } = await support('browsers.ts');
const { practiceMiddleware } = await support('practice-middleware.ts');

export default {
  files: 'test/**/*.browser.ts',
  nodeResolve: true,
  // esbuild takes the handling of class fields from the tsconfig.
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
    practiceMiddleware(),
    {
      name: 'page-errors',
      transform: ({ path, body }) =>
        path.endsWith('.browser.ts') ? `import '/test/support/page-errors.ts'; ${body}` : undefined,
    },
  ],
  browsers: [
    chromeLauncher({ launchOptions: { executablePath: chromiumPath(), args: chromiumArguments() } }),
    puppeteerLauncher({
      launchOptions: { browser: 'firefox', executablePath: firefoxPath(), extraPrefsFirefox: firefoxPreferences() },
    }),
  ],
  // One page at a time in each browser: a page in the background has no animation frames and slow timers.
  concurrency: 1,
  concurrentBrowsers: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 30_000,
  testsFinishTimeout: 90_000,
  testFramework: { config: { timeout: 15_000 } },
  filterBrowserLogs: ({ type, args }) =>
    (type === 'error' || type === 'warn') && !args.some((arg) => String(arg).includes('Lit is in dev mode')),
};
