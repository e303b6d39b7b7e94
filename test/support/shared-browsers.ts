import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from './browsers.js';
import type { WebDriver } from './webdriver.js';
import { launchWebKit } from './webkit.js';

interface Closable {
  close(): Promise<void>;
}

const launched = new Map<() => Promise<Closable>, Promise<Closable>>();

/** One browser for all tests of a process that need no special options, because starting one takes seconds. */
export const sharedChromium = (): Promise<Browser> => shared(launchChromium);
export const sharedFirefox = (): Promise<Browser> => shared(launchFirefox);
/** WebKit has one window, which the tests use one after the other. */
export const sharedWebKit = async (): Promise<WebDriver> => (await shared(launchWebKit)).driver;

const both = [
  ['Chromium', sharedChromium],
  ['Firefox', sharedFirefox],
] as const;

/** For tests of behaviour that depends on the browser. */
export const BROWSERS: readonly (readonly ['Chromium' | 'Firefox', () => Promise<Browser>])[] = both;
/** For all other tests: one browser, or both with EVERY_BROWSER=1 in the environment. */
export const EVERY_BROWSER = !!process.env['EVERY_BROWSER'];
export const ANY_BROWSER: typeof BROWSERS = EVERY_BROWSER ? both : both.slice(0, 1);

function shared<Kind extends Closable>(launch: () => Promise<Kind>): Promise<Kind> {
  let browser = launched.get(launch) as Promise<Kind> | undefined;
  if (!browser) launched.set(launch, (browser = launch()));
  return browser;
}

/** Call it after the last test. */
export async function closeSharedBrowsers(): Promise<void> {
  for (const browser of launched.values()) await (await browser).close();
}
