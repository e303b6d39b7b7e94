import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { aliveIn, assertNothingAlive } from './support/nothing-alive.js';
import { type PageMemory, measureMemory } from './support/page-memory.js';
import { practiceCalls } from './support/practice-calls.js';
import { callIdOf } from './support/relayed-site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const CALLS = Number(process.env['CYCLES'] ?? 200);
const RECONNECTS = Number(process.env['RECONNECTS'] ?? 50);
/** The first ones load what stays. */
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
  it(`is as light after ${CALLS} calls as before, and holds nothing of them`, async (test) => {
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
    const before = await lightest(voice);
    for (let n = 0; n < CALLS; n++) await call();
    assert.equal(ids.size, WARM_UP + CALLS);
    await until(
      'the service has seen them end',
      () => openOf(ids),
      ({ length }) => length === 0,
    );
    assertLight(test, before, await lightest(voice), CALLS, 'calls');
    assert.equal(
      (await voice.detailsOf('voice-end', 'reason')).filter((reason) => reason === 'stopped').length,
      WARM_UP + CALLS,
    );
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
  });

  it(`is as light after ${RECONNECTS} reconnects of one call as before`, async (test) => {
    await using call = await RunningCall.begin(browser, practice.url);
    const { voice } = call;
    const reconnect = async (): Promise<void> => {
      const id = await callIdOf(voice);
      await fetch(`${practice.url}/practice/calls/${id}/drop`, {
        method: 'POST',
        body: JSON.stringify({ how: 'channel' }),
      });
      await until(
        'it is in another session',
        () => callIdOf(voice),
        (now) => now !== undefined && now !== id,
      );
      await until(
        'it goes on',
        () => voice.state(),
        (state) => state === 'listening',
      );
      ids.add((await callIdOf(voice))!);
    };
    const ids = new Set<string>([call.id]);
    await call.ask('Are you there?');
    for (let n = 0; n < WARM_UP; n++) await reconnect();
    const [before, alive] = [await measureMemory(voice.page), await aliveIn(voice)];
    for (let n = 0; n < RECONNECTS; n++) await reconnect();
    assert.equal(ids.size, 1 + WARM_UP + RECONNECTS);
    assert.equal((await voice.detailsOf('voice-reconnect', 'attempt')).length, WARM_UP + RECONNECTS);
    // One call with one connection and one microphone, as before.
    // Timeouts and frames come and go in any call.
    const same = ({ tracks, peers, contexts, intervals }: typeof alive): boolean =>
      [tracks, peers, contexts, intervals].join() ===
      [alive.tracks, alive.peers, alive.contexts, alive.intervals].join();
    await until('nothing of the old connections is alive', () => aliveIn(voice), same, 5000);
    assertLight(test, before, await measureMemory(voice.page), RECONNECTS, 'reconnects');
    assert.deepEqual(
      (await voice.transcript()).map(({ text }) => text),
      ['Are you there?', 'You typed: Are you there?'],
    );
    await until(
      'the service has seen the old ones end',
      () => openOf(ids),
      (open) => open.length === 1 && open[0] !== call.id,
    );
    const durations = await voice.detailsOf<number>('voice-reconnect', 'durationMs');
    const seen = await visibleText(voice);
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    await assertNothingAlive(voice);
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
    reportFault({
      fault: `the event channel closes ${RECONNECTS} times in one call`,
      injected: 'service',
      browser: 'Chromium',
      seen,
      told: 'voice-reconnect each time',
      kept: 'the transcript and the microphone',
      recovered: `each within ${(Math.max(...durations) / 1000).toFixed(1)} s`,
    });
  });
});

/** Those of the calls that somebody is in, as far as the service remembers them. A lost goodbye it notices later. */
async function openOf(ids: ReadonlySet<string>): Promise<string[]> {
  const calls = await practiceCalls(practice.url);
  return calls.filter(({ id, state }) => ids.has(id) && state === 'connected').map(({ id }) => id);
}

async function lightest(voice: VoicePage): Promise<PageMemory> {
  await assertNothingAlive(voice);
  // What the recorder of the test keeps of events and connections is not the element's.
  await voice.page.evaluate(() => {
    const { __recorder: recorder } = window as unknown as { __recorder: { peers: RTCPeerConnection[] } };
    recorder.peers.length = 0;
  });
  return measureMemory(voice.page);
}

function assertLight(test: TestContext, before: PageMemory, after: PageMemory, times: number, what: string): void {
  const grown = after.heapBytes - before.heapBytes;
  const more = [
    `${(grown / 1000).toFixed(0)} kB of heap`,
    `${after.listeners - before.listeners} listeners`,
    `${after.nodes - before.nodes} nodes`,
  ];
  test.diagnostic(`${times} ${what}: ${more.join(', ')} more`);
  assert.ok(grown < HEAP_GROWTH, `the heap has grown by ${grown} bytes`);
  // A hint or a notice that is there now and was not before is no leak; one of anything for each would be.
  const leaked = { listeners: after.listeners - before.listeners, nodes: after.nodes - before.nodes };
  assert.ok(Math.max(leaked.listeners, leaked.nodes) < times, `${times} ${what} left ${JSON.stringify(leaked)}`);
}
