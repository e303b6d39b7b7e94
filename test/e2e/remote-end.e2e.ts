import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { dropCall } from './support/practice-calls.js';
import type { Routes } from '../support/page-server.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { SESSION_PATH, sessionRoutes } from './support/session-site.js';
import { siteRoutes, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** What a site answers to a call that it does not want to go on. */
const refusals = [
  { what: '410', status: 410, body: '' },
  { what: '410 with an error', status: 410, body: JSON.stringify({ error: { message: 'The call is over.' } }) },
  { what: '{ "ended": true }', status: 200, body: JSON.stringify({ ended: true }) },
  { what: '{ "ended": true } with 403', status: 403, body: JSON.stringify({ ended: true }) },
];

/** An endpoint in order that can refuse from some moment on. */
class Site {
  /** How often it was asked for a call; the page also has it end calls. */
  asked = 0;
  refusal: { readonly status: number; readonly body: string } | undefined;
  readonly routes: Routes;

  constructor(inOrder: Routes) {
    const [[path, listener]] = Object.entries(inOrder) as [[string, Listener]];
    this.routes = {
      [path]: (request, response) => {
        if (request.method === 'POST') this.asked += 1;
        if (!this.refusal) return listener(request, response);
        const { status, body } = this.refusal;
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      },
    };
  }
}

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('a call that the service ends on purpose', { concurrency: 2 }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`in ${name}`, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      it('is over when it is hung up there: nobody dials again', async () => {
        await using call = await RunningCall.begin(browser, practice.url);
        await call.ask('Can you hear me?');
        await fetch(`${practice.url}/v1/realtime/calls/${call.id}/hangup`, {
          method: 'POST',
          headers: { authorization: 'Bearer practice' },
        });
        await assertEnded(call);
        assert.equal(tokens(call), 1);
        reportFault({
          fault: 'the service hangs up',
          injected: 'practice server, HTTP',
          browser: name,
          seen: await visibleText(call.voice),
          told: 'voice-end remote',
          kept: 'the transcript',
          recovered: 'button',
        });
      });

      for (const { what, ...refusal } of name === 'Chromium' ? refusals : refusals.slice(0, 1)) {
        it(`is over when the session endpoint answers ${what} to a reconnection`, async () => {
          const site = new Site(sessionRoutes(SESSION_PATH, practice.url, []));
          await using call = await RunningCall.begin(browser, practice.url, {
            attributes: { 'session-url': SESSION_PATH },
            routes: site.routes,
          });
          site.refusal = refusal;
          await dropCall(practice.url, call.id, 'peer');
          await assertEnded(call);
          assert.equal(site.asked, 2);
        });

        it(`is over when the token endpoint answers ${what} to a reconnection`, async () => {
          const site = new Site(siteRoutes(practice.url));
          await using call = await RunningCall.begin(browser, practice.url, { routes: site.routes });
          site.refusal = refusal;
          await dropCall(practice.url, call.id, 'peer');
          await assertEnded(call);
          assert.equal(site.asked, 2);
        });
      }
    });
  }

  it('is a failure as ever when a site refuses the first call in these words', async () => {
    for (const { status, body } of refusals.slice(0, 2)) {
      const routes: Routes = { [TOKEN_PATH]: { status, body, headers: { 'content-type': 'application/json' } } };
      const browser = await BROWSERS[0]![1]();
      await using voice = await openVoicePage(browser, RunningCall.page(practice.url, { routes }));
      await voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
      await voice.untilState('failed');
      assert.deepEqual(
        [(await voice.failures()).map(({ code }) => code), await voice.detailsOf('voice-end', 'reason')],
        [['token-failed'], ['error']],
      );
    }
  });
});

async function assertEnded(call: RunningCall): Promise<void> {
  const { voice } = call;
  await until(
    'the call ends',
    () => voice.detailsOf('voice-end', 'reason'),
    ([reason]) => reason === 'remote',
    5000,
  );
  await voice.untilState('idle');
  assert.match(await visibleText(voice), /^Call ended · .*The call was ended\.$/);
  await assertNothingAlive(voice);
  assert.deepEqual([await voice.failures(), await voice.events('voice-reconnect'), voice.opened.errors], [[], [], []]);
}

function tokens({ voice }: RunningCall): number {
  return voice.opened.requests.filter(({ url, method }) => url.endsWith(TOKEN_PATH) && method === 'POST').length;
}
