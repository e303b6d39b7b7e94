import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS, sharedChromium } from '../support/shared-browsers.js';
import { keepAudio, playback } from './support/heard-in-page.js';
import { RunningCall, timed, visibleText, type RunningCallOptions, type SentTrack } from './support/running-call.js';
import type { Recorder } from './support/recorder.js';
import { callIdOf } from './support/relayed-site.js';
import { until } from './support/until.js';

const UNKNOWN = 'a-device-that-was-unplugged';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

// These tests mostly wait, each in its own page.
for (const [name, launch] of BROWSERS) {
  describe(`a call in ${name}`, { concurrency: 2 }, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));
    const begin = (options?: RunningCallOptions): Promise<RunningCall> =>
      RunningCall.begin(browser, practice.url, options);

    for (const [fault, injected, properties] of [
      ['the chosen microphone does not exist at the start', 'page, unknown inputDeviceId', { inputDeviceId: UNKNOWN }],
      [
        'no microphone satisfies audioConstraints',
        'page, impossible audioConstraints',
        { audioConstraints: { groupId: { exact: UNKNOWN } } },
      ],
    ] as const) {
      it(`starts with any microphone when ${fault}`, async () => {
        await using call = await begin({ properties });
        assert.equal((await call.sentTrack())!.readyState, 'live');
        assert.deepEqual(await call.voice.microphone(), { granted: 1, refused: 1 });
        await call.assertGoesOn();
        assert.deepEqual(await call.voice.failures(), []);
        const seen = await visibleText(call.voice);
        reportFault({
          browser: name,
          fault,
          injected,
          seen,
          told: 'nothing',
          kept: 'the call, with any microphone',
          recovered: 'at once',
        });
      });
    }

    it('uses any microphone when the newly chosen one does not exist', async () => {
      await using call = await begin();
      const before = (await call.sentTrack())!;
      await call.voice.page.$eval('realtime-voice', (element, id) => void (element.inputDeviceId = id), UNKNOWN);
      const another = (track: SentTrack | undefined): boolean => track?.readyState === 'live' && track.id !== before.id;
      const recovered = await timed(() => until('another track is sent', () => call.sentTrack(), another));
      await call.assertGoesOn();
      assert.deepEqual([await call.voice.microphone(), await call.voice.failures()], [{ granted: 2, refused: 1 }, []]);
      reportFault({
        fault: 'a microphone that does not exist is chosen during the call',
        injected: 'page, unknown inputDeviceId',
        browser: name,
        seen: await visibleText(call.voice),
        told: 'nothing',
        kept: 'the call and its connection',
        recovered: `any microphone after ${recovered}`,
      });
    });

    it('keeps playing when the chosen speaker does not exist', async () => {
      await using call = await begin({ prelude: keepAudio });
      await call.voice.page.$eval(
        'realtime-voice',
        async (element, id) => {
          element.outputDeviceId = id;
          await element.updateComplete;
        },
        UNKNOWN,
      );
      // Time for the browser to refuse it. It reports nothing that could be awaited.
      await pass(300);
      const { at } = await playback(call.voice.page);
      await until(
        'playback continues',
        () => playback(call.voice.page),
        (now) => !now.paused && now.at > at,
        3000,
      );
      await call.assertGoesOn();
      reportFault({
        fault: 'a speaker that does not exist is chosen',
        injected: 'page, unknown outputDeviceId',
        browser: name,
        seen: await visibleText(call.voice),
        told: 'nothing',
        kept: 'the call and its sound',
        recovered: 'at once',
      });
    });
  });
}

describe('a call in Chromium', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));

  it('changes the microphone without a new call or negotiation', async () => {
    await using call = await RunningCall.begin(browser, practice.url, { speaks: true });
    const { page } = call.voice;
    await call.untilHeard();
    const devices = await page.evaluate(async () =>
      (await navigator.mediaDevices.enumerateDevices()).map(({ kind, deviceId }) => ({ kind, deviceId })),
    );
    const microphones = devices.filter(({ kind }) => kind === 'audioinput').map(({ deviceId }) => deviceId);
    assert.ok(microphones.length >= 3, 'the browser has several fake microphones');
    const sdp = await page.evaluate(localDescription);
    for (const deviceId of [microphones[2]!, microphones[1]!]) {
      const before = await page.evaluateHandle(sentTrack);
      await page.$eval('realtime-voice', (element, deviceId) => void (element.inputDeviceId = deviceId), deviceId);
      await until(
        'the new microphone is sent',
        () => call.sentTrack(),
        (track) => track?.deviceId === deviceId,
      );
      assert.equal(await before.evaluate((track) => track.readyState), 'ended', 'the old microphone is released');
      assert.equal((await call.voice.opened.alive()).tracks, 2, 'one microphone, and the copy for the level meter');
    }
    await call.untilHeard();
    assert.deepEqual([await callIdOf(call.voice), await page.evaluate(localDescription)], [call.id, sdp]);
    assert.deepEqual([await call.voice.failures(), call.voice.opened.errors], [[], []]);
  });
});

/** Runs in the page. */
function sentTrack(): MediaStreamTrack {
  return (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.getSenders()[0]!.track!;
}

function localDescription(): string | undefined {
  return (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.localDescription?.sdp;
}
