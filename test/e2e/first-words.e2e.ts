import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { speechWav } from '../support/speech-wav.js';
import { aliveIn, assertNothingAlive } from './support/nothing-alive.js';
import { dropCall } from './support/practice-calls.js';
import { CALLS, RelayedSite, TOKEN } from './support/relayed-site.js';
import { isMicrophone, RunningCall } from './support/running-call.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

/** How long the connection takes, in two parts of milliseconds. The sentence is over by then. */
const DELAYS = { [TOKEN]: 1100, [CALLS]: 1400 };
const SENTENCE = 'Where is my order number forty seven?';
/** How much of it the practice server takes for speech, in milliseconds, when it is spoken in a running call. */
const SPEECH_MS = 1800;

describe('what the visitor says before the call is ready', () => {
  let practice: PracticeProcess;
  let browser: Browser;
  before(async () => {
    const wav = await speechWav(SENTENCE, { leadMs: 100, tailMs: 20_000 });
    [practice, browser] = await Promise.all([startPractice(['--thinking-ms', '20']), launchChromium({ wav })]);
  });
  after(() => Promise.all([browser?.close(), practice?.stop()]));

  it('is heard whole, and after a pause the microphone itself is sent', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    const call = await slow.ready();
    assert.equal(isMicrophone(await call.sentTrack()), false, 'what was kept is sent first');
    const [said] = await until(
      'the sentence is answered',
      () => slow.voice.transcript(),
      ([, answer]) => answer?.status === 'final',
    );
    const seconds = /^\((\d+\.\d) s of speech\)$/.exec(said!.text)?.[1];
    assert.ok(Number(seconds) * 1000 >= SPEECH_MS, `the service heard ${seconds} s`);
    await call.untilMicrophoneSent();
    assert.deepEqual([await slow.voice.failures(), slow.voice.opened.errors], [[], []]);
  });

  it('is dropped when the visitor mutes', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    await slow.untilAsked();
    await slow.voice.page.$eval('realtime-voice', (element) => void (element.muted = true));
    const call = await slow.ready();
    await slow.voice.page.$eval('realtime-voice', (element) => void (element.muted = false));
    await call.untilMicrophoneSent();
    const { heard } = await call.peer();
    await until(
      'a second of sound has arrived',
      () => call.peer(),
      ({ heard: { frames } }) => frames > heard.frames + 100,
    );
    assert.equal((await call.peer()).heard.speechMs, 0);
  });

  it('is dropped when the visitor hangs up', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    await slow.untilAsked();
    await slow.voice.page.$eval('realtime-voice', (element) => element.stop());
    await assertNothingAlive(slow.voice);
  });

  it('is dropped when the visitor hangs up while it is sent', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    assert.equal(isMicrophone(await (await slow.ready()).sentTrack()), false);
    await slow.voice.page.$eval('realtime-voice', (element) => element.stop());
    await assertNothingAlive(slow.voice);
    assert.deepEqual(slow.voice.opened.errors, []);
  });

  it('is dropped when another microphone is chosen', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    const call = await slow.ready();
    assert.equal(isMicrophone(await call.sentTrack()), false);
    // Any microphone is taken instead of one that does not exist.
    await slow.voice.page.$eval('realtime-voice', (element) => void (element.inputDeviceId = 'unplugged'));
    await call.untilMicrophoneSent(1500);
    assert.deepEqual([await slow.voice.failures(), slow.voice.opened.errors], [[], []]);
  });

  it('goes on over the connection that replaces a lost one', async () => {
    await using slow = await SlowStart.begin(browser, practice.url);
    const first = await slow.ready();
    assert.equal(isMicrophone(await first.sentTrack()), false);
    await dropCall(slow.practiceUrl, first.id, 'peer');
    await slow.voice.untilState('reconnecting');
    await slow.voice.untilState('listening');
    const second = await RunningCall.of(slow.voice, slow.practiceUrl);
    assert.notEqual(second.id, first.id);
    await second.untilMicrophoneSent();
    await second.assertGoesOn();
    assert.deepEqual([await slow.voice.failures(), slow.voice.opened.errors], [[], []]);
  });

  it('is not kept with push-to-talk, outside a turn', async () => {
    await using slow = await SlowStart.begin(browser, practice.url, { 'push-to-talk': '' });
    const call = await slow.ready();
    assert.ok(isMicrophone(await call.sentTrack()));
    assert.equal((await aliveIn(slow.voice)).tracks, 2, 'the microphone, and the copy that is measured');
  });
});

/** A call that takes long to begin, while the visitor speaks. */
class SlowStart implements AsyncDisposable {
  readonly voice: VoicePage;
  readonly #site: RelayedSite;

  private constructor(voice: VoicePage, site: RelayedSite) {
    this.voice = voice;
    this.#site = site;
  }

  static async begin(browser: Browser, practiceUrl: string, more: Record<string, string> = {}): Promise<SlowStart> {
    const site = await RelayedSite.open(practiceUrl);
    site.server.answer(TOKEN, async () => ({ ...(await site.mint()), delayMs: DELAYS[TOKEN] }));
    site.server.answer(CALLS, async (request) => ({ ...(await site.call(request)), delayMs: DELAYS[CALLS] }));
    const attributes = { 'token-url': site.server.url + TOKEN, 'calls-url': site.server.url + CALLS, ...more };
    const voice = await openVoicePage(browser, { attributes });
    await (await voice.page.waitForSelector('realtime-voice >>> [part~="start-button"]'))!.click();
    return new SlowStart(voice, site);
  }

  get practiceUrl(): string {
    return this.#site.practiceUrl;
  }

  /** Waits for the request for the answer: by then the visitor has spoken. */
  async untilAsked(): Promise<void> {
    await until('the offer is sent', () => this.#site.asked.calls > 0);
  }

  async ready(): Promise<RunningCall> {
    await this.voice.untilState('listening');
    return RunningCall.of(this.voice, this.practiceUrl);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
    await this.#site.close();
  }
}
