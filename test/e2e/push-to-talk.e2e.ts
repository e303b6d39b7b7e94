import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, CDPSession, ElementHandle, Page } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { EVERY_BROWSER } from '../support/shared-browsers.js';
import { speechWav } from '../support/speech-wav.js';
import { Conversation } from './support/conversation.js';
import type { PracticeCall } from './support/practice-calls.js';
import { until } from './support/until.js';

/** How a visitor begins and ends a turn. */
interface Gesture {
  readonly name: string;
  press(button: ElementHandle<HTMLElement>, page: Page): Promise<unknown>;
  release(button: ElementHandle<HTMLElement>, page: Page): Promise<unknown>;
  /** Releases what is still held after the turn. */
  settle?(page: Page): Promise<unknown>;
}

const holdMouse: Gesture['press'] = async (button, page) => {
  await button.hover();
  await page.mouse.down();
};
const holdKey =
  (key: ' ' | 'Enter'): Gesture['press'] =>
  async (button, page) => {
    await button.focus();
    await page.keyboard.down(key);
  };

const gestures: readonly Gesture[] = [
  { name: 'the mouse is held', press: holdMouse, release: (_, page) => page.mouse.up() },
  { name: 'Space is held', press: holdKey(' '), release: (_, page) => page.keyboard.up(' ') },
  { name: 'Enter is held', press: holdKey('Enter'), release: (_, page) => page.keyboard.up('Enter') },
  { name: 'a finger is held on it', press: (button) => button.touchStart(), release: (button) => button.touchEnd() },
  {
    name: 'it is tapped, until it is tapped again',
    press: (button) => button.click(),
    release: (button) => button.click(),
  },
  {
    name: 'Space is held, until the focus goes elsewhere',
    press: holdKey(' '),
    release: (_, page) => page.keyboard.press('Tab'),
    settle: (page) => page.keyboard.up(' '),
  },
  {
    name: 'the mouse is held, until another tab hides the page',
    press: holdMouse,
    release: async (_, page) => {
      const other = await page.browserContext().newPage();
      await other.bringToFront();
      assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
      await other.close();
    },
    settle: async (page) => {
      await page.bringToFront();
      await page.mouse.up();
    },
  },
];

/** The system takes the touch for a gesture of its own. */
const cancelledTouch: Gesture = {
  name: 'a finger is held on it, until the system takes it away',
  press: async (button, page) => touch(page, 'touchStart', [await button.clickablePoint()]),
  release: (_, page) => touch(page, 'touchCancel', []),
};

/** A driven Firefox cannot cancel a touch, so the event is synthetic. */
const cancelledPointer: Gesture = {
  name: 'the mouse is held, until the system takes it away',
  press: holdMouse,
  release: (button) => button.evaluate((it) => it.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }))),
  settle: (page) => page.mouse.up(),
};

/** A touch must end in the session that began it. */
const sessions = new WeakMap<Page, CDPSession>();

async function touch(
  page: Page,
  type: 'touchStart' | 'touchCancel',
  touchPoints: { x: number; y: number }[],
): Promise<void> {
  const session = sessions.get(page) ?? (await page.createCDPSession());
  sessions.set(page, session);
  await session.send('Input.dispatchTouchEvent', { type, touchPoints });
}

let practice: PracticeProcess;
before(
  async () =>
    void (practice = await startPractice(['--voice-rate', '400', '--thinking-ms', '20', '--lead-ms', '5000'])),
);
after(() => practice?.stop());

