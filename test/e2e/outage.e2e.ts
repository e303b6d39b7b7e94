import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { SilentProxy } from '../support/silent-proxy.js';
import { packetsReceived } from './support/packets-received.js';
import { callIdOf, CALLS, RelayedSite, TOKEN } from './support/relayed-site.js';
import { until } from './support/until.js';
import type { VoicePage } from './support/voice-page.js';

/** The longest time until the next attempt, in milliseconds. */
const ATTEMPT_EVERY = 2000;
/** How long a call takes to be heard on a machine with nothing else to do, with much to spare, in milliseconds. */
const USUAL_START = 1000;
/** Calls in ten minutes of one conversation, the first one included. */
const MOST_CALLS = 12;

/** A site that is behind a network of its own, so that nothing at all passes in an outage. */
class Outage implements AsyncDisposable {
  readonly site: RelayedSite;
  readonly voice: VoicePage;
  readonly #proxy: SilentProxy;

  private constructor(site: RelayedSite, proxy: SilentProxy, voice: VoicePage) {
    this.site = site;
    this.#proxy = proxy;
    this.voice = voice;
  }

  static async begin(browser: Browser, practiceUrl: string): Promise<Outage> {
    const site = await RelayedSite.open(practiceUrl);
    const proxy = await SilentProxy.open(site.server.url);
    // GET, because a POST to another origin has a preflight. Chromium keeps the connection of a preflight that hangs,
    // also when its request was aborted, and has only six of them for each HTTP/1.1 server.
    const urls = { 'token-url': proxy.url + TOKEN, 'token-method': 'GET', 'calls-url': proxy.url + CALLS };
    return new Outage(site, proxy, await site.converse(browser, urls));
  }

  network(isUp: boolean): void {
    this.#proxy.silence(!isUp);
    this.site.relay.blackout(!isUp);
  }

  /** Nothing passes, over UDP or TCP, for so long. */
  async last(ms: number): Promise<void> {
    this.network(false);
    await pass(ms);
    this.network(true);
  }

  /**
   * The assistant is heard again within 3 s of the network, or later by as much as this machine is slower to start a
   * call.
   * @returns how long it took, in ms
   */
  async untilAudible(): Promise<number> {
    const since = performance.now();
    const before = await packetsReceived(this.voice);
    await until(
      'sound comes again',
      () => packetsReceived(this.voice),
      (packets) => packets.some((count, peer) => count > (before[peer] ?? 0) + 10),
      ATTEMPT_EVERY + Math.max(USUAL_START, 2 * this.site.startTook),
    );
    return performance.now() - since;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
    await this.#proxy.close();
    await this.site.close();
  }
}

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('an outage that takes HTTP too', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`in ${name}`, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      it('of 28 s ends with the assistant audible within 3 s, in a new call', async () => {
        await using outage = await Outage.begin(browser, practice.url);
        const { voice, site } = outage;
        const first = await callIdOf(voice);
        await outage.last(28_000);
        const took = await outage.untilAudible();
        await voice.untilState('listening');
        assert.notEqual(await callIdOf(voice), first);
        assert.ok(site.asked.token <= MOST_CALLS, `${site.asked.token} secrets`);
        await assertGoesOn(outage);
        const seconds = (took / 1000).toFixed(1);
        reportFault({
          fault: 'nothing passes for 28 s, neither UDP nor HTTP',
          injected: 'relay and TCP proxy',
          browser: name,
          seen: 'Reconnecting…',
          told: 'voice-reconnect',
          kept: 'transcript, microphone',
          recovered: `audible ${seconds} s after the network`,
        });
      });
    });
  }

  describe('in Firefox, which keeps a connection for longer', () => {
    let browser: Browser;
    before(async () => void (browser = await BROWSERS[1]![1]()));

    it('of 14 s ends in the old call, as soon as its packets come again', async () => {
      await using outage = await Outage.begin(browser, practice.url);
      const { voice, site } = outage;
      const first = await callIdOf(voice);
      await outage.last(14_000);
      await outage.untilAudible();
      await voice.untilStates('it is restored', (states) => states.at(-1) === 'listening', 1500);
      await pass(6000);
      assert.equal(await callIdOf(voice), first);
      assert.equal(site.asked.token, 1, 'nothing was fetched');
      assert.deepEqual((await voice.states()).slice(-2), ['reconnecting', 'listening']);
      await assertGoesOn(outage);
    });

    it('of 20 s ends in one call, and the tries for another are given up', async () => {
      await using outage = await Outage.begin(browser, practice.url);
      const { voice, site } = outage;
      await outage.last(20_000);
      await outage.untilAudible();
      await voice.untilState('listening');
      await pass(3000);
      const { length } = site.server.requests;
      await pass(3000);
      assert.equal(site.server.requests.length, length, 'nobody asks any more');
      assert.equal((await voice.opened.alive()).peers, 1);
      await assertGoesOn(outage);
    });
  });
});

/** One call is left, it hears and answers, and nothing was told that is not so. */
async function assertGoesOn({ voice, site }: Outage): Promise<void> {
  const { length } = await voice.states();
  await voice.page.$eval('realtime-voice', (element) => element.sendText('Are you still there?'));
  await voice.untilStates('it is answered', (states) => states.slice(length).join(' ').endsWith('speaking listening'));
  assert.deepEqual(
    (await voice.transcript()).map(({ role, text, status }) => [role, text, status]),
    [
      ['user', 'Are you still there?', 'final'],
      ['assistant', 'You typed: Are you still there?', 'final'],
    ],
  );
  const { heard } = await site.callOf(voice);
  await until(
    'sound goes out',
    async () => (await site.callOf(voice)).heard.packets,
    (packets) => packets > heard.packets + 10,
  );
  // The one that was replaced sends for a moment more.
  await until(
    'one connection is left',
    async () => (await voice.opened.alive()).peers,
    (peers) => peers === 1,
  );
  assert.deepEqual([await voice.failures(), await voice.events('voice-end'), voice.opened.errors], [[], [], []]);
}
