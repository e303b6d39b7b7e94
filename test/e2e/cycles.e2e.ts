import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { aliveIn, assertNothingAlive } from './support/nothing-alive.js';
import { type PageMemory, measureMemory } from './support/page-memory.js';
import { dropCall, practiceCalls } from './support/practice-calls.js';
import { callIdOf } from './support/relayed-site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const CALLS = Number(process.env['CYCLES'] ?? 200);
const RECONNECTS = Number(process.env['RECONNECTS'] ?? 50);
/** Each reconnect within a minute of the last one waits longer, and a call has a budget of them. */
const RECONNECTS_OF_A_CALL = 3;
/** The first calls load code and caches that stay. */
const WARM_UP = 5;
const HEAP_GROWTH = 2_000_000;

let practice: PracticeProcess;
let browser: Browser;
before(async () => {
  practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await practice?.stop();
});

describe('a page', { concurrency: true }, () => {
  it(`holds no more memory after ${CALLS} calls than before`, async (test) => {
    await using voice = await openVoicePage(browser, RunningCall.page(practice.url, { attributes: { muted: '' } }));
    const call = async (): Promise<void> => {
      const id = await voice.page.$eval('realtime-voice', async (element) => {
        await element.start();
        const { callId } = element;
        element.stop();
        return callId;
      });
      ids.add(id!);
    };
    const ids = new Set<string>();
    for (let n = 0; n < WARM_UP; n++) await call();
    const before = await baseline(voice);
    for (let n = 0; n < CALLS; n++) await call();
    assert.equal(ids.size, WARM_UP + CALLS);
    await until(
      'the service has seen all calls end',
      () => openOf(ids),
      ({ length }) => length === 0,
    );
    assertNotGrown(test, before, await baseline(voice), CALLS, 'calls');
    assert.equal(
      (await voice.detailsOf('voice-end', 'reason')).filter((reason) => reason === 'stopped').length,
      WARM_UP + CALLS,
    );
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
  });

  it(`holds no more memory after ${RECONNECTS} reconnects than before`, async (test) => {
    await using call = await RunningCall.begin(browser, practice.url);
    const { voice } = call;
    const reconnect = async (): Promise<void> => {
      const id = await callIdOf(voice);
      await dropCall(practice.url, id, 'channel');
      await until(
        'a new session has taken over',
        () => callIdOf(voice),
        (now) => now !== undefined && now !== id,
      );
      await until(
        'the call goes on',
        () => voice.state(),
        (state) => state === 'listening',
      );
      ids.add((await callIdOf(voice))!);
    };
    const startAgain = async (): Promise<void> => {
      await voice.page.$eval('realtime-voice', async (element) => {
        element.stop();
        await element.start();
      });
      ids.add((await callIdOf(voice))!);
      await call.ask('Are you there?');
    };
    const ids = new Set<string>([call.id]);
    await call.ask('Are you there?');
    for (let n = 0; n < WARM_UP; n++) await reconnect();
    const [before, alive] = [await measureMemory(voice.page), await aliveIn(voice)];
    for (let n = 0; n < RECONNECTS; n++) {
      if (n % RECONNECTS_OF_A_CALL === 0) await startAgain();
      await reconnect();
    }
    assert.equal(ids.size, 1 + WARM_UP + RECONNECTS + Math.ceil(RECONNECTS / RECONNECTS_OF_A_CALL));
    assert.equal((await voice.detailsOf('voice-reconnect', 'attempt')).length, WARM_UP + RECONNECTS);
    // One connection and one microphone, as before. Timeouts and frames vary in any call.
    const same = ({ tracks, peers, contexts, intervals }: typeof alive): boolean =>
      [tracks, peers, contexts, intervals].join() ===
      [alive.tracks, alive.peers, alive.contexts, alive.intervals].join();
    await until('nothing of the old connections is left', () => aliveIn(voice), same, 5000);
    assertNotGrown(test, before, await measureMemory(voice.page), RECONNECTS, 'reconnects');
    assert.deepEqual(
      (await voice.transcript()).map(({ text }) => text),
      ['Are you there?', 'You typed: Are you there?'],
    );
    await until(
      'the service has seen the old connections end',
      () => openOf(ids),
      (open) => open.length === 1 && open[0] !== call.id,
    );
    const durations = await voice.detailsOf<number>('voice-reconnect', 'durationMs');
    const seen = await visibleText(voice);
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    await assertNothingAlive(voice);
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
    reportFault({
      fault: `the data channel closes ${RECONNECTS} times, ${RECONNECTS_OF_A_CALL} in each call`,
      injected: 'service',
      browser: 'Chromium',
      seen,
      told: 'voice-reconnect each time',
      kept: 'the transcript and the microphone',
      recovered: `each within ${(Math.max(...durations) / 1000).toFixed(1)} s`,
    });
  });
});

/** The calls that are still connected, as the service sees them. It notices a lost hang-up only after a while. */
async function openOf(ids: ReadonlySet<string>): Promise<string[]> {
  const calls = await practiceCalls(practice.url);
  return calls.filter(({ id, state }) => ids.has(id) && state === 'connected').map(({ id }) => id);
}

async function baseline(voice: VoicePage): Promise<PageMemory> {
  await assertNothingAlive(voice);
  // The connections that the test's recorder keeps are not the element's.
  await voice.page.evaluate(() => {
    const { __recorder: recorder } = window as unknown as { __recorder: { peers: RTCPeerConnection[] } };
    recorder.peers.length = 0;
  });
  return measureMemory(voice.page);
}

function assertNotGrown(test: TestContext, before: PageMemory, after: PageMemory, times: number, what: string): void {
  const grown = after.heapBytes - before.heapBytes;
  const more = [
    `${(grown / 1000).toFixed(0)} kB of heap`,
    `${after.listeners - before.listeners} listeners`,
    `${after.nodes - before.nodes} nodes`,
  ];
  test.diagnostic(`${times} ${what}: ${more.join(', ')} more`);
  assert.ok(grown < HEAP_GROWTH, `the heap grew by ${grown} bytes`);
  // A notice that is shown now and was not before is no leak. One node or listener for each call would be.
  const leaked = { listeners: after.listeners - before.listeners, nodes: after.nodes - before.nodes };
  assert.ok(Math.max(leaked.listeners, leaked.nodes) < times, `${times} ${what} left ${JSON.stringify(leaked)}`);
}
