import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { RelayedSite } from '../e2e/support/relayed-site.js';
import { until } from '../e2e/support/until.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { ANY_BROWSER } from '../support/shared-browsers.js';
import { appears, assertNothingOpen, openPanel } from './support/checked-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

const PANEL = 'realtime-voice-diagnostics';

/** How far the checks have come: the name of the one that runs, and what they hold then. */
const MOMENTS = [
  ['microphone', { tracks: 1 }],
  ['token', {}],
  ['calls', { peers: 1 }],
  ['connection', { peers: 1 }],
  ['audio-output', { contexts: 1 }],
] as const;

for (const [name, launch] of ANY_BROWSER) {
  describe(`in ${name}, nothing stays open`, () => {
    for (const [moment, held] of MOMENTS) {
      it(`when the checks are stopped in the middle of ${moment}`, async () => {
        await using site = await RelayedSite.open(practice.url);
        if (moment === 'token' || moment === 'calls') site.server.answer(`/${moment}`, { hang: true });
        site.relay.blackout(moment === 'connection');
        const urls = { 'token-url': `${site.server.url}/token`, 'calls-url': `${site.server.url}/calls` };
        await using opened = await openPanel(await launch(), urls);
        const { page } = opened;
        const ended = page.$eval(PANEL, (panel) => panel.start().then(() => 'ended'));
        await until(
          'the check runs',
          () => runningCheck(page),
          (running) => running === moment,
        );
        if (moment === 'audio-output') await appears(page, '[part=yes-button]');
        await until(
          'it holds what it needs',
          () => opened.alive(),
          (alive) => Object.entries(held).every(([kind, count]) => alive[kind as 'peers'] === count),
        );
        await page.$eval(PANEL, (panel) => panel.stop());
        assert.equal(await ended, 'ended');
        await assertNothingOpen(opened);
        assert.equal(await page.$eval(`${PANEL} >>> [role=status]`, (it) => it.textContent.trim()), 'Stopped.');
        assert.equal(await page.$(`${PANEL} >>> [part=yes-button]`), null);
        assert.deepEqual(opened.errors, []);
      });
    }

    it('when the panel leaves the page', async () => {
      await using site = await RelayedSite.open(practice.url);
      site.relay.blackout(true);
      const urls = { 'token-url': `${site.server.url}/token`, 'calls-url': `${site.server.url}/calls` };
      await using opened = await openPanel(await launch(), urls);
      await opened.page.$eval(PANEL, (panel) => void panel.start());
      await until(
        'the check runs',
        () => runningCheck(opened.page),
        (running) => running === 'connection',
      );
      await opened.page.$eval(PANEL, (panel) => panel.remove());
      await assertNothingOpen(opened);
      assert.deepEqual(opened.errors, []);
    });

    it("when a page's signal aborts the function, which rejects with its reason", async () => {
      await using opened = await openPanel(await launch(), {});
      const reason = await opened.page.evaluate(() => {
        const controller = new AbortController();
        const { checkEnvironment } = window as unknown as { checkEnvironment(options: object): Promise<unknown> };
        const onLevel = (): void => controller.abort('enough');
        return checkEnvironment({ microphone: true, signal: controller.signal, onLevel }).catch((why) => why);
      });
      assert.equal(reason, 'enough');
      await assertNothingOpen(opened);
    });
  });
}

function runningCheck(page: Page): Promise<string | undefined> {
  return page.$eval(PANEL, (panel) => {
    const running = panel.shadowRoot!.querySelector<HTMLElement>('[data-status=running]');
    return running?.dataset['check'];
  });
}
