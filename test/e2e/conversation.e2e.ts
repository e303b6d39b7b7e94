import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startDemo } from '../support/demo-process.js';
import { offersOf } from '../support/page.js';
import type { ServerProcess } from '../support/server-process.js';
import { speechWav } from '../support/speech-wav.js';
import { hearAssistant, PACKET_RATE, packetRates } from './support/page-sound.js';
import { practiceCalls, type PracticeCall } from './support/practice-calls.js';
import { until } from './support/until.js';
import { openDemoPage, type VoicePage } from './support/voice-page.js';

const TURN = ['connecting', 'listening', 'thinking', 'speaking', 'listening'];

/** The demo of `npm start`, from the click to the hang-up. */
describe('a first conversation', () => {
  let demo: ServerProcess;
  before(async () => void (demo = await startDemo()));
  after(() => demo?.stop());

  it('works in Chromium with recorded speech as the microphone', async () => {
    // Only Chromium can use a file as microphone. The call is ready well before the first word.
    const wav = await speechWav('I am looking for a blue armchair.', { leadMs: 2500 });
    const browser = await launchChromium({ wav });
    try {
      await using voice = await openDemoPage(browser, demo.url);
      await voice.press('start-button');
      await voice.untilState('listening');
      const practice = practiceUrl(voice);
      const ear = await hearAssistant(voice.page);
      const heard = await untilHeard(practice, ({ rms }) => rms > 0.03);
      assert.ok(heard.heard.peak > 0.1, `the practice server measured a peak of ${heard.heard.peak}`);

      await voice.untilState('speaking');
      const { sent, received } = await packetRates(voice.page);
      await until(
        'the turn is over',
        () => voice.states(),
        (states) => states.length >= TURN.length,
      );
      assert.deepEqual(await voice.states(), TURN);
      for (const rate of [sent, received]) {
        assert.ok(rate >= PACKET_RATE.least && rate <= PACKET_RATE.most, `packets a second: ${sent}, ${received}`);
      }
      const loudest = await ear.loudest();
      assert.ok(loudest > 0.05, `the assistant was heard with an RMS of ${loudest}`);
      await assertBothTurns(voice);
      await assertHangUp(voice, practice);
    } finally {
      await browser.close();
    }
  });

  // Firefox's fake microphone hums without a pause, so muting ends the turn. Without a sound card its AudioContext does
  // not run, so the page cannot measure sound.
  it('works in Firefox with a hum between two presses of Mute', async () => {
    const browser = await launchFirefox();
    try {
      await using voice = await openDemoPage(browser, demo.url);
      await voice.page.evaluate(() => (document.querySelector('realtime-voice')!.muted = true));
      await voice.press('start-button');
      await voice.untilState('listening');
      const practice = practiceUrl(voice);
      await voice.press('mute-button');
      await untilHeard(practice, ({ speechMs }) => speechMs > 1000);
      await voice.press('mute-button');

      await voice.untilState('speaking');
      await until(
        'the turn is over',
        () => voice.states(),
        (states) => states.length >= TURN.length,
      );
      assert.deepEqual(await voice.states(), TURN);
      await assertBothTurns(voice);
      await assertHangUp(voice, practice);
    } finally {
      await browser.close();
    }
  });
});

/** The origin that the page sent its offer to. */
function practiceUrl({ opened }: VoicePage): string {
  const offers = offersOf(opened);
  assert.equal(offers.length, 1, 'one offer was made');
  return offers[0]!.origin;
}

async function untilHeard(practice: string, enough: (heard: PracticeCall['heard']) => boolean): Promise<PracticeCall> {
  const last = async (): Promise<PracticeCall> => (await practiceCalls(practice)).at(-1)!;
  return until('the practice server hears the visitor', last, ({ heard }) => enough(heard));
}

/** The practice server recognises no words. It reports how long the visitor spoke, and plays the speech back. */
async function assertBothTurns(voice: VoicePage): Promise<void> {
  const [user, assistant, ...more] = await voice.transcript();
  assert.equal(more.length, 0);
  assert.deepEqual([user!.role, user!.source, user!.status], ['user', 'speech', 'final']);
  assert.deepEqual([assistant!.role, assistant!.source, assistant!.status], ['assistant', 'speech', 'final']);
  const seconds = /^\((\d\.\d) s of speech\)$/.exec(user!.text)?.[1];
  assert.ok(Number(seconds) >= 1, `the visitor's entry reads ${user!.text}`);
  assert.equal(assistant!.text, `Here is what I heard. (your voice, ${seconds} s)`);
  const shown = await voice.page.$$eval('realtime-voice >>> [part~="entry"] .words', (lines) =>
    lines.map((line) => line.textContent),
  );
  assert.deepEqual(shown, [user!.text, assistant!.text]);
  const partial = (await voice.events('voice-transcript')).map(
    ({ detail }) => detail['entry'] as { role: string; status: string; text: string },
  );
  const growing = new Set(
    partial.filter(({ role, status }) => role === 'assistant' && status === 'partial').map(({ text }) => text),
  );
  assert.ok(growing.size >= 3, `the assistant's text came in steps: ${[...growing].join(' | ')}`);
}

async function assertHangUp(voice: VoicePage, practice: string): Promise<void> {
  await voice.press('end-button');
  assert.equal(await voice.state(), 'idle');
  const [end, ...more] = await voice.events('voice-end');
  assert.deepEqual([end!.detail['reason'], more.length], ['stopped', 0]);
  await until(
    'the practice server sees the call end',
    () => practiceCalls(practice),
    (calls) => calls.at(-1)!.state === 'closed',
  );
  assert.deepEqual(
    [await voice.failures(), voice.opened.errors, voice.opened.console, await voice.opened.violations()],
    [[], [], [], []],
  );
}