for (const [name, launch, cancelled] of [
  ['Chromium', launchChromium, cancelledTouch],
  ['Firefox', launchFirefox, cancelledPointer],
] as const) {
  if (name === 'Firefox' && !EVERY_BROWSER) continue;
  describe(`push-to-talk in ${name}`, () => {
    let browser: Browser;
    let voice: Conversation;
    let button: ElementHandle<HTMLElement>;
    before(async () => {
      // Speech without a pause, so that only the button makes turns. Firefox hums instead.
      const wav = await speechWav('one two three four five six seven eight nine ten', { leadMs: 0, tailMs: 0 });
      browser = await launch({ wav, loop: true });
      voice = await Conversation.open(browser, practice.url, { attributes: { 'push-to-talk': '' } });
      await voice.key('start-button');
      await voice.untilState('listening');
      await voice.untilPeer('turn detection is off', detection(undefined));
    });
    after(async () => {
      await voice?.close();
      await browser?.close();
    });
    beforeEach(async () => {
      // The button is created again when push-to-talk is switched on.
      button = (await voice.page.waitForSelector(
        'realtime-voice >>> button[part~="talk-button"]',
      )) as ElementHandle<HTMLElement>;
    });

    afterEach(() => voice.page.mouse.reset());

    for (const { name, press, release, settle } of [...gestures, cancelled]) {
      it(`sends speech while ${name}`, async () => {
        const {
          heard,
          clientEvents: { length: before },
        } = await voice.peer();
        const { length: entries } = await voice.transcript();
        await press(button, voice.page);
        await untilHeard(heard.speechMs);
        assert.deepEqual(await shown(), { pressed: 'true', userSpeaking: true });
        assert.deepEqual(await voice.sent(before), ['input_audio_buffer.clear']);
        await release(button, voice.page);
        await voice.untilState('speaking');
        assert.deepEqual(await shown(), { pressed: 'false', userSpeaking: false });
        assert.deepEqual(await voice.sent(before), [
          'input_audio_buffer.clear',
          'input_audio_buffer.commit',
          'response.create',
        ]);
        const answered = await until(
          'the turn is answered',
          () => voice.transcript(),
          (all) => all[entries + 1]?.status === 'final',
        );
        const seconds = /^Here is what I heard\. \(your voice, (\d\.\d) s\)$/.exec(answered[entries + 1]!.text)?.[1];
        assert.ok(Number(seconds) >= 0.3, `${seconds} s of speech were committed`);
        await settle?.(voice.page);
        await voice.page.$eval('realtime-voice', (element) => element.interrupt());
        await voice.untilState('listening');
        assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
      });
    }

    it('discards a turn of less than 0.1 s without an error', async () => {
      const {
        items,
        clientEvents: { length: before },
      } = await voice.peer();
      const entries = await voice.transcript();
      await voice.untilPeer('nothing is heard between turns', ({ heard }) => heard.rms < 0.0005);
      await voice.page.$eval('realtime-voice', (element) => {
        element.beginTurn();
        element.endTurn();
      });
      // Events arrive in order, so this one arrives last.
      await voice.page.$eval('realtime-voice', (element) => element.send({ type: 'input_audio_buffer.clear' }));
      await voice.untilPeer('all events have arrived', ({ clientEvents }) => clientEvents.length >= before + 3);
      assert.deepEqual(await voice.sent(before), Array(3).fill('input_audio_buffer.clear'));
      assert.deepEqual(
        [(await voice.peer()).items.length, (await voice.transcript()).length],
        [items.length, entries.length],
      );
      assert.deepEqual(await voice.failures(), []);
      assert.equal(await voice.state(), 'listening');
    });

    it('sends speech while the mouse is held, even if the page changes another property', async () => {
      const { heard } = await voice.peer();
      await holdMouse(button, voice.page);
      await untilHeard(heard.speechMs);
      await voice.page.$eval('realtime-voice', async (element) => {
        element.idleTimeout = 170;
        await element.updateComplete;
      });
      // Half a second more: a shorter pause still counts as speech.
      const { speechMs } = (await voice.peer()).heard;
      await untilHeard(speechMs + 500);
      await voice.page.mouse.up();
      await voice.untilState('speaking');
      await voice.page.$eval('realtime-voice', (element) => element.interrupt());
      await voice.untilState('listening');
    });

    it('can be switched off in the middle of a turn, which gives turn detection back to the service', async () => {
      const id = await voice.callId();
      await holdMouse(button, voice.page);
      await voice.page.$eval('realtime-voice', (element) => void (element.pushToTalk = false));
      await voice.untilPeer('turn detection is on', detection('server_vad'));
      await voice.page.mouse.up();
      const { speechMs } = (await voice.peer()).heard;
      await untilHeard(speechMs + 500);
      assert.equal(await voice.page.$('realtime-voice >>> [part~="talk-button"]'), null);
      await until('the service detects a turn', () => userSpeaking());

      await voice.page.$eval('realtime-voice', (element) => void (element.pushToTalk = true));
      await voice.untilPeer('turn detection is off', detection(undefined));
      await voice.untilPeer('the microphone is silent', ({ heard }) => heard.rms < 0.0005);
      assert.equal(await userSpeaking(), false);
      assert.equal(await voice.state(), 'listening');
      assert.deepEqual(
        [await voice.callId(), voice.offers, await voice.failures(), voice.opened.errors],
        [id, 1, [], []],
      );
    });

    const detection =
      (type: string | undefined) =>
      ({ session }: PracticeCall): boolean =>
        session.audio.input.turn_detection?.type === type;

    function untilHeard(speechMs: number): Promise<unknown> {
      return voice.untilPeer('the visitor is heard', ({ heard }) => heard.speechMs > speechMs + 320);
    }

    function userSpeaking(): Promise<boolean> {
      return voice.page.$eval('realtime-voice', ({ userSpeaking }) => userSpeaking);
    }

    async function shown(): Promise<unknown> {
      return {
        pressed: await button.evaluate((it) => it.getAttribute('aria-pressed')),
        userSpeaking: await userSpeaking(),
      };
    }
  });
}
