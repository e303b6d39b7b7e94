import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { createSessionHandler } from '../../src/server/index.js';
import { launchChromium } from '../support/browsers.js';
import type { Routes } from '../support/page-server.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { speechWav } from '../support/speech-wav.js';
import { routesOf } from './support/server-sites.js';
import { SESSION_PATH } from './support/session-site.js';
import { SHOWN, SpokenCall, TURN, TYPED, type ServerCall } from './support/spoken-call.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const SESSION = {
  type: 'live',
  model: 'any',
  delegation: { type: 'responses', responses: { model: 'any', tools: [] } },
};
const ATTRIBUTES = { 'session-url': SESSION_PATH };
/** The practice server recognises no words. It sends dots during the speech and its length at the end. */
const HEARD = /^(… )*\(\d\.\d s of speech\)$/;
const REPEATED = /^Here is what I heard\. \(your voice, \d\.\d s\)$/;

/** A site that mounts the package's session handler. `beforeHangUp` holds back the hang-up by the site. */
function liveSite(practiceUrl: string, answered?: string[], beforeHangUp?: () => Promise<unknown>): Routes {
  const handler = createSessionHandler({ apiKey: 'practice', baseUrl: practiceUrl, session: SESSION, limiter: false });
  const held = async (request: Request): Promise<Response> => {
    if (request.method === 'DELETE') await beforeHangUp?.();
    return handler(request);
  };
  return routesOf({ [SESSION_PATH]: held }, answered);
}

const begin = (browser: Browser, { url }: PracticeProcess, routes = liveSite(url)): Promise<SpokenCall> =>
  SpokenCall.begin(browser, url, { attributes: ATTRIBUTES, routes });

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350'])));
after(() => practice?.stop());

it('GPT-Live answers recorded speech', async () => {
  const wav = await speechWav('I am looking for a blue armchair.', { leadMs: 2500 });
  const browser = await launchChromium({ wav });
  try {
    await using voice = await openVoicePage(browser, { attributes: ATTRIBUTES, routes: liveSite(practice.url) });
    await voice.press('start-button');
    const states = ['connecting', 'listening', 'speaking', 'listening'];
    await until(
      'the turn is over',
      () => voice.states(),
      ({ length }) => length >= states.length,
    );
    assert.deepEqual(await voice.states(), states);
    await assertHeard(voice);
    const [first] = await voice.events('voice-server-event');
    assert.equal(first!.detail['type'], 'session.started');
    const selector = 'realtime-voice >>> [part~="entry"] .words';
    const shown = await voice.page.$$eval(selector, (lines) => lines.map((line) => line.textContent));
    const texts = (await voice.transcript()).map(({ text }) => text);
    assert.deepEqual(shown, texts);
    await voice.press('end-button');
    assertClean(voice, await voice.failures());
  } finally {
    await browser.close();
  }
});

describe('GPT-Live', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`in ${name}`, { concurrency: 2 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      it('receives nothing while the microphone is muted', () => muting(browser));
      it('answers typed text and calls a tool of the page', () => typing(browser));
      it('is informed of a hang-up by the page and by the site', () => hangingUp(browser));
      it('continues in a new session after one has expired', () => expiring(browser));
      if (name === 'Firefox') return;

      // These depend only on the events, not on the browser.
      it('continues in a new session before one expires', () => rollingOver(browser));
      it('returns to listening when its backend has no answer', () => keepingSilent(browser));
      it('ends the call when the site hangs up', () => hungUp(browser));
    });
  }
});

async function muting(browser: Browser): Promise<void> {
  await using call = await begin(browser, practice);
  const { voice } = call;
  const server = (what: string, enough: (call: ServerCall) => boolean) => until(what, () => call.atServer(), enough);
  const { heard } = await server('the server knows that the page is muted', ({ muted }) => muted === true);
  assert.equal(heard.speechMs, 0);
  await call.mute(false);
  await server('the server hears speech', ({ heard, muted }) => !muted && heard.speechMs > 100);
  await call.mute(true);
  await server('the page is muted again', ({ muted }) => muted === true);
  // The track is silent too, so privacy does not depend on the service.
  await server('no more audio arrives', ({ heard }) => heard.rms < 0.001);
  assert.deepEqual(
    await sentControls(call),
    ['mute', 'unmute', 'mute'].map((each) => `session.input_audio.${each}`),
  );
  // Muting ends the visitor's turn.
  await until(
    'the turn is answered',
    () => voice.transcript(),
    (entries) => entries.at(-1)?.role === 'assistant' && entries.at(-1)?.status === 'final',
  );
  await assertHeard(voice);
  await call.hangUp();
  assertClean(voice, await voice.failures());
}

async function typing(browser: Browser): Promise<void> {
  await using call = await begin(browser, practice);
  const { voice } = call;
  await call.type('blue', TYPED);
  await call.type('tool', SHOWN);
  assert.deepEqual(
    (await voice.events('voice-tool-call')).map(({ detail }) => detail['name']),
    ['show'],
  );
  await call.hangUp();
  assert.deepEqual(await voice.states(), ['connecting', 'listening', ...TURN, ...TURN, 'idle']);
  assertClean(voice, await voice.failures());
}

