import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchFirefox } from '../support/browsers.js';
import { startFaultServer, type FaultServer } from '../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { ANY_BROWSER } from '../support/shared-browsers.js';
import { aliveIn, assertNothingAlive } from './support/nothing-alive.js';
import { practiceCalls } from './support/practice-calls.js';
import type { Recorder } from './support/recorder.js';
import { issueSecret, forwardOffer } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const CYCLES = 25;

let practice: PracticeProcess;
let server: FaultServer;
/** Receives packets and answers none. */
let silentPeer: Socket;
before(async () => {
  practice = await startPractice();
  server = await startFaultServer();
  server.answer('/never', { hang: true });
  server.answer('/token', issueSecret(practice.url));
  server.answer('/calls', forwardOffer(practice.url));
  silentPeer = createSocket('udp4').bind(0);
  await once(silentPeer, 'listening');
  const candidate = `$1 ${silentPeer.address().port}`;
  server.answer(
    '/calls/silent',
    forwardOffer(practice.url, (sdp) => sdp.replace(/^(a=candidate:\S+ \d \w+ \d+ \S+) \d+/gm, candidate)),
  );
});
after(async () => {
  silentPeer?.close();
  await server?.close();
  await practice?.stop();
});

interface Step {
  readonly name: string;
  readonly token: string;
  readonly calls: string;
  /** Waits until the start has reached this step. */
  reached(voice: VoicePage): Promise<unknown>;
}

const requested = (path: string) => (): Promise<unknown> =>
  until(`${path} is requested`, () => server.requests.some((request) => request.path === path && !request.aborted));

const steps: readonly Step[] = [
  { name: 'the token', token: '/never', calls: '/calls', reached: requested('/never') },
  { name: 'the answer to the offer', token: '/token', calls: '/never', reached: requested('/never') },
  {
    name: 'the media connection',
    token: '/token',
    calls: '/calls/silent',
    reached: ({ page }) =>
      until(
        'ICE is checking',
        () => page.evaluate(iceState),
        (state) => state === 'checking',
      ),
  },
];

for (const [name, launch] of ANY_BROWSER) {
  describe(`stop() in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));

    for (const { name, token, calls, reached } of steps) {
      it(`while the start waits for ${name} releases everything`, async () => {
        await using voice = await openAt(browser, token, calls);
        await voice.key('start-button');
        await reached(voice);
        await until(
          'the microphone is granted',
          () => voice.microphone(),
          ({ granted }) => granted === 1,
        );
        const { tracks, peers } = await aliveIn(voice);
        assert.ok(tracks > 0 && peers === 1, 'microphone and connection existed');
        await assertStops(voice);
      });
    }

    it('before the microphone is granted stops its track', async () => {
      await using voice = await openAt(browser, '/token', '/calls');
      // In one task, so that the browser cannot have answered yet.
      await voice.page.$eval('realtime-voice', (element) => {
        element.start().catch(() => {});
        element.stop();
      });
      await until(
        'the microphone is granted nevertheless',
        () => voice.microphone(),
        ({ granted }) => granted === 1,
      );
      await assertStopped(voice);
    });

    it('and start() called by a listener of the first start make one call', async () => {
      await using voice = await openAt(browser, '/token', '/calls');
      const outer = await voice.page.$eval('realtime-voice', (element) => {
        const again = (): void => {
          element.stop();
          void element.start();
        };
        element.addEventListener('voice-state-change', again, { once: true });
        return element.start().catch(({ name }: Error) => name);
      });
      assert.equal(outer, 'AbortError');
      await voice.untilState('listening');
      const { made } = await voice.opened.alive();
      assert.deepEqual([made['getUserMedia'], made['RTCPeerConnection']], [1, 1]);
      assert.equal(await stop(voice), 'idle');
      await assertNothingAlive(voice);
      assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
    });

    it(`after each of ${CYCLES} calls releases everything`, async () => {
      await using voice = await openAt(browser, '/token', '/calls');
      const earlier = new Set((await practiceCalls(practice.url)).map(({ id }) => id));
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        await voice.page.$eval('realtime-voice', (element) => element.start());
        assert.equal(await stop(voice), 'idle');
      }
      await assertNothingAlive(voice);
      const { made } = await voice.opened.alive();
      assert.deepEqual(
        [made['getUserMedia'], made['RTCPeerConnection'], made['AudioContext']],
        [CYCLES, CYCLES, CYCLES],
      );
      assert.deepEqual(
        await voice.states(),
        Array.from({ length: CYCLES }, () => ['connecting', 'listening', 'idle']).flat(),
      );
      assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
      const states = async (): Promise<string[]> =>
        (await practiceCalls(practice.url)).filter(({ id }) => !earlier.has(id)).map(({ state }) => state);
      await until(
        'the practice server has seen all of them end',
        states,
        (calls) => calls.length === CYCLES && calls.every((state) => state === 'closed'),
      );
    });
  });
}

// Only Firefox keeps the prompt open; headless Chromium closes it.
it('stop() while Firefox asks for the microphone releases everything', async () => {
  const browser = await launchFirefox({ permission: 'prompt' });
  try {
    await using voice = await openAt(browser, '/token', '/calls');
    await voice.key('start-button');
    // Everything else is ready; the call waits only for the prompt.
    await until(
      'the connection is up',
      () => voice.page.evaluate(iceState),
      (state) => state === 'connected',
    );
    assert.equal(await voice.state(), 'connecting');
    assert.deepEqual(await voice.microphone(), { granted: 0, refused: 0 });
    await assertStops(voice);
  } finally {
    await browser.close();
  }
});

function openAt(browser: Browser, token: string, calls: string): Promise<VoicePage> {
  return openVoicePage(browser, { attributes: { 'token-url': server.url + token, 'calls-url': server.url + calls } });
}

function iceState(): RTCIceConnectionState | undefined {
  return (window as unknown as { __recorder: Recorder }).__recorder.peers[0]?.iceConnectionState;
}

/** Calls stop() and returns the state right after it. */
function stop({ page }: VoicePage): Promise<string> {
  return page.$eval('realtime-voice', (element) => {
    element.stop();
    return element.state;
  });
}

/** Checks that microphone and connection are released when stop() returns, not some time later. */
async function assertStops(voice: VoicePage): Promise<void> {
  const [state, { tracks, peers }] = await voice.page.$eval('realtime-voice', (element) => {
    element.stop();
    return [
      element.state,
      (window as unknown as { __alive(): Awaited<ReturnType<typeof aliveIn>> }).__alive(),
    ] as const;
  });
  assert.deepEqual({ state, tracks, peers }, { state: 'idle', tracks: 0, peers: 0 });
  await assertStopped(voice);
}

async function assertStopped(voice: VoicePage): Promise<void> {
  await assertNothingAlive(voice);
  assert.deepEqual(await voice.states(), ['connecting', 'idle']);
  assert.deepEqual(
    (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
    ['stopped'],
  );
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}
