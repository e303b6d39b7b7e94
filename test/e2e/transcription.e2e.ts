import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { TranscriptEntry } from '../../src/session/index.js';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { speechWav } from '../support/speech-wav.js';
import { Conversation } from './support/conversation.js';
import { until } from './support/until.js';

const session = {
  type: 'transcription',
  audio: { input: { transcription: { model: 'gpt-4o-transcribe' }, turn_detection: { type: 'server_vad' } } },
};
const WORDS = /^\(\d\.\d s of speech\)$/;

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`a session in ${name} that only transcribes`, () => {
    let browser: Browser;
    before(async () => {
      const wav = await speechWav('Dear Sir or Madam.', { leadMs: 0, tailMs: 1000 });
      browser = await launch({ wav, loop: true });
    });
    after(() => browser?.close());

    it('transcribes speech and does not respond', async () => {
      await using voice = await open('muted', 'greet');
      // In Firefox, which hums, muting ends the turn; in Chromium, a pause in the speech does.
      await voice.press('mute-button');
      await voice.untilPeer('the visitor is heard', ({ heard }) => heard.speechMs > 500);
      await until(
        'the transcript has an entry',
        () => voice.transcript(),
        ({ length }) => length > 0,
      );
      if (launch === launchFirefox) await voice.press('mute-button');
      await untilWritten(voice, 1);
      assert.deepEqual(await voice.states(), ['connecting', 'listening']);
      const kind = await voice.page.$eval('realtime-voice >>> [part="panel"]', (panel) =>
        panel.getAttribute('data-kind'),
      );
      assert.equal(kind, 'transcription', 'the card is a dictation box');
      assert.deepEqual(await voice.page.$$('realtime-voice >>> [part="text-field"]'), []);
      await assertOnlyWritten(voice);
      assert.deepEqual(await voice.sent(), []);
    });

    it('transcribes speech while the talk button is held', async () => {
      await using voice = await open('push-to-talk');
      await voice.untilPeer('turn detection is off', ({ session }) => session.audio.input.turn_detection === null);
      for (const turn of [1, 2]) {
        const { heard } = await voice.peer();
        await (await voice.page.$('realtime-voice >>> [part~="talk-button"]'))!.hover();
        await voice.page.mouse.down();
        // Long enough not to count as a tap, even if audio of the last turn still arrives.
        await voice.untilPeer('the visitor is heard', ({ heard: { speechMs } }) => speechMs > heard.speechMs + 700);
        await voice.page.mouse.up();
        await until(
          'the transcription is complete',
          () => voice.transcript(),
          (entries) => entries[turn - 1]?.status === 'final',
        );
        assert.equal(await voice.state(), 'listening', 'no answer is expected');
      }
      for (const { text } of await voice.transcript()) assert.match(text, WORDS);
      await assertOnlyWritten(voice);
      const turn = ['input_audio_buffer.clear', 'input_audio_buffer.commit'];
      assert.deepEqual(await voice.sent(), ['session.update', ...turn, ...turn]);

      for (const [pushToTalk, detection] of [
        [false, 'server_vad'],
        [true, undefined],
      ] as const) {
        await voice.page.$eval('realtime-voice', (element, value) => void (element.pushToTalk = value), pushToTalk);
        await voice.untilPeer(
          'turn detection changes',
          ({ session }) => session.audio.input.turn_detection?.type === detection,
        );
      }
      await assertOnlyWritten(voice);
    });

    async function open(...names: string[]): Promise<Conversation> {
      const attributes = Object.fromEntries(names.map((each) => [each, '']));
      const voice = await Conversation.open(browser, practice.url, { session, attributes });
      await voice.key('start-button');
      await voice.untilState('listening');
      return voice;
    }
  });
}

/** Waits for an entry and checks that its text arrived in steps. */
async function untilWritten(voice: Conversation, count: number): Promise<void> {
  const entries = await until(
    'the transcription is complete',
    () => voice.transcript(),
    (all) => all[count - 1]?.status === 'final',
  );
  const { id, role, source, text } = entries[count - 1]!;
  assert.deepEqual([role, source], ['user', 'speech']);
  assert.match(text, WORDS);
  const all = (await voice.events('voice-transcript')).map(({ detail }) => detail['entry'] as TranscriptEntry);
  const told = all.filter((entry) => entry.id === id);
  const steps = told.map((entry) => entry.text).filter((step, index, all) => step !== all[index - 1]);
  assert.ok(
    steps.length >= 4 && steps.every((step) => text.startsWith(step)),
    `the text came in steps: ${steps.join(' | ')}`,
  );
  assert.deepEqual(
    told.map(({ status }) => status),
    [...told.slice(1).map(() => 'partial'), 'final'],
  );
}

/** No assistant entries, no responses, no errors. */
async function assertOnlyWritten(voice: Conversation): Promise<void> {
  assert.deepEqual(
    (await voice.transcript()).filter(({ role }) => role === 'assistant'),
    [],
  );
  const told = (await voice.events('voice-server-event')).map(({ detail }) => detail);
  assert.deepEqual(
    told.filter(({ type }) => type === 'error' || String(type).startsWith('response.')),
    [],
  );
  assert.ok(!(await voice.sent()).includes('response.create'));
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}
