import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { Conversation } from './support/conversation.js';

const STARTER = 'realtime-voice >>> [part="starter"]';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`a starter in ${name}`, () => {
    const open = async (attributes: Readonly<Record<string, string>> = {}): Promise<Conversation> => {
      const voice = await Conversation.open(await launch(), practice.url, { attributes: { muted: '', ...attributes } });
      await voice.page.$eval('realtime-voice', async (element) => {
        element.starters = [{ label: 'Say hello', text: 'hello' }, 'tool'];
        await element.updateComplete;
      });
      await voice.page.bringToFront();
      return voice;
    };
    const lines = async (voice: Conversation): Promise<string[]> =>
      (await voice.transcript()).map(({ role, text }) => `${role}: ${text}`);

    it('starts a call with the microphone and is said, by a click', async () => {
      await using voice = await open();
      await voice.page.locator(`${STARTER} ::-p-text(Say hello)`).click();
      await voice.untilAnswered('hello', /^Hello to you!/);
      assert.deepEqual((await voice.states()).slice(0, 3), ['connecting', 'listening', 'thinking']);
      assert.equal((await lines(voice))[0], 'user: hello');
      assert.deepEqual(await voice.detailsOf('voice-start', 'microphone'), [true]);
      assert.equal((await voice.microphone()).granted, 1);
      assert.equal(voice.offers, 1);
      assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
    });

    it('waits for the consent and is said then, by keyboard', async () => {
      await using voice = await open({ consent: '1' });
      await voice.key('starter');
      await voice.key('accept-button');
      await voice.untilAnswered('hello', /^Hello to you!/);
      assert.equal(voice.offers, 1);
    });

    it('that came with the answer of a tool is there when the answer is over, and is said', async () => {
      await using voice = await open();
      await voice.page.$eval('realtime-voice', (element) => {
        element.tools = [{ name: 'open_hours', parameters: { type: 'object' } }];
        element.addEventListener('voice-tool-call', ({ detail }) =>
          detail.respondWith('until six', { suggestions: [{ label: 'And on Sunday?', text: 'hello' }] }),
        );
      });
      await voice.page.locator(`${STARTER} ::-p-text(tool)`).click();
      await voice.untilAnswered('tool', /until six/);
      await voice.page.locator(`${STARTER} ::-p-text(And on Sunday?)`).wait();
      assert.equal(await voice.state(), 'listening');
      await voice.key('starter');
      await voice.untilAnswered('hello', /^Hello to you!/);
    });
  });
}
