import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Conversation } from '../../e2e/support/conversation.js';
import { until } from '../../e2e/support/until.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';
import { untilItCounts } from '../../support/until-it-counts.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '50'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  it(`one double click in ${name} pays once, and each question shows its amount`, async () => {
    await using voice = await Conversation.open(await launch(), practice.url, { attributes: { 'no-transcript': '' } });
    const { page } = voice;
    await page.$eval('realtime-voice', async (element) => {
      const paid: unknown[] = [];
      Object.assign(window, { paid });
      const tool = (name: string, amount: number) => ({
        name,
        parameters: { type: 'object', properties: { amount: { enum: [amount] } } },
        confirm: name === 'pay' ? 'Pay?' : ({ amount }: { amount: number }) => `Send ${amount}?`,
        execute: (args: unknown) => void paid.push(args),
      });
      element.tools = [tool('pay', 1), tool('send', 1000)];
      await element.start({ microphone: false });
    });
    await voice.untilPeer('the service knows the tools', ({ session }) => session.tools?.length === 2);
    await voice.write('two tools');
    const question = (): Promise<string> =>
      page.evaluate(() => {
        const { shadowRoot } = document.querySelector('realtime-voice')!;
        const asked = shadowRoot!.querySelector<HTMLElement>('#question');
        return asked?.innerText.replace(/\s+/g, ' ').trim() ?? '';
      });
    const paid = (): Promise<unknown> => page.evaluate('window.paid');
    await until('the visitor is asked', question, (words) => words === 'Pay? amount 1');
    await untilItCounts();
    const accept = (await page.$('realtime-voice >>> [part="accept-button"]'))!;
    await accept.click({ count: 2 });
    await until('the next question is asked', question, (words) => words === 'Send 1000? amount 1000');
    await untilItCounts();
    assert.deepEqual(await paid(), [{ amount: 1 }]);
    await page.locator('realtime-voice >>> [part="decline-button"]').click();
    await until('nothing is asked any more', question, (words) => words === '');
    assert.deepEqual(await paid(), [{ amount: 1 }]);
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
  });
}
