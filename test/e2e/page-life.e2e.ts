import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { type FaultRow, reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { RunningCall, visibleText, type RunningCallOptions } from './support/running-call.js';
import { removeElement, startAnother } from './support/moved-element.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { DISTURBANCES, FROZEN_PAGE } from './support/page-disturbances.js';
import { sessionRoutes, type SeenOnSite } from './support/session-site.js';
import { NEXT } from './support/site.js';
import { until } from './support/until.js';

/** How long the microphone may stay in use after the element was removed, in seconds. */
const RELEASED_AFTER = 1.2;

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`a call in ${name}`, { concurrency: 2 }, () => {
    let browser: Browser;
    before(async () => void (browser = await launch({ backForwardCache: true })));
    after(() => browser?.close());
    const begin = (options?: RunningCallOptions): Promise<RunningCall> =>
      RunningCall.begin(browser, practice.url, options);
    const report = (row: Omit<FaultRow, 'browser'>): void => reportFault({ browser: name, ...row });

    const disturbances = name === 'Chromium' ? [...DISTURBANCES, FROZEN_PAGE] : DISTURBANCES;
    for (const { fault, injected, options, happens, told = 'nothing' } of disturbances) {
      it(`goes on when ${fault}`, async () => {
        await using call = await begin(options);
        await happens(call);
        await call.assertGoesOn();
        const states = await call.voice.states();
        assert.deepEqual(states, ['connecting', 'listening', 'thinking', 'speaking', 'listening']);
        assert.deepEqual(await call.voice.failures(), []);
        report({
          fault,
          injected,
          seen: await visibleText(call.voice),
          told,
          kept: 'the call',
          recovered: 'not needed',
        });
      });
    }

    for (const [fault, leave] of [
      ['the visitor leaves the page', (call: RunningCall) => call.voice.page.goto(`${call.voice.opened.url}/next`)],
      ['the visitor reloads the page', (call: RunningCall) => call.voice.page.reload()],
    ] as const) {
      it(`ends when ${fault}`, async () => {
        await using call = await begin({
          routes: NEXT,
          prelude: () =>
            document.addEventListener('voice-end', ({ detail }) => sessionStorage.setItem('ended', detail.reason)),
        });
        await leave(call);
        const recovered = `ended ${await call.untilClosed()} after the next page had loaded`;
        assert.equal(await call.voice.page.evaluate(() => sessionStorage.getItem('ended')), 'page-hidden');
        report({
          fault,
          injected: 'browser',
          seen: 'another page',
          told: 'voice-end page-hidden',
          kept: 'nothing',
          recovered,
        });
      });
    }

    it('is ended by DELETE at the site’s own server when the visitor leaves the page', async () => {
      const seen: SeenOnSite[] = [];
      const routes = { ...sessionRoutes('/api/voice/session', practice.url, seen), ...NEXT };
      await using call = await begin({ routes, attributes: { 'session-url': 'api/voice/session' } });
      await call.voice.page.goto(`${call.voice.opened.url}/next`);
      await until(
        'the site gets the DELETE',
        () => seen,
        ({ length }) => length === 2,
        5000,
      );
      // The Location is relative to the endpoint, not to the page.
      const url = '/api/voice/session';
      assert.deepEqual(seen[0], { method: 'POST', url });
      assert.equal(seen[1]!.method, 'DELETE');
      assert.ok(seen[1]!.url?.startsWith(`${url}?call_id=${call.id}&call_expires=`), seen[1]!.url);
      await call.untilClosed();
      report({
        fault: 'the visitor leaves a page that uses session-url',
        injected: 'browser',
        seen: 'another page',
        told: 'DELETE to the Location of the call',
        kept: 'nothing',
        recovered: 'not needed',
      });
    });

    // A driven Firefox does not keep pages in its back/forward cache.
    if (name === 'Chromium') {
      it('is shown as ended when the visitor comes back by the Back button, and another can be started', async () => {
        await using call = await begin({
          routes: NEXT,
          prelude: () => addEventListener('pageshow', ({ persisted }) => void Object.assign(window, { persisted })),
        });
        const { voice } = call;
        await voice.page.goto(`${voice.opened.url}/next`);
        await call.untilClosed();
        await voice.page.goBack();
        assert.equal(
          await voice.page.evaluate(() => (window as unknown as { persisted: boolean }).persisted),
          true,
          'the page comes from the cache',
        );
        assert.equal(await voice.state(), 'idle');
        assert.deepEqual(await voice.detailsOf('voice-end', 'reason'), ['page-hidden']);
        const seen = await visibleText(voice);
        assert.match(seen, /^Call ended · .*It ended when you left the page\.$/);
        await assertNothingAlive(voice);
        await call.press('Start again');
        await voice.untilState('listening');
        const another = await RunningCall.of(voice, practice.url);
        assert.notEqual(another.id, call.id);
        await another.ask('Did I miss anything?');
        report({
          fault: 'the visitor comes back by the Back button',
          injected: 'browser, back/forward cache',
          seen,
          told: 'voice-end page-hidden',
          kept: 'the page and its words',
          recovered: 'button',
        });
      });
    }

    it('ends when another element on the page starts a call', async () => {
      await using call = await begin();
      const { voice } = call;
      const states = await voice.page.evaluate(startAnother);
      assert.deepEqual(states, ['idle', 'listening']);
      assert.deepEqual(await voice.detailsOf('voice-end', 'reason'), ['stopped']);
      await call.untilClosed();
      const { tracks, peers } = await voice.opened.alive();
      assert.deepEqual(
        { tracks, peers },
        { tracks: 2, peers: 1 },
        'one microphone with the copy for its level meter, one connection',
      );
      const seen = await visibleText(voice);
      const [fault, kept] = ['a second element on the page starts a call', 'the second call'];
      report({ fault, injected: 'page', seen, told: 'voice-end stopped', kept, recovered: 'not needed' });
    });

    it('ends when the element is disabled, which also prevents a start', async () => {
      await using call = await begin();
      const { voice } = call;
      await voice.page.$eval('realtime-voice', (element) => void (element.disabled = true));
      await voice.untilState('idle');
      assert.deepEqual(await voice.detailsOf('voice-end', 'reason'), ['stopped']);
      await call.untilClosed();
      await assertNothingAlive(voice);
      const seen = await visibleText(voice);
      const start = (): Promise<string> =>
        voice.page.$eval('realtime-voice', (element) =>
          element.start().then(
            () => element.state,
            ({ code }) => code as string,
          ),
        );
      assert.equal(await start(), 'configuration');
      await voice.page.$eval('realtime-voice', (element) => void (element.disabled = false));
      assert.equal(await start(), 'listening');
      const fault = 'the page disables the element during the call';
      report({ fault, injected: 'page', seen, told: 'voice-end stopped', kept: 'nothing', recovered: 'next start' });
    });
  });
}

// Without other calls at the same time, because it measures time.
for (const [name, launch] of BROWSERS) {
  it(`a call in ${name} ends when the element is removed`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url);
    const { voice } = call;
    const { freed, reason, tracks } = await voice.page.evaluate(removeElement);
    assert.deepEqual([reason, tracks], ['removed', 0]);
    assert.ok(freed > 0.9 && freed < RELEASED_AFTER, `the microphone was released after ${freed} s`);
    await assertNothingAlive(voice);
    await call.untilClosed();
    reportFault({
      fault: 'the element is removed from the page',
      injected: 'page, remove()',
      browser: name,
      seen: 'nothing',
      told: 'voice-end removed',
      kept: 'nothing',
      recovered: `microphone released after ${freed.toFixed(1)} s`,
    });
  });
}
