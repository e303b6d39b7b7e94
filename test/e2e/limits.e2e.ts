import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import type { VoiceWarningCode } from '../../src/session/index.js';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { type FaultRow, reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { ANY_BROWSER } from '../support/shared-browsers.js';
import { RunningCall, visibleText, type RunningCallOptions } from './support/running-call.js';
import { noiseWav } from './support/noise-wav.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { until } from './support/until.js';

/** Duration of the slow tool, in milliseconds. */
const TOOL_MS = 7000;
/** RMS of the noise in a quiet room. */
const ROOM = 0.0006;
/** Keeps the browser from removing the noise. */
const RAW = { noiseSuppression: false, autoGainControl: false, echoCancellation: false };

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

// All of these tests wait for time to pass, each in its own page.
describe('a call', () => {
  for (const [name] of ANY_BROWSER) {
    describe(`in ${name}`, { concurrency: true }, () => {
      let browser: Browser;
      // Quiet, but not as silent as a broken microphone.
      const launch = (): Promise<Browser> =>
        name === 'Chromium' ? launchChromium({ wav: noiseWav(ROOM, 5), loop: true }) : launchFirefox();
      before(async () => void (browser = await launch()));
      after(() => browser?.close());
      const begin = ({ properties, ...options }: RunningCallOptions): Promise<RunningCall> =>
        RunningCall.begin(browser, practice.url, { properties: { audioConstraints: RAW, ...properties }, ...options });
      const report = (row: Pick<FaultRow, 'fault' | 'seen'> & Partial<FaultRow>): void =>
        reportFault({
          injected: 'time',
          browser: name,
          told: 'voice-warning idle',
          kept: 'the call',
          recovered: 'not needed',
          ...row,
        });

      it('ends after a countdown when nobody speaks or types', async () => {
        await using call = await begin({ attributes: { 'idle-timeout': '16' } });
        const seen = await countedDown(
          call,
          'idle',
          /^Microphone muted · .*Are you still there\? The call ends in \d+ seconds?\. I’m still here$/,
        );
        await assertEnded(call, 'idle', 'It ended because nobody was speaking.', 16);
        report({
          fault: 'nobody speaks or types',
          seen,
          told: 'voice-warning idle, voice-end idle',
          kept: 'the transcript',
          recovered: 'next start',
        });
      });

      it('ends after a countdown at its longest duration, even while the assistant speaks', async () => {
        await using call = await begin({ attributes: { 'max-duration': '17' } });
        await call.voice.page.$eval('realtime-voice', (element) => element.sendText('long story'));
        const seen = await countedDown(
          call,
          'max-duration',
          /^Speaking · .*The call reaches its time limit in \d+ seconds?\.$/,
        );
        await assertEnded(call, 'max-duration', 'It reached its time limit.', 17);
        report({
          fault: 'the call reaches its longest duration',
          seen,
          told: 'voice-warning max-duration, voice-end max-duration',
          kept: 'the transcript',
          recovered: 'next start',
        });
      });

      if (name === 'Firefox') return;

      for (const [fault, act] of [
        ['the visitor presses “I’m still here”', (call: RunningCall) => call.press('I’m still here')],
        ['the visitor types during the countdown', (call: RunningCall) => call.ask('I was only thinking.')],
      ] as const) {
        it(`restarts its idle limit when ${fault}`, async () => {
          await using call = await begin({ attributes: { 'idle-timeout': '10' } });
          await until(
            'the countdown is running',
            () => secondsLeft(call, 'idle'),
            (left) => left.at(-1)! <= 6,
          );
          const seen = await visibleText(call.voice);
          const { length } = await secondsLeft(call, 'idle');
          await act(call);
          await until(
            'the call ends',
            () => call.voice.detailsOf('voice-end', 'reason'),
            ([reason]) => reason === 'idle',
          );
          const again = (await secondsLeft(call, 'idle')).slice(length);
          assert.ok(Math.max(...again) >= 8, `a new countdown started: ${again.join(' ')}`);
          report({ fault, seen });
        });
      }

      it('ends despite noise', async () => {
        await using call = await begin({ speaks: true, attributes: { 'idle-timeout': '8' } });
        await call.answers(true);
        await until(
          'the service hears the noise',
          () => call.peer(),
          ({ heard }) => heard.rms > ROOM / 2,
        );
        await until(
          'the visitor is warned',
          () => call.warnings(),
          ({ length }) => length > 2,
        );
        const seen = await visibleText(call.voice);
        await assertEnded(call, 'idle', 'It ended because nobody was speaking.', 8);
        assert.equal((await call.peer()).heard.speechMs, 0);
        const [injected, told] = ['browser, noise from a file', 'voice-warning idle, voice-end idle'];
        report({
          fault: 'nobody speaks, but there is noise',
          injected,
          seen,
          told,
          kept: 'the transcript',
          recovered: 'next start',
        });
      });

      it('does not end while a tool runs', async () => {
        await using call = await begin({ attributes: { 'idle-timeout': '4' }, prelude: answerLate });
        const { voice } = call;
        await voice.page.$eval('realtime-voice', (element) => element.sendText('tool'));
        await until(
          'the tool runs',
          () => visibleText(voice),
          (words) => words.includes('Working on it'),
        );
        const seen = await visibleText(voice);
        const { length } = await call.warnings();
        await pass(TOOL_MS - 1500);
        assert.deepEqual([await voice.events('voice-end'), (await call.warnings()).length], [[], length]);
        await until(
          'the answer contains its result',
          () => voice.transcript(),
          (lines) => lines.at(-1)!.text.includes('the result'),
        );
        await until(
          'then the call ends',
          () => voice.detailsOf('voice-end', 'reason'),
          ([reason]) => reason === 'idle',
          15_000,
        );
        report({
          fault: 'a tool runs longer than the idle limit',
          injected: 'page, slow tool',
          seen,
          told: 'voice-tool-call',
        });
      });
    });
  }
});

async function secondsLeft({ voice }: RunningCall, code: VoiceWarningCode): Promise<number[]> {
  const warnings = await voice.events('voice-warning');
  return warnings.filter(({ detail }) => detail['code'] === code).map(({ detail }) => detail['secondsLeft'] as number);
}

/** Checks the warnings: 15 s before the end, then each second. Returns the text that the visitor sees meanwhile. */
async function countedDown(call: RunningCall, code: VoiceWarningCode, words: RegExp): Promise<string> {
  await until(
    'the countdown is running',
    () => secondsLeft(call, code),
    ({ length }) => length > 5,
  );
  const seen = await visibleText(call.voice);
  assert.match(seen, words);
  await until(
    'the call has ended',
    () => call.voice.detailsOf('voice-end', 'reason'),
    ([reason]) => reason === code,
  );
  const left = await secondsLeft(call, code);
  // A busy machine may skip a second, but none is reported twice.
  assert.deepEqual([left[0], left.at(-1)], [15, 1]);
  assert.ok(
    left.length >= 10 && left.every((seconds, index) => index === 0 || seconds < left[index - 1]!),
    left.join(' '),
  );
  return seen;
}

async function assertEnded(call: RunningCall, reason: string, words: string, seconds: number): Promise<void> {
  const { voice } = call;
  await voice.untilState('idle');
  const [end, ...more] = await voice.events('voice-end');
  assert.deepEqual([end!.detail['reason'], more.length], [reason, 0]);
  const lasted = (end!.detail['durationMs'] as number) / 1000;
  assert.ok(lasted > seconds - 4 && lasted < seconds + 2, `the call lasted ${lasted} s`);
  assert.ok((await visibleText(voice)).endsWith(words), await visibleText(voice));
  await assertNothingAlive(voice);
  await call.untilClosed();
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}

/** Runs in the page: answers tool calls after 7 s. */
function answerLate(): void {
  const late = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('the result'), 7000));
  document.addEventListener('voice-tool-call', ({ detail }) => detail.respondWith(late()));
}
