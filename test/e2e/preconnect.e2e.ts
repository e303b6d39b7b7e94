import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { advance, installPageClock } from './support/page-clock.js';
import { dropCall } from './support/practice-calls.js';
import { RunningCall } from './support/running-call.js';
import { SESSION_PATH, sessionRoutes, type SeenOnSite } from './support/session-site.js';
import { NEXT, siteRoutes } from './support/site.js';
import { StartButton } from './support/start-button.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './support/voice-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '20'])));
after(() => practice?.stop());

interface Opened {
  readonly voice: VoicePage;
  readonly start: StartButton;
}

// A browser of their own, in which one page at a time is in front: they are about a real pointer.
for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`preconnect in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch({ backForwardCache: true })));
    after(() => browser?.close());
    const open = async (options: VoicePageOptions = {}): Promise<Opened> => {
      const attributes = { muted: '', preconnect: '', ...options.attributes };
      const routes = { ...siteRoutes(practice.url), ...NEXT, ...options.routes };
      const voice = await openVoicePage(browser, RunningCall.page(practice.url, { ...options, attributes, routes }));
      return { voice, start: await StartButton.of(voice, practice.url) };
    };

    it('makes the whole call ready when the pointer rests, and the click only adds the microphone', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.rest();
      const call = await start.untilCalled();
      await start.leave();
      await start.assertUnnoticed();
      await voice.press('start-button');
      await start.assertUsed(call);
      assert.equal((await voice.microphone()).granted, 1);
      await until(
        'the microphone is sent',
        () => start.calls(),
        ([sent]) => sent!.heard.packets > 10,
      );
      assert.deepEqual(await voice.states(), ['connecting', 'listening']);
    });

    it('does nothing for a pointer or a focus that passes over, and acts on a key that is used there', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      const { x, y } = await start.middle();
      await voice.page.mouse.move(x, y + 100, { steps: 25 });
      await voice.page.evaluate(() =>
        document.querySelector('realtime-voice')!.before(document.createElement('button')),
      );
      await voice.page.focus('button');
      for (let step = 0; step < 6; step += 1) await voice.page.keyboard.press('Tab');
      await start.focus();
      await voice.page.keyboard.press('Shift');
      assert.deepEqual(start.asked, { secrets: 0, offers: 0 });
      await voice.page.keyboard.press('ArrowDown');
      const call = await start.untilCalled();
      await voice.page.keyboard.press('Enter');
      await start.assertUsed(call);
    });

    it('acts on the touch of a finger, even if no tap comes of it', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      const { x, y } = await start.middle();
      const touch = await voice.page.touchscreen.touchStart(x, y);
      await touch.move(x, y - 200);
      await touch.end();
      const call = await start.untilCalled();
      await voice.page.touchscreen.tap(x, y);
      await start.assertUsed(call);
    });

    it('hangs up after 20 seconds, and a later click starts as usual', async () => {
      const { voice, start } = await open({ prelude: installPageClock });
      await using _ = voice;
      await start.rest();
      await start.untilCalled();
      await advance(voice, 19);
      assert.equal((await voice.opened.alive()).peers, 1);
      await advance(voice, 1);
      await start.untilHungUp();
      assert.deepEqual([await voice.events(), (await voice.opened.alive()).peers], [[], 0]);
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.deepEqual(start.asked, { secrets: 2, offers: 2 });
    });

    it('makes two calls ready in a page, whichever element wants them; after that, only a secret is fetched', async () => {
      const { voice, start } = await open({ prelude: installPageClock });
      await using _ = voice;
      for (let round = 1; round <= 4; round += 1) {
        await start.rest();
        await until(
          `round ${round}`,
          () => start.asked,
          ({ secrets, offers }) => secrets === round && offers === Math.min(round, 2),
        );
        if (round <= 2) await start.untilCalled(round);
        await start.leave();
        await advance(voice, 61);
        // The next round is that of another element.
        await voice.page.$eval('realtime-voice', (element) => {
          element.replaceWith(element.cloneNode());
          return document.querySelector('realtime-voice')!.updateComplete;
        });
      }
      await start.untilHungUp();
      assert.deepEqual([(await start.calls()).length, await voice.events()], [2, []]);
    });

    it('is off for a visitor who saves data', async () => {
      const { voice, start } = await open({
        prelude: () =>
          Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true }),
      });
      await using _ = voice;
      await start.rest();
      await until(
        'a secret is fetched',
        () => start.asked.secrets,
        (secrets) => secrets === 1,
      );
      await voice.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
      assert.deepEqual(start.asked, { secrets: 1, offers: 0 });
      await voice.press('start-button');
      await start.assertUsed(await start.untilCalled());
    });

    it('makes no call before the visitor has consented, and hangs up when the consent is withdrawn', async () => {
      const { voice, start } = await open({ attributes: { consent: '1' } });
      await using _ = voice;
      await start.rest();
      await voice.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      assert.deepEqual(start.asked, { secrets: 0, offers: 0 });
      await voice.page.evaluate(() => localStorage.setItem('realtime-voice-consent', '"1"'));
      await start.leave();
      await start.rest();
      await start.untilCalled();
      // As from another tab.
      await voice.page.evaluate(() => {
        localStorage.removeItem('realtime-voice-consent');
        dispatchEvent(new StorageEvent('storage', { key: 'realtime-voice-consent' }));
      });
      await start.untilHungUp();
      assert.deepEqual(await voice.events(), []);
    });

    for (const [what, happens] of [
      [
        'the element is disabled',
        ({ page }) => page.$eval('realtime-voice', (element) => void (element.disabled = true)),
      ],
      ['the element is removed', ({ page }) => page.$eval('realtime-voice', (element) => element.remove())],
      [
        'the page takes preconnect back',
        ({ page }) => page.$eval('realtime-voice', (element) => element.removeAttribute('preconnect')),
      ],
      [
        'the page names another server',
        ({ page }) => page.$eval('realtime-voice', (element) => void (element.callsUrl = '/other')),
      ],
      ['stop() is called', ({ page }) => page.$eval('realtime-voice', (element) => element.stop())],
      ['the visitor leaves the page', ({ page, opened }) => page.goto(`${opened.url}/next`)],
    ] as readonly (readonly [string, (voice: VoicePage) => Promise<unknown>])[]) {
      it(`hangs up when ${what}`, async () => {
        const { voice, start } = await open();
        await using _ = voice;
        await start.rest();
        await start.untilCalled();
        await start.leave();
        await happens(voice);
        await start.untilHungUp();
      });
    }

    it('keeps its call when the page or the visitor changes anything else', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      // The visitor's stored choice is read when the call starts.
      await voice.page.evaluate(() => localStorage.setItem('realtime-voice-settings', '{"volume":0.5}'));
      await start.rest();
      const call = await start.untilCalled();
      await voice.page.$eval('realtime-voice', async (element) => {
        Object.assign(element, {
          label: 'Ask us',
          greet: true,
          tools: [{ name: 'any', parameters: {}, execute: () => 1 }],
        });
        await element.updateComplete;
      });
      await voice.press('start-button');
      await voice.untilState('speaking');
      const [{ id, session }, ...others] = (await start.calls()) as [typeof call];
      assert.deepEqual([id, others, start.asked], [call.id, [], { secrets: 1, offers: 1 }]);
      assert.deepEqual(
        session.tools?.map(({ name }) => name),
        ['any'],
        'the tools are announced in this call',
      );
    });

    it('serves a typed start, without a microphone', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.rest();
      const call = await start.untilCalled();
      await voice.page.type('realtime-voice >>> [part="text-field"]', 'hello');
      await voice.page.keyboard.press('Enter');
      await start.assertUsed(call);
      await voice.untilStates('the text is answered', (states) => states.includes('speaking'));
      assert.equal((await voice.microphone()).granted, 0);
    });

    it('with session-url opens one session for the click, and deletes one that is not used', async () => {
      const seen: SeenOnSite[] = [];
      const { voice, start } = await open({
        prelude: installPageClock,
        routes: sessionRoutes(SESSION_PATH, practice.url, seen),
        attributes: { 'session-url': SESSION_PATH },
      });
      await using _ = voice;
      await start.rest();
      await start.untilCalled();
      await advance(voice, 20);
      await start.untilHungUp();
      await start.leave();
      await advance(voice, 61);
      await start.rest();
      const { id } = await start.untilCalled(2);
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.equal(await voice.page.$eval('realtime-voice', ({ callId }) => callId), id);
      assert.deepEqual(
        seen.map(({ method }) => method),
        ['POST', 'DELETE', 'POST'],
      );
    });

    it('is used by the next start once, and not when it is lost', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.rest();
      const { id } = await start.untilCalled();
      await dropCall(practice.url, id, 'peer');
      await start.untilLost();
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.notEqual(await voice.page.$eval('realtime-voice', ({ callId }) => callId), id);
      assert.deepEqual([await voice.failures(), await voice.detailsOf('voice-reconnect', 'attempt')], [[], []]);
    });

    // A driven Firefox does not keep pages in its back/forward cache.
    if (name === 'Chromium') {
      it('does not keep the page out of the back/forward cache', async () => {
        const { voice, start } = await open({
          prelude: () => addEventListener('pageshow', ({ persisted }) => void Object.assign(window, { persisted })),
        });
        await using _ = voice;
        await start.rest();
        await start.untilCalled();
        await voice.page.goto(`${voice.opened.url}/next`);
        await start.untilHungUp();
        await voice.page.goBack();
        assert.equal(await voice.page.evaluate(() => (window as unknown as { persisted: boolean }).persisted), true);
        assert.equal((await voice.opened.alive()).peers, 0);
        await voice.press('start-button');
        await voice.untilState('listening');
      });

      it('and a token ahead let the browser connect to the calls URL, and only on intent', async () => {
        let connections = 0;
        const server = createServer((socket) => void ((connections += 1), socket.on('error', () => {})));
        await listening(server);
        try {
          const { port } = server.address() as AddressInfo;
          const { voice, start } = await open({
            attributes: { 'calls-url': `http://127.0.0.1:${port}/calls` },
            routes: { '/api/voice-token': () => {} },
          });
          await using _ = voice;
          assert.equal(connections, 0);
          await start.rest();
          await until(
            'the browser has connected',
            () => connections,
            (count) => count > 0,
          );
          assert.deepEqual([start.asked.secrets, await voice.opened.violations()], [1, []]);
        } finally {
          server.close();
        }
      });
    }
  });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
