import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { RunningCall } from '../../e2e/support/running-call.js';
import { until } from '../../e2e/support/until.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  it(`on plain http in ${name}, where there is no clipboard, copying fails in words and not by an exception`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url, {
      host: 'insecure.test',
      typing: true,
      attributes: { 'calls-url': `${practice.url}/v1/realtime/calls` },
    });
    const { voice } = call;
    await call.ask('Can you hear me?');
    assert.equal(await voice.page.evaluate(() => 'clipboard' in navigator), false);
    const outcome = await voice.page.$eval('realtime-voice', (element) => {
      try {
        return element.copyTranscript().then(
          () => 'copied',
          (error: Error) => `rejected: ${error.name}`,
        );
      } catch (error) {
        return `thrown: ${(error as Error).name}`;
      }
    });
    assert.match(outcome, /^rejected: /);
    await voice.press('menu-button');
    await call.press('Copy transcript');
    const said = (): Promise<string> =>
      voice.page.$eval('realtime-voice', (element) => element.shadowRoot!.querySelector('.more')!.textContent);
    await until('the card says so', said, (words) => words.includes('Not copied'), 2000);
    assert.deepEqual(voice.opened.errors, []);
  });

  it(`in ${name}, token-method="post" asks by POST with a body`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url, {
      typing: true,
      attributes: { 'token-method': 'post' },
    });
    const asked = call.voice.opened.requests.filter(({ url }) => url.endsWith('/api/voice-token'));
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['POST'],
    );
    await call.ask('Can you hear me?');
  });
}
