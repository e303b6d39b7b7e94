import type { Page } from 'puppeteer-core';

/**
 * How many blocks of code of the built file run during a step in Chromium: bodies of functions, branches and rounds of
 * loops. It stands for the time that the script takes, and does not depend on the machine.
 */
export async function blocksDuring(page: Page, step: () => Promise<unknown>): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  await step();
  const { result } = await session.send('Profiler.takePreciseCoverage');
  await session.detach();
  const functions = result
    .filter(({ url }) => url.includes('/realtime-voice.min.js'))
    .flatMap((file) => file.functions);
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}
