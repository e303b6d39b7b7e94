import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { createSite } from '../../demo/site.js';
import { layoutFaults } from '../support/layout-faults.js';
import type { Routes } from '../support/page-server.js';
import { sharedWebKit } from '../support/shared-browsers.js';
import type { WebDriver } from '../support/webdriver.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { WATCH, WatchedPage } from './support/watched-page.js';

/** The demo's own site with its own headers. There is no service behind it. */
const site = createSite({ baseUrl: 'http://127.0.0.1:9', apiKey: 'none' });
const page = getRequestListener(async (request) => {
  const response = await site.fetch(request);
  return new Response((await response.text()).replace('<head>', `<head>${WATCH}`), { headers: response.headers });
});
const file = getRequestListener(site.fetch);
const routes: Routes = {
  ...{
    '/themes.html': (...exchange) => void page(...exchange),
    '/themes.css': (...exchange) => void file(...exchange),
  },
  '/dist/realtime-voice.min.js': (...exchange) => void file(...exchange),
};

describe("the demo's themes page in WebKit", () => {
  let driver: WebDriver;
  before(async () => void (driver = await sharedWebKit()));

  it('has no layout fault before a call, with open settings, and after the error `unsupported`', async () => {
    await using opened = await WatchedPage.open(driver, { path: '/themes.html', routes });
    const faults = (): Promise<string[]> => driver.evaluate(layoutFaults, 'realtime-voice');
    const count = await driver.evaluate(() => document.querySelectorAll('realtime-voice').length);
    assert.deepEqual(await faults(), []);
    const themes = await driver.evaluate(() => {
      const panels = [...document.querySelectorAll('realtime-voice')].map((element) =>
        element.shadowRoot!.querySelector('.card'),
      );
      return panels
        .filter((panel) => panel !== null)
        .map((panel) => [getComputedStyle(panel).backgroundColor, getComputedStyle(panel).borderRadius].join());
    });
    assert.equal(new Set(themes).size, 5, themes.join(' | '));

    // The floating element first, because it covers the others.
    for (const index of [count - 1, ...Array(count - 1).keys()]) {
      const { launcher, gear, consent } = await driver.evaluate((index) => {
        const element = document.querySelectorAll('realtime-voice')[index]!;
        const has = (selector: string): boolean => element.shadowRoot!.querySelector(selector) !== null;
        return { launcher: has('.launcher'), gear: has('.launcher, .gear'), consent: element.hasAttribute('consent') };
      }, index);
      const steps = [
        ...(launcher ? ['.launcher'] : []),
        ...(gear ? ['.gear'] : []),
        '[part="start-button"]',
        ...(consent ? ['[part="accept-button"]'] : []),
      ];
      for (const step of steps) {
        if (step.includes('accept')) await untilItCounts();
        await opened.click(step, index);
        assert.deepEqual(await faults(), [], `element ${index}, after ${step}`);
      }
      if (launcher) await opened.click('.launcher', index);
    }
    assert.deepEqual(
      (await opened.events('voice-error')).map(({ detail }) => (detail['error'] as { code: string }).code),
      Array(count).fill('unsupported'),
    );
    await driver.evaluate(() => localStorage.clear());
    assert.deepEqual(await opened.troubles(), []);
  });
});
