import type { BrowserLauncher } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { chromiumPath, firefoxPath } from './browser-binaries.js';
import { chromiumArguments, firefoxPreferences } from './browsers.js';

/** A Chromium and a Firefox for web-test-runner, which starts them. */
export function browserLaunchers(): BrowserLauncher[] {
  return [
    chromeLauncher({ launchOptions: { executablePath: chromiumPath(), args: chromiumArguments() } }),
    puppeteerLauncher({
      launchOptions: { browser: 'firefox', executablePath: firefoxPath(), extraPrefsFirefox: firefoxPreferences() },
    }),
  ];
}
