import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { Conversation } from './support/conversation.js';
import { until } from './support/until.js';

const TYPED = ['conversation.item.create', 'response.create'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '50'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`in ${name}, an answer that fails`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));

    it('is requested once more, and then the visitor may try again', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      await voice.write('fail');
      await untilNotice(voice, /^The assistant could not answer\.\s+Try again$/);
      assert.deepEqual(await voice.sent(), [...TYPED, 'response.create']);
      assert.deepEqual(await voice.states(), ['connecting', 'listening', 'thinking', 'listening']);
      assert.deepEqual(await voice.detailsOf('voice-warning', 'code'), ['answer-failed']);

      await voice.press('remedy-button');
      await untilWarnings(voice, 2);
      assert.equal((await voice.sent()).length, 4, 'one request for the one click');
      await voice.write('hello');
      await voice.untilAnswered('hello', /^Hello to you!/);
      await until(
        'it is taken back when the next answer begins',
        () => notice(voice),
        (text) => text === undefined,
      );
      assert.deepEqual(await voice.failures(), []);
      assert.equal((await voice.events('voice-warning')).length, 2);
    });

    it('once is not noticed', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      await voice.page.$eval('realtime-voice', (element) => element.start({ microphone: false }));
      await voice.script(true);
      await voice.write('hi');
      const status_details = { type: 'failed', error: { type: 'server_error', code: 'server_error' } };
      await voice.announce(
        { type: 'response.created', response: { id: 'resp_1', status: 'in_progress' } },
        { type: 'response.done', response: { id: 'resp_1', status: 'failed', status_details } },
      );
      await voice.untilPeer('it is requested again', ({ clientEvents }) => clientEvents.length === 3);
      const at = { response_id: 'resp_2', item_id: 'item_2', content_index: 0 };
      await voice.announce(
        { type: 'response.created', response: { id: 'resp_2', status: 'in_progress' } },
        { type: 'response.output_text.done', ...at, text: 'Hello.' },
        { type: 'response.done', response: { id: 'resp_2', status: 'completed', output: [] } },
      );
      await voice.untilAnswered('hi', /^Hello\.$/);
      await voice.untilState('listening');
      assert.deepEqual(await voice.states(), ['connecting', 'listening', 'thinking', 'listening']);
      assert.deepEqual(await voice.events('voice-warning'), []);
    });

    it('by an error of the service, said twice, is one warning', async () => {
      await using voice = await Conversation.open(browser, practice.url);
      await voice.write('hi');
      await voice.untilAnswered('hi', /^You typed: hi$/);
      await voice.script(true);
      const error = { type: 'server_error', code: 'server_error', message: 'Out of order.', event_id: null };
      const refused = { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', event_id: 'mine' };
      await voice.announce({ type: 'error', error: refused }, { type: 'error', error }, { type: 'error', error });
      await untilWarnings(voice, 1);
      await voice.announce({ type: 'practice.mark' });
      await until(
        'all has arrived',
        () => voice.detailsOf('voice-server-event', 'type'),
        (types) => types.at(-1) === 'practice.mark',
      );
      assert.deepEqual(await voice.detailsOf('voice-warning', 'message'), ['Out of order.']);
    });
  });
}

async function notice({ page }: Conversation): Promise<string | undefined> {
  const [text] = await page.$$eval('realtime-voice >>> [part="notice"]', (notices) =>
    notices.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
  );
  return text;
}

async function untilNotice(voice: Conversation, words: RegExp): Promise<void> {
  await until(
    `the notice is ${words}`,
    () => notice(voice),
    (text) => words.test(text ?? ''),
  );
}

async function untilWarnings(voice: Conversation, count: number): Promise<void> {
  await until(
    `there are ${count} warnings`,
    () => voice.events('voice-warning'),
    (all) => all.length >= count,
  );
}
