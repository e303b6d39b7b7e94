import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { siteRoutes, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';

const STARTER = 'realtime-voice >>> [part="starter"]';
const FIELD = 'realtime-voice >>> textarea[part="text-field"]';
const REFUSING = { Chromium: launchChromium, Firefox: launchFirefox };

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`a starter in ${name}`, () => {
    const open = async (
      { attributes, ...options }: ConversationOptions = {},
      browser?: Browser,
    ): Promise<Conversation> => {
      const all = { ...options, attributes: { muted: '', ...attributes } };
      const voice = await Conversation.open(browser ?? (await launch()), practice.url, all);
      await voice.page.$eval('realtime-voice', async (element) => {
        element.starters = [{ label: 'Say hello', text: 'hello' }, 'tool'];
        await element.updateComplete;
      });
      await voice.page.bringToFront();
      return voice;
    };
    const draft = ({ page }: Conversation): Promise<string> =>
      page.$eval(FIELD, (field) => (field as HTMLTextAreaElement).value);
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
      await using voice = await open({ attributes: { consent: '1' } });
      await voice.key('starter');
      await voice.key('accept-button');
      await voice.untilAnswered('hello', /^Hello to you!/);
      assert.equal(voice.offers, 1);
    });

    it('is in the text field when the token endpoint fails, and is sent from there', async () => {
      const { [TOKEN_PATH]: works } = siteRoutes(practice.url);
      let requests = 0;
      await using voice = await open({
        routes: {
          [TOKEN_PATH]: (request, response) => {
            requests += 1;
            if (requests === 1) response.writeHead(500).end();
            else if (typeof works === 'function') works(request, response);
          },
        },
      });
      await voice.page.locator(`${STARTER} ::-p-text(Say hello)`).click();
      await voice.untilState('failed');
      await until(
        'the words are in the field',
        () => draft(voice),
        (text) => text === 'hello',
      );
      assert.equal(await voice.page.$(STARTER), null);
      await voice.page.focus(FIELD);
      await voice.page.keyboard.press('Enter');
      await voice.untilAnswered('hello', /^Hello to you!/);
      assert.equal(await draft(voice), '');
      assert.deepEqual([(await voice.failures()).map(({ code }) => code), voice.opened.errors], [['token-failed'], []]);
    });

    it('is in the text field when the visitor types instead of a refused microphone', async () => {
      const browser = await REFUSING[name]({ permission: 'denied' });
      try {
        await using voice = await open({}, browser);
        await voice.page.locator(`${STARTER} ::-p-text(Say hello)`).click();
        await voice.untilState('failed');
        await voice.key('type-button');
        await until('the field has the focus', () => voice.page.$eval(FIELD, (field) => field.matches(':focus')));
        assert.equal(await draft(voice), 'hello');
        await voice.page.keyboard.press('Enter');
        await voice.untilAnswered('hello', /^Hello to you!/);
        assert.deepEqual(await voice.microphone(), { granted: 0, refused: 1 });
      } finally {
        await browser.close();
      }
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
