import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox, setPermission, type Permission } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { EVERY_BROWSER, sharedChromium, sharedFirefox } from '../support/shared-browsers.js';
import { CALLS, failOnce, FailingStart, startByMethod, type Fault } from './support/failing-start.js';
import { QUICK_FAULTS, SLOW_FAULTS } from './support/start-faults.js';
import type { VoicePage } from './support/voice-page.js';

const SECRET_KEY = 'sk-proj-do-not-send-this-anywhere';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

describe('failing starts', { concurrency: true }, () => {
  for (const [name, shared, launch] of [
    ['Chromium', sharedChromium, launchChromium],
    ['Firefox', sharedFirefox, launchFirefox],
  ] as const) {
    describe(`a start in ${name} fails once, and the next one works, when`, { concurrency: 1 }, () => {
      let browser: Browser;
      // Slow starts are begun first and checked last, in a browser of their own: a page that comes to the front again
      // would move its focus.
      let waitingBrowser: Browser;
      const waiting: FailingStart[] = [];
      before(async () => {
        [browser, waitingBrowser] = await Promise.all([shared(), launch()]);
        for (const fault of SLOW_FAULTS) waiting.push(await FailingStart.begin(waitingBrowser, fault, practice.url));
      });
      after(async () => {
        for (const start of waiting) await start.end();
        await waitingBrowser?.close();
      });

      // The meaning of an HTTP status does not depend on the browser.
      const isStatus = ({ token, calls }: Fault): boolean => ((token ?? calls)?.status ?? 0) >= 400;
      for (const fault of QUICK_FAULTS.filter((each) => name === 'Chromium' || EVERY_BROWSER || !isStatus(each))) {
        it(fault.name, () => failOnce(browser, fault, practice.url));
      }

      it('the token URL answers with an API key, which is neither sent nor shown', async () => {
        const fault: Fault = {
          name: '',
          code: 'configuration',
          message: /API key/,
          retriable: false,
          token: { body: { value: SECRET_KEY } },
        };
        const start = await FailingStart.begin(browser, fault, practice.url);
        try {
          await start.fail();
          assert.ok(!start.server.requests.some(({ path }) => path === CALLS), 'no offer was sent with it');
          await assertNotExposed(start);
          await start.succeed();
          await assertNotExposed(start);
        } finally {
          await start.end();
        }
      });

      it('the page is not a secure context', async () => {
        const fault: Fault = {
          name: '',
          code: 'insecure-context',
          message: /HTTPS/,
          retriable: false,
          page: { host: 'insecure.test' },
        };
        const start = await FailingStart.begin(browser, fault, practice.url);
        try {
          await start.fail();
          // No start can succeed on such a page. Each reports the error again, and no start button is shown.
          await startByMethod(start.voice);
          assert.deepEqual(
            (await start.voice.failures()).map(({ code }) => code),
            ['insecure-context', 'insecure-context'],
          );
          assert.deepEqual(await start.voice.states(), ['connecting', 'failed', 'connecting', 'failed']);
          assert.deepEqual(await start.voice.page.$$('realtime-voice >>> [part~="start-button"]'), []);
        } finally {
          await start.end();
        }
      });

      for (const [index, { name }] of SLOW_FAULTS.entries()) {
        it(name, async () => {
          await waiting[index]!.fail();
          await waiting[index]!.succeed();
        });
      }
    });
  }
});

describe('a start without a microphone fails once, and the next one works, when', () => {
  const denied: Fault = { name: '', code: 'microphone-denied', retriable: true };
  const missing: Fault = { name: '', code: 'microphone-missing', retriable: true, again: continueByTyping };

  for (const [name, code, setting] of [
    ['Chromium denies the microphone', 'microphone-denied', 'denied'],
    // Only headless Chromium closes the prompt by itself; in Firefox it stays open.
    ['the visitor closes the prompt in Chromium', 'microphone-dismissed', 'prompt'],
  ] as const) {
    it(name, async () => {
      const launched = launchChromium({ permission: 'prompt' });
      const set =
        (to: Permission) =>
        async ({ voice }: FailingStart) =>
          setPermission(await launched, to, voice.opened.url);
      await withBrowser(launched, { ...denied, code, prepare: set(setting), repair: set('granted') });
    });
  }

  // The permission of a running Firefox cannot be changed, so the visitor types instead.
  it('Firefox denies the microphone', () =>
    withBrowser(launchFirefox({ permission: 'denied' }), { ...denied, again: continueByTyping }));

  it('Chromium finds no microphone', () => withBrowser(launchChromium({ noDevice: true }), missing));
  it('Firefox finds no microphone', () => withBrowser(launchFirefox({ noDevice: true }), missing));
});

async function withBrowser(launched: Promise<Browser>, fault: Fault): Promise<void> {
  const browser = await launched;
  try {
    await failOnce(browser, fault, practice.url);
  } finally {
    await browser.close();
  }
}

/** Presses the button beside the one that asks for the microphone again. */
async function continueByTyping({ page }: VoicePage): Promise<void> {
  await page.locator('realtime-voice >>> button ::-p-text(Type instead)').click();
}

/** The key is in no markup, storage, event, log or request. */
async function assertNotExposed({ voice, server }: FailingStart): Promise<void> {
  const { page, opened } = voice;
  const kept = await page.$eval('realtime-voice', (element) => {
    const { error } = element;
    const fields = Object.getOwnPropertyNames(error ?? {}).map((name) => String(error![name as keyof typeof error]));
    const storage = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
    return [document.documentElement.outerHTML, element.shadowRoot!.innerHTML, ...fields, ...storage];
  });
  const everything = [kept, await voice.events(), opened.console, opened.errors, opened.requests, server.requests];
  assert.ok(!JSON.stringify(everything).includes(SECRET_KEY));
}
