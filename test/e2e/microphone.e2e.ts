import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox, setPermission } from '../support/browsers.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { type Speech, speechWav } from '../support/speech-wav.js';
import { endTrack, killAudio, replaceMicrophone } from './support/lost-microphone.js';
import { RunningCall, timed, visibleText } from './support/running-call.js';
import { hearAssistant } from './support/page-sound.js';
import { until } from './support/until.js';

/** How soon another microphone is sent, in milliseconds. */
const REPLACED_WITHIN = 2000;
/** The same if the browser has to start its audio process first, in milliseconds. */
const RESTARTED_WITHIN = 8000;
const UTTERANCES = ['Can anybody hear me?', 3000, 'Hello, is anybody there?', 5000, 'Now I can be heard.'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

// These tests mostly wait, each in its own browser with its own microphone.
describe('a call', { concurrency: 2 }, () => {
  for (const [name, launch] of [
    ['Chromium', launchChromium],
    ['Firefox', launchFirefox],
  ] as const) {
    it(`in ${name} replaces its microphone in the same connection when the track ends`, () =>
      within(launch(), async (browser) => {
        await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
        await call.untilHeard();
        const recovered = await replaceMicrophone(call, () => call.voice.page.evaluate(endTrack), REPLACED_WITHIN);
        reportFault({
          fault: 'another script of the page ends the microphone’s track',
          injected: 'browser, stop() of the sent track',
          browser: name,
          seen: await visibleText(call.voice),
          told: 'nothing',
          kept: 'the call and its connection',
          recovered: `microphone after ${recovered}`,
        });
      }));
  }

  it('in Chromium continues by text when the permission is revoked, and by speech when it is granted again', () =>
    within(withPermission(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url);
      const { voice } = call;
      await setPermission(browser, 'denied', voice.opened.url);
      await until(
        'an error is reported',
        () => voice.failures(),
        ({ length }) => length > 0,
        3000,
      );
      assert.deepEqual(
        (await voice.failures()).map(({ code, retriable }) => [code, retriable]),
        [['microphone-lost', true]],
      );
      assert.match(await visibleText(voice), /The microphone was disconnected Connect a microphone/);
      const seen = await visibleText(voice);
      assert.deepEqual([(await voice.opened.alive()).tracks, await call.sentTrack()], [0, undefined]);
      await call.ask('Can you read me?');
      assert.equal((await voice.failures()).length, 1, 'the error is reported once');

      await setPermission(browser, 'granted', voice.opened.url);
      await call.press('Turn on microphone');
      await until(
        'the microphone is sent again',
        () => call.sentTrack(),
        (track) => track?.readyState === 'live',
      );
      assert.doesNotMatch(await visibleText(voice), /disconnected/);
      await call.assertGoesOn();
      reportFault({
        fault: 'the microphone’s permission is revoked during the call',
        injected: 'browser, Browser.setPermission',
        browser: 'Chromium',
        seen,
        told: 'voice-error microphone-lost',
        kept: 'the call, in text',
        recovered: 'button, once it is allowed again',
      });
    }));

  it('in Chromium continues by text when the visitor turns on a microphone that is denied', () =>
    within(withPermission(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url, { typing: true });
      const { voice } = call;
      await setPermission(browser, 'denied', voice.opened.url);
      await call.press('Turn on microphone');
      await until(
        'an error is reported',
        () => voice.failures(),
        ({ length }) => length > 0,
        3000,
      );
      assert.deepEqual(
        (await voice.failures()).map(({ code }) => code),
        ['microphone-denied'],
      );
      const seen = await visibleText(voice);
      assert.match(seen, /Microphone is blocked Click the icon/);
      assert.deepEqual([(await voice.opened.alive()).tracks, await call.sentTrack()], [0, undefined]);
      await call.ask('Then I type.');
      reportFault({
        fault: 'the microphone is refused in a typed call',
        injected: 'browser, Browser.setPermission',
        browser: 'Chromium',
        seen,
        told: 'voice-error microphone-denied',
        kept: 'the call, in text',
        recovered: 'not needed',
      });
    }));

  it('in Chromium sends and plays audio again after the browser’s audio process was killed', () =>
    within(launchChromium(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
      const { page } = call.voice;
      await call.untilHeard();
      const recovered = await replaceMicrophone(call, () => killAudio(browser), RESTARTED_WITHIN);
      const seen = await visibleText(call.voice);
      // From here on the service may answer, but only typed text.
      await page.$eval('realtime-voice', (element) => void (element.muted = true));
      await until(
        'the visitor is no longer heard',
        async () => (await call.peer()).heard.rms,
        (rms) => rms < 0.0001,
      );
      await until(
        'the words of the visitor are complete',
        () => call.voice.transcript(),
        (entries) => entries.every(({ status }) => status !== 'partial'),
      );
      await call.answers(true);
      const ear = await hearAssistant(page);
      await call.ask('Can I hear you?');
      const loudest = await ear.loudest();
      assert.ok(loudest > 0.05, `the assistant is audible: ${loudest}`);
      reportFault({
        fault: 'the browser’s audio process dies during the call',
        injected: 'browser, its process is killed',
        browser: 'Chromium',
        seen,
        told: 'nothing',
        kept: 'the call and its connection',
        recovered: `microphone after ${recovered}`,
      });
    }));

  it('in Chromium warns a visitor who speaks while muted, once for each utterance, and lets them unmute', () =>
    within(withSpeech(UTTERANCES), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url);
      const { voice } = call;
      await until(
        'two utterances were reported',
        () => call.warnings(),
        ({ length }) => length === 2,
        12_000,
      );
      assert.deepEqual(await call.warnings(), ['muted-speech', 'muted-speech']);
      assert.equal((await call.peer()).heard.speechMs, 0, 'no speech was sent');
      const seen = await visibleText(voice);
      assert.match(seen, /^Microphone muted · .*You are speaking while muted\.$/);
      await call.press('Unmute');
      await until(
        'the visitor is heard',
        () => call.peer(),
        ({ heard }) => heard.speechMs > 300,
        12_000,
      );
      assert.doesNotMatch(await visibleText(voice), /muted/);
      assert.deepEqual(
        [await call.warnings(), await voice.failures(), voice.opened.errors],
        [['muted-speech', 'muted-speech'], [], []],
      );
      reportFault({
        fault: 'the visitor speaks while muted',
        injected: 'browser, speech from a file',
        browser: 'Chromium',
        seen,
        told: 'voice-warning muted-speech, once for each utterance',
        kept: 'the call',
        recovered: 'button',
      });
    }));

  it('in Chromium warns a visitor after ten seconds of a silent microphone', () =>
    within(withSpeech([]), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
      const { voice } = call;
      await call.answers(true);
      const warned = await timed(() =>
        until(
          'the visitor is warned',
          () => call.warnings(),
          ({ length }) => length > 0,
          14_000,
        ),
      );
      assert.ok(parseFloat(warned) > 7, `after ${warned}`);
      assert.deepEqual(await call.warnings(), ['microphone-silent']);
      const seen = await visibleText(voice);
      assert.match(seen, /No sound comes from your microphone\. Is it switched on\?/);
      await call.assertGoesOn('Then I type.');
      // The warning goes away when the visitor does something.
      assert.doesNotMatch(await visibleText(voice), /No sound/);
      reportFault({
        fault: 'the microphone gives no sound',
        injected: 'browser, silence from a file',
        browser: 'Chromium',
        seen,
        told: 'voice-warning microphone-silent',
        kept: 'the call',
        recovered: 'not needed',
      });
    }));
});

/** A Chromium in which the permission can be changed. */
async function withPermission(): Promise<Browser> {
  const browser = await launchChromium({ permission: 'prompt' });
  await setPermission(browser, 'granted');
  return browser;
}

/** A Chromium whose microphone plays this speech, and then silence. */
async function withSpeech(speech: Speech): Promise<Browser> {
  return launchChromium({ wav: await speechWav(speech, { leadMs: 1000, tailMs: 100 }) });
}

async function within(launched: Promise<Browser>, test: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launched;
  try {
    await test(browser);
  } finally {
    await browser.close();
  }
}
