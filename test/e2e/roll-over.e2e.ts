import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { RunningCall } from './support/running-call.js';
import { noiseWav } from './support/noise-wav.js';
import { callIdOf, practiceCall } from './support/relayed-site.js';
import { SESSION, siteRoutes } from './support/site.js';
import { until } from './support/until.js';
import type { VoicePage } from './support/voice-page.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CALL = 3 * HOUR;
/** A session of one hour is replaced in its last five minutes. */
const NEAR_THE_END = 56 * MINUTE;
/** The longest gap between the last audio in the old session and the first in the new one, in milliseconds. */
const LONGEST_GAP = 60;
const QUESTIONS = ['One.', 'Two.', 'Three.', 'Four.'];
/** A session without turn detection. */
const WITHOUT_TURNS = { ...SESSION, audio: { input: { turn_detection: null } } };
/** Keeps the browser from removing the noise. */
const UNPROCESSED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

// The microphone sends noise without a pause, and the service does not answer it: a quiet moment with audible sound.
describe('a call of three hours has no gap, in audio and in transcript', () => {
  let chromium: Browser | undefined;
  after(() => chromium?.close());
  const BROWSERS = [
    ['Chromium', async () => (chromium = await launchChromium({ wav: noiseWav(0.2, 5), loop: true }))],
    ['Firefox', sharedFirefox],
  ] as const;

  for (const [name, launch] of BROWSERS) {
    it(`in ${name}`, async (test) => {
      await setClock(0);
      await using call = await RunningCall.begin(await launch(), practice.url, {
        speaks: true,
        attributes: { 'idle-timeout': '0' },
        properties: { audioConstraints: UNPROCESSED },
        prelude: installClock,
        routes: siteRoutes(practice.url, WITHOUT_TURNS),
      });
      const { voice } = call;
      await call.answers(true);
      await call.untilHeard();
      await call.ask(QUESTIONS[0]!);
      const ids = [call.id];
      const gaps: number[] = [];
      for (let now = NEAR_THE_END; now < CALL; now += NEAR_THE_END) {
        await setClock(now, voice);
        gaps.push(await rollOver(voice, ids));
        await call.ask(QUESTIONS[gaps.length]!);
      }
      await setClock(CALL, voice);
      test.diagnostic(`gaps of ${gaps.join(', ')} ms in ${name} (negative: both sessions heard the overlap)`);
      assert.equal(gaps.length, 3);
      assert.ok(Math.max(...gaps) <= LONGEST_GAP, `gaps of ${gaps.join(', ')} ms`);

      const transcript = await voice.transcript();
      assert.deepEqual(
        transcript.map(({ role, text, status }) => [role, text, status]),
        QUESTIONS.flatMap((text) => [
          ['user', text, 'final'],
          ['assistant', `You typed: ${text}`, 'final'],
        ]),
      );
      const { items } = await practiceCall(practice.url, ids.at(-1)!);
      assert.equal(items.length, transcript.length);
      assert.deepEqual(await voice.states(), [
        'connecting',
        'listening',
        ...QUESTIONS.flatMap(() => ['thinking', 'speaking', 'listening']),
      ]);
      assert.deepEqual(
        [await voice.failures(), await voice.events('voice-reconnect'), voice.opened.errors],
        [[], [], []],
      );
      assert.deepEqual(await voice.microphone(), { granted: 1, refused: 0 });
    });
  }
});

/** Runs in the page: a clock that can be put forward. Timers and audio keep real time. */
function installClock(): void {
  const clock = { now: Date.now, ahead: 0 };
  Date.now = () => clock.now() + clock.ahead;
  Object.assign(window, { __clock: clock });
}

/** Puts the clocks of page and service forward. The next session lasts one hour by both. */
async function setClock(ahead: number, voice?: VoicePage): Promise<void> {
  await fetch(`${practice.url}/practice/tempo`, { method: 'POST', body: JSON.stringify({ sessionMs: HOUR + ahead }) });
  await voice?.page.evaluate(
    (ahead) => void ((window as unknown as { __clock: { ahead: number } }).__clock.ahead = ahead),
    ahead,
  );
}

/** Waits for the roll-over and returns its gap in the audio, in milliseconds. */
async function rollOver(voice: VoicePage, ids: string[]): Promise<number> {
  const old = ids.at(-1)!;
  const id = await until(
    'a new session has taken over',
    () => callIdOf(voice),
    (now) => now !== undefined && now !== old,
    10_000,
  );
  ids.push(id!);
  const [before, after] = await until(
    'the old session has ended, and the new one hears',
    () => Promise.all([practiceCall(practice.url, old), practiceCall(practice.url, id!)]),
    ([before, after]) => before.state === 'closed' && after.heard.audibleFrom !== null,
  );
  return after.heard.audibleFrom! - before.heard.audibleTo!;
}
