import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { speechWav } from '../support/speech-wav.js';
import { Conversation } from './support/conversation.js';
import { aliveIn } from './support/nothing-alive.js';
import type { PracticeCall } from './support/practice-calls.js';
import type { Recorder } from './support/recorder.js';
import { until } from './support/until.js';

const FIELD = 'realtime-voice >>> textarea[part="text-field"]';

let practice: PracticeProcess;
before(
  async () =>
    void (practice = await startPractice(['--voice-rate', '400', '--thinking-ms', '50', '--lead-ms', '1500'])),
);
after(() => practice?.stop());

for (const [name, launch, composes] of [
  ['Chromium', launchChromium, composeInChromium],
  ['Firefox', launchFirefox, composeInFirefox],
] as const) {
  describe(`typing in ${name}`, () => {
    let browser: Browser;
    let refusing: Browser;
    before(async () => {
      // Firefox hums instead.
      const wav = await speechWav('Hello there.', { leadMs: 200 });
      [browser, refusing] = await Promise.all([launch({ wav }), launch({ permission: 'denied' })]);
    });
    after(() => Promise.all([browser?.close(), refusing?.close()]));

    it('starts a call without microphone, in which it can be turned on, off and on again', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      const { page, opened } = voice;
      await voice.write('hi');
      await voice.untilAnswered('hi', /^You typed: hi$/);
      assert.equal((await opened.alive()).made['getUserMedia'], undefined);
      assert.deepEqual(await page.evaluate(audioOf), { directions: ['sendrecv'], track: null });
      const { id, heard } = await voice.peer();
      assert.equal(heard.peak, 0, 'only silence was sent');

      await voice.press('mute-button');
      await untilHeard(voice, heard);
      assert.ok((await aliveIn(voice)).tracks > 0);
      assert.deepEqual(await page.evaluate(audioOf), { directions: ['sendrecv'], track: 'live' });

      await page.$eval('realtime-voice', (element) => {
        const [peer] = (window as unknown as { __recorder: Recorder }).__recorder.peers;
        Object.assign(window, { track: peer!.getSenders()[0]!.track });
        element.disableMicrophone();
      });
      assert.equal(await page.evaluate('track.readyState'), 'ended');
      assert.equal((await aliveIn(voice)).tracks, 0);
      await voice.write('still there?');
      await voice.untilAnswered('still there?', /^You typed: still there\?$/);
      assert.deepEqual(await page.evaluate(audioOf), { directions: ['sendrecv'], track: null });

      const { heard: before } = await voice.peer();
      await page.$eval('realtime-voice', (element) => element.enableMicrophone());
      await untilHeard(voice, before);
      assert.ok((await aliveIn(voice)).tracks > 0);
      assert.deepEqual(await voice.microphone(), { granted: 2, refused: 0 });
      assert.deepEqual([await voice.callId(), voice.offers, opened.errors, await voice.failures()], [id, 1, [], []]);
      assert.deepEqual(
        (await voice.events('voice-start')).map(({ detail }) => detail),
        [{ microphone: false }],
      );
    });

    it('sends with Enter, but not with Shift+Enter or during an IME composition', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      const { page } = voice;
      await page.type(FIELD, 'one');
      await page.keyboard.down('Shift');
      await page.keyboard.press('Enter');
      await page.keyboard.up('Shift');
      await page.type(FIELD, 'two ');
      assert.equal(await page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).value), 'one\ntwo ');
      const word = await composes(page);
      assert.equal(await voice.state(), 'idle');

      await page.keyboard.press('Enter');
      await voice.untilAnswered(`one\ntwo ${word}`, /^You typed: one/);
      const { items } = await voice.peer();
      assert.deepEqual(items[0]!.content, [{ type: 'input_text', text: `one\ntwo ${word}` }]);
      assert.equal(items.length, 2, 'nothing was sent earlier, or twice');
      assert.equal(await page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).value), '');
    });

    it('is offered when the microphone is denied', async () => {
      await using voice = await Conversation.open(refusing, practice.url);
      await voice.key('start-button');
      await voice.untilState('failed');
      assert.deepEqual(
        (await voice.failures()).map(({ code }) => code),
        ['microphone-denied'],
      );
      assert.equal(await voice.page.$(FIELD), null, 'the choice is between the two buttons');

      await voice.page.locator('realtime-voice >>> button ::-p-text(Type instead)').click();
      await until('the field has the focus', () => voice.page.$eval(FIELD, (field) => field.matches(':focus')));
      await voice.page.keyboard.type('hi');
      await voice.page.keyboard.press('Enter');
      await voice.untilAnswered('hi', /^You typed: hi$/);
      assert.deepEqual([(await voice.failures()).length, voice.opened.errors], [1, []]);
      assert.deepEqual(await voice.microphone(), { granted: 0, refused: 1 });
    });

    it('keeps words that are larger than a message in the field, and says so', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      const { page } = voice;
      await voice.write('hi');
      await voice.untilAnswered('hi', /^You typed: hi$/);
      const before = (await voice.sent()).length;
      const enter = async (text: string): Promise<void> => {
        await page.$eval(
          FIELD,
          (field, text) => {
            (field as HTMLTextAreaElement).value = text;
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
          },
          text,
        );
        await page.focus(FIELD);
        await page.keyboard.press('Enter');
      };
      const huge = 'x'.repeat(400_000);
      await enter(huge);
      const notice = (): Promise<string[]> =>
        page.$$eval('realtime-voice >>> [part="notice"]', (all) => all.map(({ textContent }) => textContent.trim()));
      await until(
        'the visitor is told',
        notice,
        ([text]) => text === 'The message is too long Shorten it, then send it again.',
      );
      assert.equal(await page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).value.length), huge.length);
      assert.deepEqual(
        (await voice.transcript()).map(({ status }) => status),
        ['final', 'final', 'failed'],
      );
      assert.deepEqual(await remarks(page), ['', '', 'not sent']);

      await enter('short');
      await voice.untilAnswered('short', /^You typed: short$/);
      assert.deepEqual(await voice.sent(before), ['conversation.item.create', 'response.create']);
      await until('the notice goes', notice, ({ length }) => length === 0);
      assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
      assert.deepEqual(
        (await voice.transcript()).map(({ text }) => text.length),
        [2, 13, huge.length, 5, 16],
      );
    });

    it('interrupts the assistant', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      await voice.write('long story');
      await until(
        'the story has begun',
        () => voice.transcript(),
        (entries) => (entries[1]?.text.length ?? 0) > 40,
      );
      assert.equal(await voice.state(), 'speaking');
      const before = (await voice.sent()).length;
      await voice.write('stop');
      await voice.untilAnswered('stop', /^You typed: stop$/);
      await voice.untilState('listening');

      const expected = ['response.cancel', 'output_audio_buffer.clear', 'conversation.item.create', 'response.create'];
      assert.deepEqual(await voice.sent(before), expected);
      const [, story] = await voice.transcript();
      assert.deepEqual(
        (await voice.transcript()).map(({ status }) => status),
        ['final', 'interrupted', 'final', 'final'],
      );
      assert.match(story!.text, /^All right, a long story\. (?!.*Thank you for listening)/);
      assert.deepEqual(await remarks(voice.page), ['', 'cut off', '', '']);
      const turns = ['connecting', 'listening', 'thinking', 'speaking', 'thinking', 'speaking', 'listening'];
      assert.deepEqual(await voice.states(), turns);
    });
  });
}

