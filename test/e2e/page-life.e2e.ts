import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { type FaultRow, reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { LiveCall, wordsSeen, type LiveCallOptions } from './support/live-call.js';
import { moveAbout, moveAway, removeElement, startAnother } from './support/moved-element.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { sessionRoutes, type SeenOnSite } from './support/session-site.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

/** How long after its element was removed the microphone may be in use, in seconds. */
const FREE_AFTER = 1.2;
const NEXT = { '/next': { body: '<!doctype html><title>Next page</title>' } };

interface Trouble {
  readonly fault: string;
  readonly injected: string;
  readonly options?: LiveCallOptions;
  readonly happens: (call: LiveCall) => Promise<unknown>;
  readonly told?: string;
}

/** None of this is a reason for a call to end. */
const troubles: readonly Trouble[] = [
  {
    fault: 'the element is moved about the page',
    injected: 'page, append, insertBefore, moveBefore',
    happens: unhurtBy(moveAbout),
  },
  {
    fault: 'the element is moved to another document and back',
    injected: 'page, append to an iframe',
    happens: unhurtBy(moveAway),
  },
  {
    fault: 'another tab comes to the front',
    injected: 'browser',
    happens: async ({ voice }) => {
      await using _front = await openVoicePage(voice.page.browser());
      await until('it is hidden', () => voice.page.evaluate(() => document.hidden));
      await pass(2500);
    },
  },
  {
    fault: 'the script is on the page more than once',
    injected: 'page, as a module and as a classic script',
    happens: async ({ voice: { opened, page } }) => {
      for (const type of ['module', 'text/javascript'])
        await page.addScriptTag({ url: `${opened.url}/realtime-voice.min.js?${type}`, type });
      await until(
        'both are mentioned',
        () => opened.console,
        ({ length }) => length === 2,
      );
      for (const line of opened.console) assert.match(line, /^warn(ing)?: <realtime-voice> is on this page already/);
    },
    told: 'a warning in the console for each',
  },
  {
    fault: 'the page has frozen RTCPeerConnection',
    injected: 'page, Object.freeze',
    options: { prelude: () => [RTCPeerConnection, RTCPeerConnection.prototype].forEach((it) => Object.freeze(it)) },
    happens: async ({ voice }) =>
      assert.ok(
        await voice.page.evaluate(() =>
          [RTCPeerConnection, RTCPeerConnection.prototype].every((it) => Object.isFrozen(it)),
        ),
      ),
  },
];

/** Only Chromium can be told to. */
const frozen: Trouble = {
  fault: 'the browser freezes the page for three seconds',
  injected: 'browser, Page.setWebLifecycleState',
  happens: async (call) => {
    const session = await call.voice.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const { heard } = await call.peer();
    await pass(3000);
    assert.ok((await call.peer()).heard.packets > heard.packets + 100, 'meanwhile sound went out');
    await session.send('Page.setWebLifecycleState', { state: 'active' });
  },
};

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
    const begin = (options?: LiveCallOptions): Promise<LiveCall> => LiveCall.begin(browser, practice.url, options);
    const report = (row: Omit<FaultRow, 'browser'>): void => reportFault({ browser: name, ...row });

    for (const { fault, injected, options, happens, told: heard = 'nothing' } of name === 'Chromium'
      ? [...troubles, frozen]
      : troubles) {
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
          seen: await wordsSeen(call.voice),
          told: heard,
          kept: 'the call',
          recovered: 'not needed',
        });
      });
    }

    for (const [fault, leave] of [
      ['the visitor leaves the page', (call: LiveCall) => call.voice.page.goto(`${call.voice.opened.url}/next`)],
      ['the visitor reloads the page', (call: LiveCall) => call.voice.page.reload()],
    ] as const) {
      it(`ends when ${fault}`, async () => {
        await using call = await begin({
          routes: NEXT,
          prelude: () =>
            document.addEventListener('voice-end', ({ detail }) => sessionStorage.setItem('ended', detail.reason)),
        });
        await leave(call);
        const recovered = `hung up ${await call.untilClosed()} after the next page was there`;
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

    it('is ended by the site’s own server, which made it, when the visitor leaves the page', async () => {
      const seen: SeenOnSite[] = [];
      const routes = { ...sessionRoutes('/api/voice/session', practice.url, seen), ...NEXT };
      await using call = await begin({ routes, attributes: { 'session-url': 'api/voice/session' } });
      await call.voice.page.goto(`${call.voice.opened.url}/next`);
      await until(
        'the site is asked to end the call',
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
        fault: 'the visitor leaves a page whose own server made the call',
        injected: 'browser',
        seen: 'another page',
        told: 'DELETE to the Location of the call',
        kept: 'nothing',
        recovered: 'not needed',
      });
    });

    // Firefox, as it is driven here, did not keep the page.
    if (name === 'Chromium') {
      it('ended when the visitor left; the page that they come back to says so, and can start another', async () => {
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
          'the page was kept',
        );
        assert.equal(await voice.state(), 'idle');
        assert.deepEqual(await voice.told('voice-end', 'reason'), ['page-hidden']);
        const seen = await wordsSeen(voice);
        assert.match(seen, /^Call ended · .*It ended when you left the page\.$/);
        await assertNothingAlive(voice);
        await call.press('Start again');
        await voice.untilState('listening');
        const another = await LiveCall.of(voice, practice.url);
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

    it('gives way to that of another element on the page', async () => {
      await using call = await begin();
      const { voice } = call;
      const states = await voice.page.evaluate(startAnother);
      assert.deepEqual(states, ['idle', 'listening']);
      assert.deepEqual(await voice.told('voice-end', 'reason'), ['stopped']);
      await call.untilClosed();
      const { tracks, peers } = await voice.opened.alive();
      assert.deepEqual({ tracks, peers }, { tracks: 2, peers: 1 }, 'one microphone with its copy, one connection');
      const seen = await wordsSeen(voice);
      const [fault, kept] = ['a second element on the page starts a call', 'the second call'];
      report({ fault, injected: 'page', seen, told: 'voice-end stopped', kept, recovered: 'not needed' });
    });

    it('ends when the element is disabled, and none can be started until it is enabled', async () => {
      await using call = await begin();
      const { voice } = call;
      await voice.page.$eval('realtime-voice', (element) => void (element.disabled = true));
      await voice.untilState('idle');
      assert.deepEqual(await voice.told('voice-end', 'reason'), ['stopped']);
      await call.untilClosed();
      await assertNothingAlive(voice);
      const seen = await wordsSeen(voice);
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
      const fault = 'the page disables the element in the call';
      report({ fault, injected: 'page', seen, told: 'voice-end stopped', kept: 'nothing', recovered: 'next start' });
    });
  });
}

// In front and undisturbed, as it is about time.
for (const [name, launch] of BROWSERS) {
  it(`a call in ${name} ends when the element is removed`, async () => {
    await using call = await LiveCall.begin(await launch(), practice.url);
    const { voice } = call;
    const { freed, reason, tracks } = await voice.page.evaluate(removeElement);
    assert.deepEqual([reason, tracks], ['removed', 0]);
    assert.ok(freed > 0.9 && freed < FREE_AFTER, `the microphone was freed after ${freed} s`);
    await assertNothingAlive(voice);
    await call.untilClosed();
    reportFault({
      fault: 'the element is removed from the page',
      injected: 'page, remove()',
      browser: name,
      seen: 'nothing',
      told: 'voice-end removed',
      kept: 'nothing',
      recovered: `microphone free after ${freed.toFixed(1)} s`,
    });
  });
}

function unhurtBy(move: () => Promise<(readonly [string, string])[]>): Trouble['happens'] {
  return async ({ voice }) => {
    const looks = await voice.page.evaluate(move);
    assert.deepEqual(
      looks,
      looks.map(() => ['20px', 'listening']),
      'styled and in the call after each step',
    );
  };
}
