import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { TranscriptEntry } from '../../src/session/index.js';
import { launchChromium } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { speechWav } from '../support/speech-wav.js';
import { launchAudibleChromium, recordOutput, type Output } from './support/audible-chromium.js';
import { Conversation } from './support/conversation.js';
import { keepAudio } from './support/heard-in-page.js';
import { hearAssistant } from './support/page-sound.js';
import { until } from './support/until.js';

const STORY = /^All right, a long story\. (?!.*Thank you for listening)/;

let practice: PracticeProcess;
before(
  async () =>
    void (practice = await startPractice(['--voice-rate', '400', '--thinking-ms', '50', '--lead-ms', '1500'])),
);
after(() => practice?.stop());

describe('in Chromium', () => {
  let browser: Browser;
  let audible: Browser;
  before(async () => {
    const wav = await speechWav('No, wait a moment.', { leadMs: 100 });
    [browser, audible] = await Promise.all([launchChromium({ wav }), launchAudibleChromium()]);
  });
  after(() => Promise.all([browser?.close(), audible?.close()]));

  it('speech interrupts the assistant', () => speakOver(browser, async () => {}));
  it('speech lowers the assistant before the service reacts', () => lowerFirst(browser));
  it('the Interrupt button silences the page before the service reacts', () => pressButton(audible, recordOutput));
  it('interrupt() silences the assistant', () => callMethod(audible, recordOutput));
});

// Without a sound card, Firefox cannot measure sound. Its fake microphone hums, so muting ends a turn.
describe('in Firefox', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedFirefox()));

  it('speech interrupts the assistant', () =>
    speakOver(browser, async (voice) => {
      await voice.untilPeer('speech was heard', ({ heard }) => heard.speechMs > 400);
      await voice.press('mute-button');
    }));
  it('the Interrupt button ends the answer before the service reacts', () => pressButton(browser));
  it('interrupt() stops the assistant', () => callMethod(browser));
});

/** The service detects the visitor's turn and drops the rest of the answer by itself. */
async function speakOver(browser: Browser, finish: (voice: Conversation) => Promise<void>): Promise<void> {
  await using voice = await Conversation.open(browser, practice.url);
  await tellStory(voice);
  const before = (await voice.sent()).length;
  await voice.press('mute-button');
  const [, story] = await until(
    'the answer is interrupted',
    () => voice.transcript(),
    (entries) => entries[1]?.status === 'interrupted',
  );
  const turns = ['connecting', 'listening', 'thinking', 'speaking', 'listening'];
  assert.deepEqual((await voice.states()).slice(0, turns.length), turns);
  await finish(voice);
  await voice.untilState('speaking');
  const [, later, spoken, answer] = await until(
    'the speech is answered',
    () => voice.transcript(),
    (entries) => entries[3]?.status === 'final',
  );
  assert.match(answer!.text, /^Here is what I heard\. \(your voice, \d\.\d s\)$/);
  assert.deepEqual([spoken!.role, spoken!.source], ['user', 'speech']);
  assert.deepEqual((await voice.states()).slice(turns.length), ['thinking', 'speaking']);

  // The text stays as it was, although the service sent the rest of it.
  assert.match(story!.text, STORY);
  assert.deepEqual(later, story);
  const told = (await voice.events('voice-transcript')).map(({ detail }) => detail['entry'] as TranscriptEntry);
  const tellings = told.filter(({ id }) => id === story!.id);
  const cutAt = tellings.findIndex(({ status }) => status === 'interrupted');
  assert.equal(cutAt, tellings.length - 1, 'no event reports the entry after the interruption');
  await assertShownAsInterrupted(voice);
  assert.deepEqual(await voice.sent(before), [], 'no client event was sent');
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}

/** What the page hears itself is faster than the service's report of it. */
async function lowerFirst(browser: Browser): Promise<void> {
  await using voice = await Conversation.open(browser, practice.url, { prelude: keepAudio });
  await tellStory(voice);
  const log = await voice.page.evaluateHandle(recordVolume);
  await voice.press('mute-button');
  await until(
    'the speech is answered',
    () => voice.transcript(),
    (entries) => entries[3]?.status === 'final',
  );
  assert.deepEqual(await log.jsonValue(), ['volume 0.13', 'the service hears the visitor', 'volume 1.00']);
}