async function keepingSilent(browser: Browser): Promise<void> {
  await using call = await begin(browser, practice);
  const { voice } = call;
  await call.say('silence');
  await until(
    'the state has been thinking',
    () => voice.states(),
    (states) => states.includes('thinking'),
  );
  await voice.untilState('listening');
  await call.type('blue', TYPED);
  await call.hangUp();
  assertClean(voice, await voice.failures());
}

async function hangingUp(browser: Browser): Promise<void> {
  const answered: string[] = [];
  let id = '';
  // Both leave the page at the same time. The site's would end the call before the page's is read, now and then.
  const pageHasHungUp = (): Promise<string[]> =>
    until(
      'the last client event of the page hangs up',
      () => sentControls(call, id),
      (sent) => sent.at(-1) === 'session.close',
    );
  await using call = await begin(browser, practice, liveSite(practice.url, answered, pageHasHungUp));
  ({ id } = await call.atServer());
  assert.match(id, /^live_/);
  await call.hangUp();
  await until(
    'the site got the DELETE',
    () => answered,
    (all) => all.includes('DELETE 204'),
  );
  assertClean(call.voice, await call.voice.failures());
}

async function hungUp(browser: Browser): Promise<void> {
  await using call = await begin(browser, practice);
  const { voice } = call;
  // As the site's own server could. The id alone does not end a call at the session endpoint.
  const hangUp = `${practice.url}/v1/live/sessions/${await call.callId()}/hangup`;
  const { ok } = await fetch(hangUp, { method: 'POST', headers: { Authorization: 'Bearer practice' } });
  assert.ok(ok);
  await voice.untilState('idle');
  assert.deepEqual(
    (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
    ['remote'],
  );
  assert.deepEqual(await voice.states(), ['connecting', 'listening', 'idle']);
  assertClean(voice, await voice.failures());
}

async function expiring(browser: Browser): Promise<void> {
  await using call = await begin(browser, practice);
  const { voice } = call;
  await call.type('blue', TYPED);
  const { id } = await call.atServer();
  await call.say('expire');
  await until(
    'the call is restored',
    () => voice.events('voice-reconnect'),
    ({ length }) => length === 1,
  );
  await voice.untilState('listening');
  const states = await voice.states();
  assert.deepEqual(states.slice(states.indexOf('reconnecting')), ['reconnecting', 'listening']);
  await assertGoesOn(call, id);
}

async function rollingOver(browser: Browser): Promise<void> {
  const short = await startPractice(['--voice-rate', '350', '--session-seconds', '16']);
  try {
    await using call = await begin(browser, short);
    const { voice } = call;
    await call.type('blue', TYPED);
    const { id } = await call.atServer();
    await until(
      'a new session has taken over',
      () => call.callId(),
      (callId) => callId !== id,
    );
    await until(
      'the first session has ended',
      () => call.atServer(id),
      ({ state }) => state === 'closed',
    );
    assert.deepEqual(await voice.states(), ['connecting', 'listening', ...TURN]);
    await assertGoesOn(call, id);
  } finally {
    await short.stop();
  }
}

/** The transcript is kept; the new session has it, and answers. */
async function assertGoesOn(call: SpokenCall, before: string): Promise<void> {
  const { voice } = call;
  const kept = (await voice.transcript()).map(({ text }) => text);
  assert.deepEqual(kept.slice(0, 2), ['blue', TYPED]);
  await call.type('tool', SHOWN);
  assert.deepEqual(
    (await voice.transcript()).map(({ text }) => text),
    [...kept, 'tool', SHOWN],
  );
  const { id, items } = await call.atServer();
  assert.notEqual(id, before);
  const words = items.flatMap(({ content = [] }) => content.map(({ text }) => text));
  assert.deepEqual(words.slice(0, kept.length + 1), [...kept, 'tool']);
  await call.hangUp();
  assertClean(voice, await voice.failures());
}

async function assertHeard(voice: VoicePage): Promise<void> {
  const [user, assistant] = await voice.transcript();
  assert.deepEqual([user!.role, user!.source, user!.status], ['user', 'speech', 'final']);
  assert.match(user!.text, HEARD);
  assert.deepEqual([assistant!.role, assistant!.source, assistant!.status], ['assistant', 'speech', 'final']);
  assert.match(assistant!.text, REPEATED);
}

/** The client events that mute, unmute or close the session. */
async function sentControls(call: SpokenCall, id?: string): Promise<string[]> {
  const { clientEvents } = await call.atServer(id);
  return clientEvents.map(({ type }) => type).filter((type) => /^session\.(input_audio|close)/.test(type));
}

function assertClean({ opened }: VoicePage, failures: readonly unknown[]): void {
  assert.deepEqual([failures, opened.errors, opened.console], [[], [], []]);
}
