import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createTokenHandler } from '../../src/server/index.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { EVERY_BROWSER, sharedChromium, sharedFirefox } from '../support/shared-browsers.js';
import { HELLO, SHOWN, SpokenCall, TURN } from './support/spoken-call.js';
import { practiceCalls } from './support/practice-calls.js';
import { routesOf, SERVER_SITES, type ServerSite } from './support/server-sites.js';
import { until } from './support/until.js';

let browsers: { chromium: Browser; firefox: Browser };
before(async () => {
  const [chromium, firefox] = await Promise.all([sharedChromium(), sharedFirefox()]);
  browsers = { chromium, firefox };
});

/** A server's events do not depend on the browser, so only this site is tested in both. */
const IN_BOTH = ['Azure, with a client secret'];

describe('a conversation works', { concurrency: 3 }, () => {
  for (const site of SERVER_SITES) {
    describe(site.name, () => {
      let practice: PracticeProcess;
      before(async () => void (practice = await startPractice(['--as', site.as, '--voice-rate', '350'])));
      after(() => practice?.stop());

      if (EVERY_BROWSER || IN_BOTH.includes(site.name))
        it(`in Chromium, typed and with a tool: ${site.name}`, () => converse(browsers.chromium, site, practice.url));
      it(`in Firefox, typed, spoken and with a tool: ${site.name}`, () =>
        converse(browsers.firefox, site, practice.url, true));
    });
  }
});

async function converse(browser: Browser, site: ServerSite, practiceUrl: string, spoken = false): Promise<void> {
  const answered: string[] = [];
  await using call = await SpokenCall.begin(browser, practiceUrl, {
    attributes: site.attributes(practiceUrl),
    routes: routesOf(site.handlers?.(practiceUrl) ?? {}, answered),
    initialSession: site.initialSession,
  });
  const { voice } = call;
  await call.type('tool', SHOWN);
  assert.deepEqual(
    (await voice.events('voice-tool-call')).map(({ detail }) => detail['name']),
    ['show'],
  );
  if (spoken) {
    await call.hum();
    const [question, answer] = (await voice.transcript()).slice(-2);
    assert.match(question!.text, /^\(\d\.\d s of speech\)$/);
    assert.match(answer!.text, /^Here is what I heard\. \(your voice, \d\.\d s\)$/);
    assert.deepEqual([question!.role, answer!.role], ['user', 'assistant']);
  }
  const { id, items } = await call.atServer();
  assert.equal(await call.callId(), site.tellsCallId ? id : undefined);
  assert.ok(
    items.some(({ content }) => content?.[0]?.text === 'tool'),
    'this is the call of this page',
  );

  await call.hangUp();
  assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
  const turns = spoken ? 2 : 1;
  assert.deepEqual(await voice.states(), ['connecting', 'listening', ...Array(turns).fill(TURN).flat(), 'idle']);
  assert.equal((await voice.transcript()).length, 2 * turns);
  if (!site.hangsUp) return assert.ok(!answered.some((each) => each.startsWith('DELETE')), answered.join());
  await until(
    'the site got the DELETE',
    () => answered,
    (all) => all.includes('DELETE 204'),
  );
}

it('the answer after an interrupted one is audible, if the service reports no playback', async () => {
  const practice = await startPractice(['--as', 'speaches', '--voice-rate', '350']);
  try {
    const attributes = { 'session-url': `${practice.url}/v1/realtime?model=any` };
    await using call = await SpokenCall.begin(browsers.chromium, practice.url, { attributes, prelude: keepSpeakers });
    const { voice } = call;
    await call.say('long story');
    await until(
      'the story has begun',
      () => voice.transcript(),
      (entries) => (entries[1]?.text.length ?? 0) > 20,
    );
    await call.say('hello');
    await until(
      'the next answer is complete',
      () => voice.transcript(),
      (entries) => entries[3]?.status === 'final',
    );
    assert.equal((await voice.transcript())[3]!.text, HELLO);
    const muted = await voice.page.evaluate(() =>
      (window as unknown as { speakers: HTMLAudioElement[] }).speakers.map((speaker) => speaker.muted),
    );
    assert.deepEqual(muted, [false]);
    await voice.untilState('listening');
    await call.hangUp();
  } finally {
    await practice.stop();
  }
});

/** Runs in the page: records the `<audio>` elements that it creates, which are not in the document. */
function keepSpeakers(): void {
  const speakers: HTMLAudioElement[] = [];
  Object.assign(window, { speakers });
  window.Audio = new Proxy(Audio, {
    construct(target, args, newTarget) {
      const speaker = Reflect.construct(target, args, newTarget) as HTMLAudioElement;
      speakers.push(speaker);
      return speaker;
    },
  });
}

/** In Firefox, because its fake microphone hums: muting decides how long the visitor speaks. */
it('a transcription with speaker labels is shown line by line', async () => {
  const practice = await startPractice();
  try {
    const session = {
      type: 'transcription',
      audio: {
        input: { transcription: { model: 'gpt-4o-transcribe-diarize' }, turn_detection: { type: 'server_vad' } },
      },
    };
    const token = createTokenHandler({ apiKey: 'practice', baseUrl: practice.url, session });
    await using call = await SpokenCall.begin(browsers.firefox, practice.url, {
      attributes: { 'token-url': '/api/voice-token' },
      routes: routesOf({ '/api/voice-token': token }),
    });
    const { voice } = call;
    const microphone = (muted: boolean) =>
      voice.page.$eval('realtime-voice', (element, muted) => void (element.muted = muted), muted);
    await microphone(false);
    await until(
      'the server hears speech',
      () => practiceCalls(practice.url),
      (calls) => calls.at(-1)!.heard.speechMs > 1500,
    );
    await microphone(true);
    const [entry] = await until(
      'the transcription is complete',
      () => voice.transcript(),
      (entries) => entries[0]?.status === 'final',
    );
    assert.match(entry!.text, /^A: \((\d\.\d) s of speech\)\nB: \(\1 s of speech\)$/);
    const shown = await voice.page.$$eval('realtime-voice >>> [part~="entry"] .words', (lines) =>
      lines.map((line) => line.textContent),
    );
    assert.deepEqual(shown, [entry!.text]);
    await call.hangUp();
    assert.deepEqual(await voice.states(), ['connecting', 'listening', 'idle']);
    assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
  } finally {
    await practice.stop();
  }
});
