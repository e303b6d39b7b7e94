import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { reportFault } from '../support/fault-report.js';
import { startPageServer } from '../support/page-server.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium, sharedFirefox } from '../support/shared-browsers.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { failOnce } from './support/failing-start.js';
import { keepAudio, playback } from './support/heard-in-page.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { hearAssistant } from './support/page-sound.js';
import { siteRoutes, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

const ALLOW = 'allow="microphone; autoplay"';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, shared, launch] of [
  ['Chromium', sharedChromium, launchChromium],
  ['Firefox', sharedFirefox, launchFirefox],
] as const) {
  describe(`a page in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await shared()));

    it('in an iframe without permission gets an error that names the fix', async () => {
      const script = '<script type="module" src="/realtime-voice.min.js"></script>';
      const body = `<!doctype html>${script}<realtime-voice muted ${attributes()}></realtime-voice>`;
      // A server on another port, which makes it another origin.
      const inner = await startPageServer({ '/': { body }, ...siteRoutes(practice.url) });
      try {
        const html = ['', ALLOW].map((allow) => `<iframe src="${inner.url}/" ${allow}></iframe>`).join('');
        await using voice = await openVoicePage(browser, { html: `<realtime-voice></realtime-voice>${html}` });
        const [without, allowed] = voice.page.frames().filter((frame) => frame.url() === `${inner.url}/`);
        const refused = await started(without!);
        assert.deepEqual([refused.state, refused.code], ['failed', 'microphone-blocked'], refused.message);
        assert.ok(refused.message!.includes(ALLOW), refused.message);
        const { state, message } = await started(allowed!);
        assert.equal(state, 'listening', message);
        reportFault({
          fault: 'the page is in an iframe without allow',
          injected: 'page, iframe of another origin',
          browser: name,
          seen: refused.word,
          told: 'voice-error microphone-blocked, which names the attribute',
          kept: 'no call yet',
          recovered: `iframe with ${ALLOW}`,
        });
      } finally {
        await inner.close();
      }
    });

    it('that is offline fails to start a call, and starts one when it is online again', () =>
      failOnce(
        browser,
        {
          name: 'the browser is offline',
          code: 'token-failed',
          retriable: true,
          // The page's own token endpoint: for other origins, browsers log errors to the console.
          page: RunningCall.page(practice.url),
          prepare: ({ voice }) => voice.page.setOfflineMode(true),
          repair: ({ voice }) => voice.page.setOfflineMode(false),
        },
        practice.url,
      ));
  });

  it(`a call in ${name} that started without a click is audible after one`, async () => {
    const browser = await launch({ autoplay: 'gesture' });
    try {
      // By a script of the page: code that a test evaluates counts as a user gesture.
      const listener = '() => void document.querySelector("realtime-voice").start({ microphone: false })';
      const start = `<script>addEventListener("load", ${listener})</script>`;
      const html = `<script src="/recorder.js"></script><realtime-voice ${attributes()}></realtime-voice>${start}`;
      await using voice = await openVoicePage(browser, { html, routes: siteRoutes(practice.url), prelude: keepAudio });
      await voice.untilState('listening');
      const call = await RunningCall.of(voice, practice.url);
      assert.deepEqual(await call.warnings(), ['playback-blocked']);
      const seen = await visibleText(voice);
      assert.match(seen, /Your browser has blocked the sound\. Turn on sound$/);
      await call.ask('Can I hear you?');
      assert.deepEqual(await playback(voice.page), { paused: true, at: 0 });

      await untilItCounts();
      await voice.page.locator('realtime-voice >>> button ::-p-text(Turn on sound)').click();
      await until(
        'audio plays',
        () => playback(voice.page),
        ({ paused, at }) => !paused && at > 0.2,
        3000,
      );
      // Firefox cannot measure sound without a sound card.
      const ear = name === 'Chromium' ? await hearAssistant(voice.page) : undefined;
      await call.ask('And now?');
      if (ear) assert.ok((await ear.loudest()) > 0.05);
      assert.doesNotMatch(await visibleText(voice), /blocked the sound/);
      assert.deepEqual(
        [await call.warnings(), await voice.failures(), voice.opened.errors],
        [['playback-blocked'], [], []],
      );
      reportFault({
        fault: 'the browser plays no sound without a click',
        injected: 'browser, autoplay policy',
        browser: name,
        seen,
        told: 'voice-warning playback-blocked',
        kept: 'the call, in text',
        recovered: 'button',
      });
    } finally {
      await browser.close();
    }
  });
}

// Firefox ignores this header for top-level pages.
it('a page in Chromium whose policy forbids the microphone can start a typed call', async () => {
  await failOnce(
    await sharedChromium(),
    {
      name: 'the policy of the page forbids the microphone',
      code: 'microphone-blocked',
      message: /Permissions-Policy/,
      retriable: false,
      page: { headers: { 'permissions-policy': 'microphone=()' } },
      again: ({ page }) => page.locator('realtime-voice >>> button ::-p-text(Type instead)').click(),
    },
    practice.url,
  );
});

function attributes(): string {
  return `token-url="${TOKEN_PATH}" calls-url="${practice.url}/v1/realtime/calls"`;
}

/** Starts by script and returns the outcome. */
function started(
  frame: Frame,
): Promise<{ state: string; code: string | undefined; message: string | undefined; word: string }> {
  return frame.$eval('realtime-voice', async (element) => {
    await element.start().catch(() => {});
    await element.updateComplete;
    const { state, error } = element;
    const word = element.shadowRoot!.querySelector('[part="status"]')!.textContent.trim();
    return { state, code: error?.code, message: error?.message, word };
  });
}
