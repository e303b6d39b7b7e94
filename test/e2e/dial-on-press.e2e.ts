import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { advance, installPageClock } from './support/page-clock.js';
import { dropCall } from './support/practice-calls.js';
import { RunningCall } from './support/running-call.js';
import type { Recorder } from './support/recorder.js';
import { SESSION_PATH, sessionRoutes, type SeenOnSite } from './support/session-site.js';
import { NEXT, siteRoutes, TOKEN_PATH } from './support/site.js';
import { StartButton } from './support/start-button.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './support/voice-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '20'])));
after(() => practice?.stop());

// A browser of their own, in which one page at a time is in front: they are about a real pointer.
for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`the press on Start in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));
    after(() => browser?.close());
    const open = async (options: VoicePageOptions = {}): Promise<{ voice: VoicePage; start: StartButton }> => {
      const attributes = { muted: '', ...options.attributes };
      const voice = await openVoicePage(browser, RunningCall.page(practice.url, { ...options, attributes }));
      return { voice, start: await StartButton.of(voice, practice.url) };
    };
    const bySession = async (): Promise<{ voice: VoicePage; start: StartButton; seen: SeenOnSite[] }> => {
      const seen: SeenOnSite[] = [];
      const routes = { ...sessionRoutes(SESSION_PATH, practice.url, seen), ...NEXT };
      return { ...(await open({ routes, attributes: { 'session-url': SESSION_PATH } })), seen };
    };

    it('makes the call that the click uses, and nobody notices it before', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.press();
      const call = await start.untilCalled();
      await start.assertUnnoticed();
      await start.lift();
      await start.assertUsed(call);
      const types = (await voice.events()).map(
        ({ type, detail }) => `${type} ${detail['state'] ?? detail['type'] ?? ''}`,
      );
      assert.deepEqual(types.slice(0, 4), [
        'voice-start ',
        'voice-state-change connecting',
        'voice-server-event session.created',
        'voice-state-change listening',
      ]);
      assert.equal((await voice.microphone()).granted, 1);
    });

    it('is taken back when the pointer leaves, and the next one in the same minute makes no call', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.press();
      await start.untilCalled();
      await start.leave();
      await start.untilHungUp();
      await start.lift();
      assert.equal((await voice.opened.alive()).peers, 0);
      await start.press();
      await start.leave();
      await start.lift();
      assert.deepEqual([await voice.events(), start.asked], [[], { secrets: 1, offers: 1 }]);
      await voice.press('start-button');
      await voice.untilState('listening');
      assert.deepEqual(start.asked, { secrets: 2, offers: 2 });
    });

    it('by Space makes the call that its release uses', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.focus();
      await voice.page.keyboard.down(' ');
      const call = await start.untilCalled();
      await start.assertUnnoticed();
      await voice.page.keyboard.up(' ');
      await start.assertUsed(call);
    });

    it('by Enter needs one secret and one offer', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await voice.key('start-button');
      await start.assertUsed(await start.untilCalled());
    });

    it('by Space is taken back when the key is released elsewhere', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.focus();
      await voice.page.keyboard.down(' ');
      await start.untilCalled();
      await voice.page.keyboard.press('Tab');
      await voice.page.keyboard.up(' ');
      await start.untilHungUp();
      assert.deepEqual(await voice.events(), []);
    });

    it('of a finger makes the call that its tap uses', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      const { x, y } = await start.middle();
      // A finger that rests for half a second makes no click, so it does not wait for the call.
      await voice.page.evaluate(() => {
        const page = window as unknown as { __recorder: Recorder; __peersAtClick?: number };
        document.addEventListener('click', () => (page.__peersAtClick = page.__recorder.peers.length), true);
      });
      const touch = await voice.page.touchscreen.touchStart(x, y);
      await touch.end();
      await start.assertUsed(await start.untilCalled());
      const made = await voice.page.evaluate(() => (window as unknown as { __peersAtClick?: number }).__peersAtClick);
      assert.equal(made, 1, 'the press made the connection before the click');
    });

    it('of a finger that is lifted elsewhere is taken back', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      const { x, y } = await start.middle();
      const touch = await voice.page.touchscreen.touchStart(x, y);
      await start.untilCalled();
      await touch.move(x, y - 200);
      await touch.end();
      await start.untilHungUp();
      assert.deepEqual(await voice.events(), []);
    });

    it('of another button of the mouse makes no call', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.press('right');
      assert.equal((await voice.opened.alive()).made['RTCPeerConnection'], undefined);
      await voice.page.mouse.up({ button: 'right' });
      await start.press();
      assert.equal((await voice.opened.alive()).made['RTCPeerConnection'], 1);
    });

    it('makes no call before the visitor has consented', async () => {
      const { voice, start } = await open({ attributes: { consent: '1' } });
      await using _ = voice;
      await start.press();
      await start.lift();
      await voice.page.waitForSelector('realtime-voice >>> [part="accept-button"]');
      assert.deepEqual([start.asked, await start.calls()], [{ secrets: 0, offers: 0 }, []]);
      await voice.press('accept-button');
      await start.assertUsed(await start.untilCalled());
    });

    it('makes no call while the element is disabled, and is taken back when it becomes so', async () => {
      const { voice, start } = await open({ attributes: { disabled: '' } });
      await using _ = voice;
      await start.press();
      await start.lift();
      const disable = (disabled: boolean) =>
        voice.page.$eval(
          'realtime-voice',
          (element, disabled) => Object.assign(element, { disabled }).updateComplete,
          disabled,
        );
      await disable(false);
      await start.press();
      await start.untilCalled();
      assert.deepEqual(start.asked, { secrets: 1, offers: 1 });
      await disable(true);
      await start.untilHungUp();
      await start.lift();
      assert.deepEqual(await voice.events(), []);
    });

    it('is taken back when the page cancels the start', async () => {
      const { voice, start } = await open({
        prelude: () => document.addEventListener('voice-start', (event) => event.preventDefault()),
      });
      await using _ = voice;
      await start.press();
      await start.untilCalled();
      await start.lift();
      await start.untilHungUp();
      assert.deepEqual(
        (await voice.events()).map(({ type }) => type),
        ['voice-start'],
      );
      assert.deepEqual([await voice.state(), start.asked], ['idle', { secrets: 1, offers: 1 }]);
    });

    it('whose call is lost before the click costs nothing but the time', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.press();
      const { id } = await start.untilCalled();
      await dropCall(practice.url, id, 'peer');
      await start.untilLost();
      await start.lift();
      await voice.untilState('listening');
      assert.deepEqual(start.asked, { secrets: 2, offers: 2 });
      assert.deepEqual([await voice.failures(), await voice.detailsOf('voice-reconnect', 'attempt')], [[], []]);
    });

    it('does not let the assistant greet before the click', async () => {
      const { voice, start } = await open({ attributes: { greet: '' } });
      await using _ = voice;
      await start.press();
      const call = await start.untilCalled();
      await start.assertUnnoticed();
      await start.lift();
      await voice.untilState('speaking');
      const [{ id, clientEvents }] = (await start.calls()) as [typeof call];
      assert.deepEqual([id, clientEvents.map(({ type }) => type)], [call.id, ['response.create']]);
    });

    it('serves a start without microphone as well', async () => {
      const { voice, start } = await open();
      await using _ = voice;
      await start.press();
      const call = await start.untilCalled();
      await voice.page.$eval('realtime-voice', (element) => element.sendText('hello'));
      await start.assertUsed(call);
      assert.equal((await voice.microphone()).granted, 0);
    });

    it('that fails is silent, and the click tries again', async () => {
      let refused = 0;
      const working = siteRoutes(practice.url)[TOKEN_PATH] as (...exchange: unknown[]) => void;
      const { voice, start } = await open({
        routes: {
          [TOKEN_PATH]: (request, response) => {
            if ((refused += 1) > 1) return working(request, response);
            response.writeHead(500).end('{}');
          },
        },
      });
      await using _ = voice;
      await start.press();
      await until(
        'the page has noticed',
        () => voice.opened.alive(),
        ({ peers, made }) => made['RTCPeerConnection'] === 1 && peers === 0,
      );
      assert.deepEqual(await voice.events(), []);
      await start.lift();
      await voice.untilState('listening');
      assert.deepEqual([await voice.failures(), start.asked], [[], { secrets: 2, offers: 1 }]);
    });

    it('is taken back after 20 seconds', async () => {
      const { voice, start } = await open({ prelude: installPageClock });
      await using _ = voice;
      await start.press();
      await start.untilCalled();
      await advance(voice, 19);
      assert.equal((await voice.opened.alive()).peers, 1);
      await advance(voice, 1);
      await start.untilHungUp();
      assert.deepEqual(await voice.events(), []);
    });

    it('is taken back when the visitor leaves the page', async () => {
      const { voice, start } = await open({ routes: { ...siteRoutes(practice.url), ...NEXT } });
      await using _ = voice;
      await start.press();
      await start.untilCalled();
      await voice.page.goto(`${voice.opened.url}/next`);
      await start.untilHungUp();
    });

    it('opens one session at the site’s own server, which the click uses', async () => {
      const { voice, start, seen } = await bySession();
      await using _ = voice;
      await start.press();
      const call = await start.untilCalled();
      await start.assertUnnoticed();
      await start.lift();
      await start.assertUsed(call, 0);
      assert.deepEqual(
        seen.map(({ method }) => method),
        ['POST'],
      );
    });

    it('is ended at the site’s own server when the pointer or the visitor leaves', async () => {
      for (const leave of [
        ({ start }: { start: StartButton }) => start.leave(),
        ({ voice }: { voice: VoicePage }) => voice.page.goto(`${voice.opened.url}/next`),
      ]) {
        const { voice, start, seen } = await bySession();
        await using _ = voice;
        await start.press();
        const { id } = await start.untilCalled();
        await leave({ voice, start });
        await until(
          'the site gets the DELETE',
          () => seen,
          ({ length }) => length === 2,
        );
        assert.deepEqual(
          seen.map(({ method }) => method),
          ['POST', 'DELETE'],
        );
        assert.match(seen[1]!.url!, RegExp(`call_id=${id}&`));
        await start.untilHungUp();
      }
    });
  });
}
