import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { JSHandle } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { openPage } from '../support/page.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { speechWav } from '../support/speech-wav.js';
import type { OfficialClient } from './support/official-client.js';
import { hearAssistant } from './support/page-sound.js';
import { practiceCalls } from './support/practice-calls.js';
import { installRecorder } from './support/recorder.js';
import { newSecret, SESSION } from './support/site.js';
import { until } from './support/until.js';

/** The service's own client library works with the practice server, which shows that the server is faithful. */
describe('the official client', () => {
  let practice: PracticeProcess;
  before(async () => void (practice = await startPractice()));
  after(() => practice?.stop());

  // Only Chromium can use a file as microphone.
  it('holds a spoken and a typed conversation with the practice server', async () => {
    const bundle = await build({
      entryPoints: ['test/e2e/support/official-client.ts'],
      bundle: true,
      format: 'iife',
      target: 'es2022',
      write: false,
    });
    const browser = await launchChromium({ wav: await speechWav('Can you hear me?', { leadMs: 2500 }) });
    try {
      await using opened = await openPage(browser, {
        script: 'none',
        html: '<script src="/recorder.js"></script><script src="/client.js"></script>',
        routes: {
          '/recorder.js': { body: `(${installRecorder})()` },
          '/client.js': { body: bundle.outputFiles[0]!.text },
        },
      });
      const { page } = opened;
      const client = (await page.evaluateHandle(
        (url, model) => new (window as unknown as { OfficialClient: typeof OfficialClient }).OfficialClient(url, model),
        `${practice.url}/v1/realtime/calls`,
        SESSION.model,
      )) as JSHandle<OfficialClient>;
      const { value } = await newSecret(practice.url);
      await client.evaluate((it, key) => it.connect(key), value);
      // The client reports a connection after five seconds in any case, so the events are checked.
      assert.deepEqual((await client.evaluate((it) => it.events)).slice(0, 2), ['session.created', 'session.updated']);

      const ear = await hearAssistant(page);
      await untilDone(client, 1);
      assert.deepEqual([await client.evaluate((it) => it.errors), opened.errors, opened.console], [[], [], []]);
      const history = await client.evaluate((it) => it.history);
      assert.match(
        history.join('\n'),
        /^user: \(\d\.\d s of speech\)\nassistant: Here is what I heard\. \(your voice, \d\.\d s\)$/,
      );
      const loudest = await ear.loudest();
      assert.ok(loudest > 0.05, `the answer was heard with an RMS of ${loudest}`);
      const deltas = await client.evaluate((it) => it.deltas);
      assert.ok(deltas.length >= 5, `the answer's words came in ${deltas.length} steps`);
      assert.equal(`assistant: ${deltas.join('')}`, history[1]);

      await client.evaluate((it) => it.say('hello'));
      await untilDone(client, 2);
      const [typed, answer] = (await client.evaluate((it) => it.history)).slice(2);
      assert.equal(typed, 'user: hello');
      assert.match(answer!, /^assistant: Hello to you!/);
      assert.deepEqual([await client.evaluate((it) => it.errors), opened.errors, opened.console], [[], [], []]);

      const [call] = await practiceCalls(practice.url);
      assert.ok(call!.heard.peak > 0.05, `the practice server measured a peak of ${call!.heard.peak}`);
      await client.evaluate((it) => it.close());
      await until(
        'the practice server sees the call end',
        () => practiceCalls(practice.url),
        ([last]) => last!.state === 'closed',
      );
    } finally {
      await browser.close();
    }
  });
});

/** An answer is over when its audio has been played. */
async function untilDone(client: JSHandle<OfficialClient>, answers: number): Promise<void> {
  await until(
    `answer ${answers} is over`,
    () => client.evaluate((it) => it.events),
    (events) => events.filter((type) => type === 'output_audio_buffer.stopped').length === answers,
  );
}