function recordVolume(): string[] {
  const log: string[] = [];
  const audio = (window as unknown as { __audios: HTMLAudioElement[] }).__audios.at(-1)!;
  audio.addEventListener('volumechange', () => log.push(`volume ${audio.volume.toFixed(2)}`));
  document.querySelector('realtime-voice')!.addEventListener('voice-server-event', ({ detail: { type } }) => {
    if (type === 'input_audio_buffer.speech_started') log.push('the service hears the visitor');
  });
  return log;
}

/** The service is scripted meanwhile, so it keeps sending audio: only the page itself can cause the silence. */
async function pressButton(browser: Browser, record?: typeof recordOutput): Promise<void> {
  await using voice = await Conversation.open(browser, practice.url);
  await tellStory(voice);
  const output = await record?.(voice.page);
  await output?.untilLoud();
  await voice.script(true);
  const before = (await voice.sent()).length;
  await voice.press('interrupt-button');
  await voice.untilState('thinking');
  await voice.untilPeer('the client events arrive', ({ clientEvents }) => clientEvents.length === before + 2);
  assert.deepEqual(await voice.sent(before), ['response.cancel', 'output_audio_buffer.clear']);
  await output?.untilSilent();
  const incoming = output && (await hearAssistant(voice.page));
  const { sent } = await voice.peer();
  await voice.untilPeer('the service still sends speech', (call) => call.sent.voicedFrames > sent.voicedFrames + 50);
  if (incoming) assert.ok((await incoming.loudest()) > 0.03, 'the page still receives the speech');
  await output?.untilSilent();
  assert.deepEqual(await cleared(voice), []);

  // Now the service handles these events.
  await voice.script(false);
  await voice.page.$eval('realtime-voice', (element) => {
    element.send({ type: 'response.cancel' });
    element.send({ type: 'output_audio_buffer.clear' });
  });
  await voice.untilState('listening');
  await until(
    'the service has dropped the rest',
    () => cleared(voice),
    ({ length }) => length === 1,
  );
  await assertInterrupted(voice);
  await assertNextIsHeard(voice, output);
}

async function callMethod(browser: Browser, record?: typeof recordOutput): Promise<void> {
  await using voice = await Conversation.open(browser, practice.url);
  await tellStory(voice);
  const output = await record?.(voice.page);
  await output?.untilLoud();
  const before = (await voice.sent()).length;
  const state = await voice.page.$eval('realtime-voice', (element) => {
    element.interrupt();
    return element.state;
  });
  assert.equal(state, 'thinking', 'the state changes before the service stops');
  await voice.untilState('listening');
  await output?.untilSilent();
  assert.deepEqual(await voice.sent(before), ['response.cancel', 'output_audio_buffer.clear']);
  await assertInterrupted(voice);
  await assertNextIsHeard(voice, output);
}

/** Asks for the long story and waits until the answer has begun. */
async function tellStory(voice: Conversation): Promise<void> {
  await voice.write('long story');
  await until(
    'the story has begun',
    () => voice.transcript(),
    (entries) => (entries[1]?.text.length ?? 0) > 40,
  );
  await voice.untilState('speaking');
}

async function cleared(voice: Conversation): Promise<unknown[]> {
  return (await voice.events('voice-server-event')).filter(
    ({ detail }) => detail['type'] === 'output_audio_buffer.cleared',
  );
}

async function assertInterrupted(voice: Conversation): Promise<void> {
  const entries = await voice.transcript();
  assert.deepEqual(
    entries.map(({ role, status }) => `${role} ${status}`),
    ['user final', 'assistant interrupted'],
  );
  assert.match(entries[1]!.text, STORY);
  await assertShownAsInterrupted(voice);
  const waits = (button: Element): string | null => button.ariaDisabled;
  assert.equal(await voice.page.$eval('realtime-voice >>> [part="interrupt-button"]', waits), 'true');
}

async function assertShownAsInterrupted({ page }: Conversation): Promise<void> {
  assert.equal(
    await page.$eval('realtime-voice >>> [part~="entry-assistant"] .remark', (line) => line.textContent),
    'cut off',
  );
}

async function assertNextIsHeard(voice: Conversation, output: Output | undefined): Promise<void> {
  const { sent } = await voice.peer();
  await voice.write('go on');
  await voice.untilState('speaking');
  await output?.untilLoud();
  await voice.untilPeer('the service sends speech', (call) => call.sent.voicedFrames > sent.voicedFrames);
  await voice.untilAnswered('go on', /^You typed: go on$/);
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}
