import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { Conversation } from './support/conversation.js';
import { dropCall } from './support/practice-calls.js';
import { until } from './support/until.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`by keyboard in ${name}`, () => {
    it('a visitor fills in a form that the page shows, asks for a person, ends the call and rates it', async () => {
      const attributes = { muted: '', 'collect-feedback': '', 'handover-label': 'Talk to a person' };
      await using voice = await Conversation.open(await launch(), practice.url, { attributes });
      const { page } = voice;
      await page.$eval('realtime-voice', (element) => {
        const told: object[] = ((window as unknown as { told: object[] }).told = []);
        element.tools = [{ name: 'book_visit', parameters: { type: 'object' } }];
        element.addEventListener('voice-tool-call', ({ detail }) => {
          const form = document.createElement('form');
          form.setAttribute('aria-label', 'Your visit');
          form.append(document.createElement('input'), document.createElement('button'));
          form.elements[0]!.setAttribute('aria-label', 'Day');
          form.elements[1]!.textContent = 'Book';
          form.addEventListener('submit', (event) => {
            event.preventDefault();
            detail.respondWith(`booked for ${form.querySelector('input')!.value}`);
          });
          detail.show(form);
        });
        element.addEventListener('voice-handover', ({ detail }) => {
          told.push({ handover: detail.callId !== undefined, words: detail.transcript.length > 0 });
        });
        element.addEventListener('voice-feedback', ({ detail }) => told.push({ ...detail }));
      });
      await page.bringToFront();
      await voice.key('start-button');
      await voice.untilState('listening');
      await voice.write('tool');
      await page.waitForSelector('realtime-voice > form');

      // It stays while the connection is lost and restored, and can be answered then.
      await dropCall(practice.url, await voice.callId(), 'peer');
      await voice.untilStates('the connection is restored', (states) => {
        const lost = states.lastIndexOf('reconnecting');
        return lost > 0 && lost < states.length - 1;
      });
      await page.focus('realtime-voice > form input');
      await page.keyboard.type('Tuesday');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await voice.untilAnswered('tool', /booked for Tuesday/);
      assert.equal(await page.$$eval('realtime-voice > form', ({ length }) => length), 1);

      await voice.key('handover-button');
      assert.notEqual(await voice.state(), 'idle');
      await voice.key('end-button');
      await voice.untilState('idle');
      const requests = voice.opened.requests.length;
      await voice.key('rating"] [aria-label="Not helpful');
      await page.focus('realtime-voice >>> [name="comment"]');
      await page.keyboard.type('Too fast');
      await page.keyboard.press('Enter');
      await until(
        'the page is told',
        () => page.evaluate(() => (window as unknown as { told: object[] }).told),
        (told) => told.length === 3,
      ).then((told) =>
        assert.deepEqual(told, [
          { handover: true, words: true },
          { rating: 'poor' },
          { rating: 'poor', comment: 'Too fast' },
        ]),
      );
      assert.deepEqual(voice.opened.requests.slice(requests), [], 'the element itself sends nothing of it');
      assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
    });

    it('the tool of the guide hands the call over to a person', async () => {
      const guide = readFileSync('docs/guide/ending.md', 'utf8');
      const [, tool] = /```js\n((?:(?!```)[^])*talk_to_a_person[^]*?)```/.exec(guide)!;
      await using voice = await Conversation.open(await launch(), practice.url, { attributes: { muted: '' } });
      const { page } = voice;
      await page.evaluate(tool!);
      const handedOver = page.$eval('realtime-voice', (element) => {
        const event = new Promise<boolean>((resolve) => {
          element.addEventListener('voice-handover', ({ detail }) => resolve(detail.callId === element.callId));
        });
        return Promise.all([event, element.start().then(() => element.sendText('tool'))]);
      });
      assert.equal((await handedOver)[0], true);
      await voice.untilAnswered('tool', /Someone from the shop answers/);
    });
  });
}
