import type { Browser, Page } from 'puppeteer-core';
import { openPage } from '../../support/page.js';
import { type PageTask, tasksDuring } from './page-tasks.js';
import { siteRoutes, TOKEN_PATH } from './site.js';

/** The tasks of a page that does nothing else. */
export interface CallTasks {
  /** While the file is loaded and the first element is drawn. */
  readonly load: readonly PageTask[];
  /** From the visitor's click until the call is ready. */
  readonly start: readonly PageTask[];
  /** Two typed questions and their spoken answers. */
  readonly conversation: readonly PageTask[];
}

/** Traces a call in Chromium from the page's load. */
export async function callTasks(browser: Browser, practiceUrl: string): Promise<CallTasks> {
  const url = `${practiceUrl}/v1/realtime/calls`;
  await using opened = await openPage(browser, {
    html: `<realtime-voice token-url="${TOKEN_PATH}" calls-url="${url}" muted></realtime-voice>`,
    script: 'none',
    routes: siteRoutes(practiceUrl),
  });
  const { page } = opened;
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  return {
    load: await tasksDuring(page, () => page.evaluate(loadElement)),
    start: await tasksDuring(page, async () => {
      await page.locator('realtime-voice >>> [part~="start-button"]').click();
      await page.waitForFunction(() => document.querySelector('realtime-voice')!.state === 'listening');
    }),
    conversation: await tasksDuring(page, async () => {
      for (const entries of [2, 4]) await ask(page, entries);
    }),
  };
}

/**
 * Runs in a page that was opened without the script, and loads it as a page does: the browser compiles it meanwhile.
 * Resolves when the first element is drawn.
 */
export async function loadElement(): Promise<void> {
  const script = Object.assign(document.createElement('script'), { type: 'module', src: '/realtime-voice.min.js' });
  const loaded = new Promise((resolve) => (script.onload = resolve));
  document.head.append(script);
  await loaded;
  await document.querySelector('realtime-voice')!.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Types a question and waits until its answer has been played: then the transcript has so many entries. */
async function ask(page: Page, entries: number): Promise<void> {
  await page.type('realtime-voice >>> [part="text-field"]', 'What is in stock?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (entries) => {
      const { transcript, state } = document.querySelector('realtime-voice')!;
      return transcript.length === entries && transcript.at(-1)!.status === 'final' && state === 'listening';
    },
    {},
    entries,
  );
}
