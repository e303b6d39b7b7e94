import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callIdOf } from '../../e2e/support/relayed-site.js';
import { dropCall } from '../../e2e/support/practice-calls.js';
import { RunningCall } from '../../e2e/support/running-call.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';
import { OLD_LIBRARIES, oldLibraryScript } from './support/old-libraries.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('a call with a reconnection', { concurrency: 2 }, () => {
  for (const [browserName, launch] of BROWSERS) {
    for (const library of OLD_LIBRARIES) {
      it(`in ${browserName} beside ${library.name}`, async () => {
        const tag = `<realtime-voice muted token-url="/api/voice-token"
          calls-url="${practice.url}/v1/realtime/calls"></realtime-voice>`;
        await using call = await RunningCall.begin(await launch(), practice.url, {
          html: `<script src="/old.js"></script><script src="/recorder.js"></script>${tag}`,
          routes: { '/old.js': { body: oldLibraryScript(library) } },
        });
        const { voice } = call;
        assert.equal(await voice.page.evaluate('oldLibraryInForce'), true);
        await call.ask('Can you hear me?');
        await dropCall(practice.url, await callIdOf(voice), 'channel');
        await voice.untilStates('it is restored', (states) => states.slice(-2).join() === 'reconnecting,listening');
        await (await RunningCall.of(voice, practice.url)).ask('And now?');
        const words = ['Can you hear me?', 'You typed: Can you hear me?', 'And now?', 'You typed: And now?'];
        assert.deepEqual(
          (await voice.transcript()).map(({ text }) => text),
          words,
        );
        const shown = await voice.page.$$eval('realtime-voice >>> .words', (lines) =>
          lines.map((line) => line.textContent),
        );
        assert.deepEqual(shown, words);
        const exported = await voice.page.$eval('realtime-voice', (element) => element.exportTranscript('json'));
        assert.equal((JSON.parse(exported) as unknown[]).length, 4);
        await voice.page.$eval('realtime-voice', (element) => element.stop());
        assert.equal(await voice.state(), 'idle');
        assert.deepEqual([voice.opened.errors, await voice.failures()], [[], []]);
      });
    }
  }
});
