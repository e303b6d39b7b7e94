import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from './browsers.js';

const launched = new Map<() => Promise<Browser>, Promise<Browser>>();

/** The Chromium, or the Firefox, of all tests of a process that need nothing special: starting one takes seconds. */
export const sharedChromium = (): Promise<Browser> => shared(launchChromium);
export const sharedFirefox = (): Promise<Browser> => shared(launchFirefox);

function shared(launch: () => Promise<Browser>): Promise<Browser> {
  let browser = launched.get(launch);
  if (!browser) launched.set(launch, (browser = launch()));
  return browser;
}

/** After the last test. */
export async function closeSharedBrowsers(): Promise<void> {
  for (const browser of launched.values()) await (await browser).close();
}
