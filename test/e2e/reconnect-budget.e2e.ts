import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { Answer } from '../support/http-faults.js';
import { dropCall } from './support/practice-calls.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { CALLS, practiceCall, RelayedSite } from './support/relayed-site.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

/** Calls in ten minutes of one conversation, the first one included. */
const MOST_CALLS = 12;

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

describe('a service that ends each session as soon as it has begun', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    it(`is given up in ${name}, after a few calls and not after hundreds`, async () => {
      const browser: Browser = await launch();
      await using site = await RelayedSite.open(practice.url);
      site.server.answer(CALLS, async (request) => endedSoon(site, await site.call(request)));
      const urls = { 'token-url': `${site.server.url}/token`, 'calls-url': `${site.server.url}${CALLS}` };
      await using voice = await openVoicePage(browser, { attributes: { ...urls, muted: '' } });
      await voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
      await voice.untilStates('it is given up', (states) => states.at(-1) === 'failed', 60_000);
      assert.deepEqual(
        (await voice.failures()).map(({ code }) => code),
        ['connection-lost'],
      );
      assert.ok(site.asked.token <= MOST_CALLS, `${site.asked.token} secrets`);
      assert.ok(site.asked.token > 3, 'it was tried');
      await assertNothingAlive(voice);
      const { token } = site.asked;

      // The visitor may try again, and that is one more call with no tries of its own.
      await voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
      await until(
        'it is given up again',
        () => voice.failures(),
        ({ length }) => length === 2,
        60_000,
      );
      assert.ok(site.asked.token <= MOST_CALLS + 1, `${site.asked.token - token} more secrets`);
      reportFault({
        fault: 'the service ends each session as soon as it has begun',
        injected: 'practice server, data channel',
        browser: name,
        seen: 'The connection was lost',
        told: 'voice-error connection-lost',
        kept: 'transcript',
        recovered: 'Try again',
      });
    });
  }
});

/** Answers an offer, and ends the call as soon as it is up. */
async function endedSoon(site: RelayedSite, answer: Answer): Promise<Answer> {
  const id = String(answer.headers?.['location']).split('/').at(-1)!;
  void until(
    'the call is up',
    () => practiceCall(site.practiceUrl, id),
    ({ state }) => state === 'connected',
    5000,
  )
    .then(() => dropCall(site.practiceUrl, id, 'peer'))
    .catch(() => {});
  return answer;
}
