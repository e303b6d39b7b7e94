import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS, EVERY_BROWSER } from '../support/shared-browsers.js';
import {
  BACK_WITHIN,
  type BrowserName,
  type Loss,
  LOSSES,
  ONLINE_AGAIN,
  RETRY_AFTER,
} from './support/connection-losses.js';
import { InterruptedCall } from './support/interrupted-call.js';
import { TOKEN } from './support/relayed-site.js';
import { until } from './support/until.js';

/** A loss that the call does not survive. */
interface End {
  readonly name: string;
  readonly code: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly token?: { readonly status: number };
  /** The number of requests to the token endpoint, including the first start. */
  readonly tokens: number;
}

const ends: readonly End[] = [
  { name: 'the token endpoint fails each time', code: 'connection-lost', token: { status: 503 }, tokens: 7 },
  {
    name: 'the token endpoint answers 401',
    code: 'token-unauthorized',
    token: { status: 401 },
    tokens: 2,
  },
  { name: 'the element has no-reconnect', code: 'connection-lost', attributes: { 'no-reconnect': '' }, tokens: 1 },
];

/** A practice server that speaks and answers quickly. */
const QUICK = ['--voice-rate', '350', '--thinking-ms', '20'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(QUICK)));
after(() => practice?.stop());

// These tests mostly wait, each with its own page and relay. The longest come first.
describe('recovery', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`a call in ${name}`, { concurrency: name === 'Chromium' ? 2 : 1 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      // A server's events do not depend on the browser, and only Chromium can be put offline.
      const inFirefox = EVERY_BROWSER ? LOSSES : LOSSES.filter(({ inBoth }) => inBoth);
      for (const loss of name === 'Chromium' ? [...LOSSES, RETRY_AFTER, ONLINE_AGAIN] : inFirefox) {
        it(`goes on in a new session when ${loss.name}`, async () => {
          const server = loss.own ? await startPractice(QUICK) : practice;
          try {
            await using call = await InterruptedCall.begin(browser, server.url, loss.midSentence);
            await loss.lose(call, server);
            await assertGoesOn(call, loss, name);
          } finally {
            if (loss.own) await server.stop();
          }
        });
      }
      if (name === 'Chromium' || EVERY_BROWSER) {
        it('keeps the changes that the page made by session.update', async () => {
          await using call = await InterruptedCall.begin(browser, practice.url, false);
          await assertChangesKept(call);
        });
      }
      for (const end of name === 'Chromium' ? ends : []) {
        it(`fails, and can be started again with the same conversation, when ${end.name}`, async () => {
          await using call = await InterruptedCall.begin(browser, practice.url, true, end.attributes);
          if (end.token) call.site.server.answer(TOKEN, end.token);
          await call.drop('peer');
          await assertRestarted(call, end, name);
        });
      }
    });
  }
});

async function assertGoesOn(
  call: InterruptedCall,
  { name, within, attempt }: Loss,
  browser: BrowserName,
): Promise<void> {
  const { voice, site } = call;
  const detail = await call.untilRestored(within[browser]);
  const attempts = detail['attempt'] as number;
  if (attempt) assert.equal(attempts, attempt);
  assert.equal(detail['resumedEntries'], call.before.length);
  assert.ok((detail['durationMs'] as number) > 0, JSON.stringify(detail));
  // One client secret for each attempt.
  assert.equal(site.asked.token, 1 + attempts);
  assert.deepEqual((await voice.states()).slice(-2), ['reconnecting', 'listening']);
  await call.assertKept();
  await call.assertSameMicrophone();
  const sound = await site.sound(voice);
  await until(
    'audio flows in both directions',
    () => site.sound(voice),
    ({ up, down }) => up > sound.up + 10 && down > sound.down + 10,
    5000,
  );
  await call.assertResumed();
  // Time for a second answer to an answered question, or for late text of the old session.
  await pass(1000);
  assert.equal((await voice.transcript()).length, call.before.length);
  assert.equal(await voice.state(), 'listening');
  assert.deepEqual(
    (await voice.detailsOf<{ id: string } | undefined>('voice-server-event', 'item')).filter(
      (item) => item?.id === 'ghost',
    ),
    [],
  );
  await call.ask('Are you still there?');
  await call.assertKept();
  assert.deepEqual([await voice.failures(), await voice.events('voice-end'), voice.opened.errors], [[], [], []]);
  const seconds = ((detail['durationMs'] as number) / 1000).toFixed(1);
  reportFault({
    fault: name,
    injected: 'relay or practice server, in a call',
    browser,
    seen: 'Reconnecting…',
    told: 'voice-reconnect',
    kept: 'transcript, microphone',
    recovered: `new session at attempt ${attempts}, ${seconds} s after the old one was given up`,
  });
}

async function assertChangesKept(call: InterruptedCall): Promise<void> {
  const { voice, site } = call;
  const update = (session: object): Promise<void> =>
    voice.page.$eval(
      'realtime-voice',
      (element, session) => element.send({ type: 'session.update', session: { type: 'realtime', ...session } }),
      session,
    );
  await update({
    instructions: 'Be brief.',
    audio: { input: { turn_detection: { type: 'semantic_vad' } }, output: { speed: 1.1 } },
  });
  await update({ instructions: 'Be rude.', audio: { output: { loudness: 11 } } });
  await update({
    instructions: 'Be quick.',
    max_output_tokens: 99,
    audio: { input: { noise_reduction: { type: 'near_field' } } },
  });
  const settled = async (): Promise<object> => {
    const session = (await site.callOf(voice)).session as object;
    return { ...session, id: undefined, expires_at: undefined };
  };
  const before = await until('all changes are in force', settled, (session) =>
    JSON.stringify(session).includes('Be quick.'),
  );
  for (const part of ['semantic_vad', '"speed":1.1', 'near_field', '"max_output_tokens":99'])
    assert.ok(JSON.stringify(before).includes(part), part);

  await call.drop('peer');
  await call.untilRestored(BACK_WITHIN);
  await call.ask('Are you as you were?');
  assert.deepEqual(await settled(), before);
  await call.assertKept();
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}

async function assertRestarted(
  call: InterruptedCall,
  { name, code, tokens, attributes }: End,
  browser: BrowserName,
): Promise<void> {
  const { voice, site } = call;
  await call.untilFailed(code);
  assert.equal(site.asked.token, tokens);
  assert.equal((await voice.states()).includes('reconnecting'), !attributes);
  await call.assertKept();
  const { tracks, peers } = await voice.opened.alive();
  assert.deepEqual({ tracks, peers }, { tracks: 0, peers: 0 });
  const seen = await voice.page.$eval('realtime-voice >>> [part="status"]', (status) => status.textContent.trim());

  site.server.answer(TOKEN, site.mint);
  await voice.page.$eval('realtime-voice >>> [part~="start-button"]', (button) =>
    (button as HTMLButtonElement).click(),
  );
  await voice.untilState('listening');
  await call.assertKept();
  await call.assertResumed();
  await call.ask('Where were we?');
  await call.assertKept();
  assert.deepEqual([(await voice.failures()).length, voice.opened.errors], [1, []]);
  reportFault({
    fault: name,
    injected: 'practice server, HTTP',
    browser,
    seen,
    told: `voice-error ${code}`,
    kept: 'transcript',
    recovered: 'Try again',
  });
}