/** Runs in the page: the audio of the newest connection. */
function audioOf(): { directions: (string | null)[]; track: string | null } {
  const transceivers = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.getTransceivers();
  return {
    directions: transceivers.map(({ currentDirection }) => currentDirection),
    track: transceivers[0]?.sender.track?.readyState ?? null,
  };
}

async function untilHeard(voice: Conversation, { speechMs }: PracticeCall['heard']): Promise<void> {
  await voice.untilPeer('the practice server hears the visitor', ({ heard }) => heard.speechMs > speechMs + 300);
}

/** A real IME composition, which Enter only ends. */
async function composeInChromium(page: Page): Promise<string> {
  await page.evaluate(() =>
    document.addEventListener('keydown', ({ isComposing }) => Object.assign(window, { isComposing }), {
      capture: true,
      once: true,
    }),
  );
  const session = await page.createCDPSession();
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('isComposing'), true);
  await session.send('Input.insertText', { text: '日本' });
  return '日本';
}

/** A driven Firefox has no IME, so the key event is synthetic. */
async function composeInFirefox(page: Page): Promise<string> {
  const untouched = await page.$eval(FIELD, (field) =>
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
    ),
  );
  assert.ok(untouched, 'the key is left to the IME');
  await page.type(FIELD, '日本');
  return '日本';
}

/** What the transcript remarks on each entry. */
function remarks(page: Page): Promise<string[]> {
  return page.$$eval('realtime-voice >>> .entry', (lines) =>
    lines.map((line) => line.querySelector('.remark')?.textContent ?? ''),
  );
}
