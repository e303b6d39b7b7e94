import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS, EVERY_BROWSER } from '../support/shared-browsers.js';
import { InterruptedCall } from './support/interrupted-call.js';
import { TOKEN } from './support/relayed-site.js';
import { until } from './support/until.js';

type BrowserName = 'Chromium' | 'Firefox';

/** How soon after the network a lost call is back, in milliseconds. */
const BACK_WITHIN = 3000;
const SOON = { Chromium: BACK_WITHIN, Firefox: BACK_WITHIN };
const EXPIRED = {
  type: 'error',
  error: { type: 'invalid_request_error', code: 'session_expired', message: 'Your session has expired.' },
};
const GHOST = [
  {
    type: 'conversation.item.added',
    previous_item_id: null,
    item: { id: 'ghost', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Boo!' }] },
  },
  { type: 'response.created', response: { id: 'ghost_response', status: 'in_progress' } },
];

interface Loss {
  readonly name: string;
  readonly midSentence: boolean;
  /** Browsers notice it differently. */
  readonly inBoth?: boolean;
  /** Until the connection can be had again. */
  readonly lose: (call: InterruptedCall, practice: PracticeProcess) => Promise<unknown>;
  /** How soon the conversation goes on then, in milliseconds. */
  readonly within: Readonly<Record<BrowserName, number>>;
  /** A practice server of its own, which can be killed. */
  readonly own?: boolean;
  /** Which try is to succeed; when several may fail before the network is back, it does not matter. */
  readonly attempt?: number;
}

const losses: readonly Loss[] = [
  {
    name: 'nothing passes for 28 s',
    midSentence: false,
    inBoth: true,
    lose: async (call) => {
      call.site.relay.blackout(true);
      await pass(28_000);
      call.site.relay.blackout(false);
    },
    within: SOON,
  },
  {
    name: 'the service is killed in mid-sentence and started again',
    midSentence: true,
    own: true,
    lose: async (_, practice) => practice.restart(),
    // Nobody says that it is gone: the browser finds out after up to 9 s, and 10 s more it may heal by itself.
    within: { Chromium: 22_000, Firefox: 22_000 },
    // The server takes a moment to start: the first try may come too early.
  },
  {
    name: 'the service says that the session has expired, and talks on',
    midSentence: true,
    lose: (call) => call.tell([EXPIRED, ...GHOST]),
    within: SOON,
    attempt: 1,
  },
  {
    name: 'the service closes the channel in mid-sentence',
    midSentence: true,
    inBoth: true,
    lose: (call) => call.drop('channel'),
    within: SOON,
    attempt: 1,
  },
  { name: 'the peer goes away', midSentence: false, lose: (call) => call.drop('peer'), within: SOON, attempt: 1 },
];

const patience: Loss = {
  name: 'the token endpoint asks for two seconds of patience',
  midSentence: false,
  lose: async (call) => {
    call.site.server.answer(TOKEN, { status: 429, headers: { 'retry-after': '2' } }, call.site.mint);
    await call.drop('peer');
    await until(
      'it asked too early',
      () => call.site.asked.token,
      (count) => count === 2,
    );
    await pass(1900);
    assert.equal(call.site.asked.token, 2, 'it was asked again too early');
  },
  within: SOON,
  attempt: 2,
};

/** Between the third failure and the next try are 2.7 s, unless the network comes back. */
const online: Loss = {
  name: 'the browser comes online while it waits for the fourth try',
  midSentence: false,
  lose: async (call) => {
    const { site, voice } = call;
    const failing = { status: 503 };
    site.server.answer(TOKEN, failing, failing, failing, site.mint);
    await call.drop('peer');
    await until(
      'three tries have failed',
      () => site.asked.token,
      (count) => count === 4,
    );
    await voice.page.setOfflineMode(true);
    await voice.page.setOfflineMode(false);
  },
  within: { Chromium: 2000, Firefox: 2000 },
  attempt: 4,
};

interface End {
  readonly name: string;
  readonly code: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly token?: { readonly status: number };
  /** Requests to the token endpoint from the beginning. */
  readonly tokens: number;
}

const ends: readonly End[] = [
  { name: 'the token endpoint fails each time', code: 'connection-lost', token: { status: 503 }, tokens: 7 },
  {
    name: 'the token endpoint no longer knows the visitor',
    code: 'token-unauthorized',
    token: { status: 401 },
    tokens: 2,
  },
  { name: 'the page wants no reconnecting', code: 'connection-lost', attributes: { 'no-reconnect': '' }, tokens: 1 },
];

/** It speaks quickly and does not think for long, as nobody listens. */
const HASTE = ['--voice-rate', '350', '--thinking-ms', '20'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(HASTE)));
after(() => practice?.stop());

// Mostly they wait, each in a page and behind a relay of its own. What takes longest comes first.
describe('recovery', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`a conversation in ${name}`, { concurrency: name === 'Chromium' ? 2 : 1 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      // What a server says does not depend on the browser, and only Chromium can be told that it is offline.
      const inFirefox = EVERY_BROWSER ? losses : losses.filter(({ inBoth }) => inBoth);
      for (const loss of name === 'Chromium' ? [...losses, patience, online] : inFirefox) {
        it(`goes on in a new call when ${loss.name}`, async () => {
          const server = loss.own ? await startPractice(HASTE) : practice;
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
        it('goes on in a session that is as the page has changed the last one', async () => {
          await using call = await InterruptedCall.begin(browser, practice.url, false);
          await assertChangesKept(call);
        });
      }
      for (const end of name === 'Chromium' ? ends : []) {
        it(`ends, and can be taken up again, when ${end.name}`, async () => {
          await using call = await InterruptedCall.begin(browser, practice.url, true, end.attributes);
          if (end.token) call.site.server.answer(TOKEN, end.token);
          await call.drop('peer');
          await assertTakenUp(call, end, name);
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
  const tries = detail['attempt'] as number;
  assert.equal(tries, attempt ?? tries);
  assert.equal(detail['resumedEntries'], call.before.length);
  assert.ok((detail['durationMs'] as number) > 0, JSON.stringify(detail));
  // One token for each, and no offer without.
  assert.equal(site.asked.token, 1 + tries);
  assert.deepEqual((await voice.states()).slice(-2), ['reconnecting', 'listening']);
  await call.assertKept();
  await call.assertSameMicrophone();
  const sound = await site.sound(voice);
  await until(
    'sound goes both ways',
    () => site.sound(voice),
    ({ up, down }) => up > sound.up + 10 && down > sound.down + 10,
    5000,
  );
  await call.assertResumed();
  // Long enough for an answer to what was answered already, or for words of the old call.
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
    recovered: `new call at try ${tries}, ${seconds} s after it was given up`,
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
  const before = await until('all of it is in force', settled, (session) =>
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

async function assertTakenUp(
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
