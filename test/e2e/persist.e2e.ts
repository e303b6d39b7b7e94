import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import type { PracticeCall } from './support/practice-calls.js';
import { RunningCall } from './support/running-call.js';
import { until } from './support/until.js';
import type { VoicePage } from './support/voice-page.js';
import { openVoicePage } from './support/voice-page.js';

const KEY = 'realtime-voice-transcript';
const QUESTION = 'Do you have blue ones?';
const EARLIER = [QUESTION, `You typed: ${QUESTION}`];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`a conversation in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));
    after(() => browser?.close());

    const begin = (attributes: Record<string, string>): Promise<RunningCall> =>
      RunningCall.begin(browser, practice.url, { typing: true, attributes });
    const open = (attributes: Record<string, string>, prelude: () => void): Promise<VoicePage> =>
      openVoicePage(browser, RunningCall.page(practice.url, { attributes, prelude }));

    it('is shown on the next page with `persist`, and goes on there', async () => {
      await using call = await begin({ persist: 'session' });
      const { voice } = call;
      await call.ask(QUESTION);
      await reload(voice);
      assert.deepEqual(await texts(voice), EARLIER);
      assert.deepEqual(
        [await shownWords(voice), await startLabel(voice), await voice.state()],
        [EARLIER, 'Continue', 'idle'],
      );

      await voice.page.$eval('realtime-voice', (element) => element.start({ microphone: false }));
      const next = await RunningCall.of(voice, practice.url);
      assert.notEqual(next.id, call.id);
      await next.ask('And in moss?');
      assert.deepEqual((await texts(voice)).slice(0, 3), [...EARLIER, 'And in moss?']);
      const told = (await voice.transcript()).map(({ id }) => id);
      await until(
        'the service knows all of it',
        async () => itemsOf(await next.peer()),
        (items) => items.length === 4,
      );
      assert.deepEqual(itemsOf(await next.peer()), told);

      await voice.page.$eval('realtime-voice', (element) => element.stop());
      await voice.page.$eval('realtime-voice', ({ updateComplete }) => updateComplete);
      assert.deepEqual([(await texts(voice)).length, await startLabel(voice)], [4, 'Continue']);
    });

    it('is forgotten by forget(), during a call and after it', async () => {
      await using call = await begin({ persist: 'session' });
      const { voice } = call;
      await call.ask('This is a secret.');
      await voice.page.$eval('realtime-voice', (element) => element.forget());
      assert.equal(await stored(voice), null);
      await call.ask(QUESTION);
      assert.deepEqual(
        JSON.parse((await stored(voice))!).map(({ text }: { text: string }) => text),
        EARLIER,
      );

      await voice.page.$eval('realtime-voice', async (element) => {
        element.stop();
        element.forget();
        await element.updateComplete;
      });
      assert.deepEqual([await stored(voice), await texts(voice)], [null, []]);
    });

    it('is not kept without `persist`, nor without consent, and not after it is withdrawn', async () => {
      await using plain = await begin({});
      await plain.ask(QUESTION);
      assert.equal(await stored(plain.voice), null);

      await using voice = await open({ persist: 'session', consent: '1' }, () =>
        sessionStorage.setItem('realtime-voice-transcript', '[{"role":"assistant","text":"To another visitor"}]'),
      );
      assert.deepEqual(await texts(voice), []);
      await voice.page.evaluate(() => localStorage.setItem('realtime-voice-consent', '"1"'));
      await voice.page.$eval('realtime-voice', (element) => element.start({ microphone: false }));
      const call = await RunningCall.of(voice, practice.url);
      await call.ask(QUESTION);
      assert.match((await stored(voice))!, /blue ones/);
      await voice.page.$eval('realtime-voice', (element) => element.withdrawConsent());
      assert.equal(await stored(voice), null);
    });

    it('is not broken by what another script has stored', async () => {
      await using voice = await open({ persist: 'session' }, () =>
        sessionStorage.setItem('realtime-voice-transcript', '[5,{"role":"user"},{"role":"user","text":"<b>Kept</b>"}]'),
      );
      assert.deepEqual([await texts(voice), await shownWords(voice)], [['<b>Kept</b>'], ['<b>Kept</b>']]);
      await using other = await open({ persist: 'session' }, () =>
        sessionStorage.setItem('realtime-voice-transcript', '{"a":'),
      );
      assert.deepEqual([await texts(other), other.opened.errors], [[], []]);
    });
  });
}

async function reload({ page }: VoicePage): Promise<void> {
  await page.reload();
  await page.evaluate(async () => {
    await customElements.whenDefined('realtime-voice');
    await document.querySelector('realtime-voice')!.updateComplete;
  });
}

async function texts(voice: VoicePage): Promise<string[]> {
  return (await voice.transcript()).map(({ text }) => text);
}

function stored({ page }: VoicePage): Promise<string | null> {
  return page.evaluate((key) => sessionStorage.getItem(key), KEY);
}

function startLabel({ page }: VoicePage): Promise<string> {
  return page.$eval('realtime-voice', ({ shadowRoot }) =>
    shadowRoot!.querySelector('[part~="start-button"]')!.textContent.trim(),
  );
}

/** The words of the transcript as they are drawn. */
function shownWords({ page }: VoicePage): Promise<string[]> {
  return page.$eval('realtime-voice', ({ shadowRoot }) =>
    [...shadowRoot!.querySelectorAll('[part~="entry"] .words')].map(({ textContent }) => textContent.trim()),
  );
}

function itemsOf({ items }: PracticeCall): string[] {
  return items.map(({ id }) => id);
}
