import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { RunningCall } from './support/running-call.js';
import { NEXT, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

const START = 'realtime-voice >>> [part~="start-button"]';

// A browser of their own, in which one page at a time is in front: they are about a real pointer.
for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`a secret ahead in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch({ backForwardCache: true })));
    after(() => browser?.close());
    const open = (): Promise<VoicePage> =>
      openVoicePage(
        browser,
        RunningCall.page(practice.url, {
          routes: NEXT,
          prelude: () => addEventListener('pageshow', ({ persisted }) => void Object.assign(window, { persisted })),
        }),
      );

    it('is fetched when the pointer rests on Start, and used by the start', async () => {
      await using voice = await open();
      await fetchAhead(voice);
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.equal(minted(voice), 1);
    });

    it('is not fetched for a pointer that passes over Start', async () => {
      await using voice = await open();
      const { x, y } = await middleOfStart(voice);
      await voice.page.mouse.move(x, y - 200);
      await voice.page.mouse.move(x, y + 100, { steps: 25 });
      await pass(600);
      assert.equal(minted(voice), 0);
    });

    it('is not fetched when the focus passes over Start by Tab', async () => {
      await using voice = await open();
      await voice.page.evaluate(() =>
        document.querySelector('realtime-voice')!.before(document.createElement('button')),
      );
      await voice.page.focus('button');
      for (let step = 0; step < 6; step += 1) await voice.page.keyboard.press('Tab');
      for (let step = 0; step < 6; step += 1) {
        await voice.page.keyboard.down('Shift');
        await voice.page.keyboard.press('Tab');
        await voice.page.keyboard.up('Shift');
      }
      await pass(500);
      assert.equal(minted(voice), 0);
    });

    it('is fetched as the pointer or a key goes down on Start, and the call needs no other', async () => {
      for (const way of ['pointer', 'key'] as const) {
        await using voice = await open();
        if (way === 'pointer') await voice.press('start-button');
        else await voice.key('start-button');
        await voice.untilState('listening');
        assert.equal(minted(voice), 1, way);
      }
    });

    it('is fetched at most once a minute, whatever the page changes and however often it is asked', async () => {
      await using voice = await open();
      const { x, y } = await middleOfStart(voice);
      for (let round = 0; round < 8; round += 1) {
        await voice.page.mouse.move(x, y - 200);
        await voice.page.$eval(
          'realtime-voice',
          (element, round) => {
            element.label = `Voice ${round}`;
            element.muted = round % 2 === 0;
            element.greet = round % 2 === 1;
            element.tools = [{ name: `tool_${round}`, execute: () => round }];
            element.setAttribute('calls-url', `${element.callsUrl!.split('?')[0]}?round=${round}`);
            element.warm();
          },
          round,
        );
        await voice.page.mouse.move(x, y);
        await pass(200);
      }
      await pass(500);
      assert.ok(minted(voice) <= 1, `${minted(voice)} secrets without a click`);
    });

    // A driven Firefox does not keep pages in its back/forward cache.
    if (name !== 'Chromium') return;
    it('does not keep the page out of the back/forward cache', async () => {
      await using voice = await open();
      await fetchAhead(voice);
      await voice.page.goto(`${voice.opened.url}/next`);
      await voice.page.goBack();
      const persisted = await voice.page.evaluate(() => (window as unknown as { persisted: boolean }).persisted);
      assert.equal(persisted, true, 'the page was kept');
      assert.equal((await voice.opened.alive()).peers, 0);
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.equal(minted(voice), 2);
    });
  });
}

async function middleOfStart({ page }: VoicePage): Promise<{ x: number; y: number }> {
  await page.bringToFront();
  const button = (await page.waitForSelector(START))!;
  const { x, y, width, height } = (await button.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

/** Rests on Start until a secret is fetched. */
async function fetchAhead(voice: VoicePage): Promise<void> {
  await restOnStart(voice);
  await until(
    'a secret is fetched',
    () => minted(voice),
    (count) => count === 1,
  );
}

async function restOnStart(voice: VoicePage): Promise<void> {
  const { x, y } = await middleOfStart(voice);
  await voice.page.mouse.move(x, y - 200);
  await voice.page.mouse.move(x, y);
}

function minted({ opened }: VoicePage): number {
  return opened.requests.filter(({ url, method }) => url.endsWith(TOKEN_PATH) && method === 'POST').length;
}
