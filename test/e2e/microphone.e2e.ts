import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox, setPermission } from '../support/browsers.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { type Speech, speechWav } from '../support/speech-wav.js';
import { RunningCall, type SentTrack, timed, visibleText } from './support/running-call.js';
import { hearAssistant } from './support/page-sound.js';
import type { Recorder } from './support/recorder.js';
import { callIdOf } from './support/relayed-site.js';
import { until } from './support/until.js';

/** How soon another microphone is sent, in milliseconds; and when the browser has to start its audio process first. */
const AGAIN_WITHIN = 2000;
const RESTARTED_WITHIN = 8000;
const UTTERANCES = ['Can anybody hear me?', 3000, 'Hello, is anybody there?', 5000, 'Now I can be heard.'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

// Mostly they wait, each in a browser of its own: its microphone is what they are about.
describe('a call', { concurrency: 2 }, () => {
  for (const [name, launch] of [
    ['Chromium', launchChromium],
    ['Firefox', launchFirefox],
  ] as const) {
    it(`in ${name} has the microphone again, in the same connection, when its track is ended`, () =>
      within(launch(), async (browser) => {
        await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
        await call.untilHeard();
        const recovered = await heardAgain(call, () => call.voice.page.evaluate(endTrack), AGAIN_WITHIN);
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

  it('in Chromium goes on in text when the permission is taken away, and in speech when it is given back', () =>
    within(asking(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url);
      const { voice } = call;
      await setPermission(browser, 'denied', voice.opened.url);
      await until(
        'the page is told',
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
      assert.equal((await voice.failures()).length, 1, 'it is told once');

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
        fault: 'the microphone’s permission is taken away in the call',
        injected: 'browser, Browser.setPermission',
        browser: 'Chromium',
        seen,
        told: 'voice-error microphone-lost',
        kept: 'the call, in text',
        recovered: 'button, once it is allowed again',
      });
    }));

  it('in Chromium goes on in text when the microphone is refused that it is to turn on', () =>
    within(asking(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url, { typing: true });
      const { voice } = call;
      await setPermission(browser, 'denied', voice.opened.url);
      await call.press('Turn on microphone');
      await until(
        'the page is told',
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

  it('in Chromium is heard and audible again when the browser’s audio process is killed', () =>
    within(launchChromium(), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
      const { page } = call.voice;
      await call.untilHeard();
      const recovered = await heardAgain(call, () => killAudio(browser), RESTARTED_WITHIN);
      const seen = await visibleText(call.voice);
      // From here on it may answer, but only to what is typed.
      await page.$eval('realtime-voice', (element) => void (element.muted = true));
      await until(
        'the visitor is not heard any more',
        async () => (await call.peer()).heard.rms,
        (rms) => rms < 0.0001,
      );
      await call.answers(true);
      const ear = await hearAssistant(page);
      await call.ask('Can I hear you?');
      const loudest = await ear.loudest();
      assert.ok(loudest > 0.05, `the assistant is audible: ${loudest}`);
      reportFault({
        fault: 'the browser’s audio process dies in the call',
        injected: 'browser, its process is killed',
        browser: 'Chromium',
        seen,
        told: 'nothing',
        kept: 'the call and its connection',
        recovered: `microphone after ${recovered}`,
      });
    }));

  it('in Chromium tells a visitor each time that they speak while muted, and lets them unmute', () =>
    within(hearing(UTTERANCES), async (browser) => {
      await using call = await RunningCall.begin(browser, practice.url);
      const { voice } = call;
      await until(
        'the second utterance was noticed',
        () => call.warnings(),
        ({ length }) => length === 2,
        12_000,
      );
      assert.deepEqual(await call.warnings(), ['muted-speech', 'muted-speech']);
      assert.equal((await call.peer()).heard.speechMs, 0, 'nothing of it was sent');
      const seen = await visibleText(voice);
      assert.match(seen, /^Microphone muted · .*You are speaking while muted\. Turn on microphone$/);
      await call.press('Turn on microphone');
      await until(
        'it is heard',
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

  it('in Chromium tells a visitor whose microphone gives nothing so after ten seconds', () =>
    within(hearing([]), async (browser) => {
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
      // Of silence nobody has to be warned any more while somebody is active.
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

/** Without the switch by which everything is allowed, so that the permission counts. */
async function asking(): Promise<Browser> {
  const browser = await launchChromium({ permission: 'prompt' });
  await setPermission(browser, 'granted');
  return browser;
}

/** With these words in the microphone, and silence after them. */
async function hearing(speech: Speech): Promise<Browser> {
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

/** Runs in the page. */
function endTrack(): void {
  (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.getSenders()[0]!.track!.stop();
}

function localDescription(): string | undefined {
  return (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.localDescription?.sdp;
}

/** @returns how long it took until another track was sent, in the same call and without another offer */
async function heardAgain(call: RunningCall, lose: () => Promise<unknown>, limitMs: number): Promise<string> {
  const { voice } = call;
  const sdp = await voice.page.evaluate(localDescription);
  const before = (await call.sentTrack())!;
  await lose();
  const another = (track: SentTrack | undefined): boolean => track?.readyState === 'live' && track.id !== before.id;
  const again = await timed(() => until('another microphone is sent', () => call.sentTrack(), another, limitMs));
  await call.untilHeard();
  assert.equal(await voice.page.evaluate(localDescription), sdp, 'nothing was negotiated again');
  assert.deepEqual([await callIdOf(voice), await voice.microphone()], [call.id, { granted: 2, refused: 0 }]);
  assert.deepEqual(
    [await voice.failures(), await voice.detailsOf('voice-end', 'reason'), voice.opened.errors],
    [[], [], []],
  );
  return again;
}

/** The browser starts another when it needs one. */
async function killAudio(browser: Browser): Promise<void> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const audio = processInfo.find(({ type }) => type === 'audio.mojom.AudioService');
  assert.ok(audio, 'sound has a process of its own');
  process.kill(audio.id, 'SIGKILL');
}
