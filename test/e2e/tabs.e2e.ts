import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { openTab } from '../support/tabs.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import { until } from './support/until.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('a call that is started in another tab of the site', () => {
  for (const [name, launch] of BROWSERS) {
    it(`ends the one that runs in ${name}, which says so`, async () => {
      await using call = await RunningCall.begin(await launch(), practice.url);
      const { voice } = call;
      const second = await anotherTab(call);
      await start(second);
      await until(
        'the first call ends',
        () => voice.detailsOf('voice-end', 'reason'),
        ([reason]) => reason === 'stopped',
        3000,
      );
      await voice.untilState('idle');
      const seen = await visibleText(voice);
      assert.match(seen, /^Call ended · .*Another call has started\.$/);
      await assertNothingAlive(voice);
      await call.untilClosed();
      assert.equal(await stateOf(second), 'listening');

      // And back: what started last goes on.
      await call.press('Start again');
      await voice.untilState('listening');
      await until('the second call ends', async () => (await stateOf(second)) === 'idle', Boolean, 3000);
      assert.equal(await voice.state(), 'listening');
      assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
      await second.close();
      reportFault({
        fault: 'a call is started in another tab of the site',
        injected: 'browser, two tabs',
        browser: name,
        seen,
        told: 'voice-end stopped',
        kept: 'the transcript',
        recovered: 'button',
      });
    });

    it(`is one of many in ${name}: of calls that start together one is left`, async () => {
      await using call = await RunningCall.begin(await launch(), practice.url);
      const tabs = [await anotherTab(call), await anotherTab(call), await anotherTab(call)];
      await Promise.all(tabs.map((tab) => tab.$eval('realtime-voice', (it) => void it.start().catch(() => {}))));
      const running = async (): Promise<string[]> =>
        (await Promise.all([call.voice.page, ...tabs].map(stateOf))).filter((state) => state !== 'idle');
      await until('one call is left', running, (states) => states.length === 1 && states[0] === 'listening');
      for (const tab of tabs) await tab.close();
    });
  }

  it('is no concern of a page that waits, nor of another site', async () => {
    const browser: Browser = await BROWSERS[0]![1]();
    await using call = await RunningCall.begin(browser, practice.url, { prelude: countChannels });
    await using other = await RunningCall.begin(browser, practice.url);
    assert.deepEqual([await call.voice.state(), await other.voice.state()], ['listening', 'listening']);
    const waiting = await anotherTab(call);
    assert.equal(await channels(waiting), 0, 'a page that nobody has asked for anything listens to nothing');
    assert.equal(await channels(call.voice.page), 1);
    await call.voice.page.$eval('realtime-voice', (element) => element.stop());
    await until(
      'it listens no longer',
      () => channels(call.voice.page),
      (count) => count === 0,
    );
    await waiting.close();
  });

  it('says nothing that could harm: what others write into the channel ends no call', async () => {
    await using call = await RunningCall.begin(await BROWSERS[0]![1](), practice.url);
    await call.voice.page.evaluate(() => {
      const channel = new BroadcastChannel('realtime-voice');
      const deep: unknown[] = [];
      for (const message of [null, 0, '', 'start', [], {}, { at: 'now' }, { at: NaN }, { at: -1 }, { at: 0 }, deep])
        channel.postMessage(message);
      channel.close();
    });
    await call.assertGoesOn();
  });
});

/** Of the same page, as the visitor opens a second tab. */
async function anotherTab({ voice }: RunningCall): Promise<Page> {
  const page = await openTab(voice.page.browser());
  await page.evaluateOnNewDocument('globalThis.__name ??= (it) => it;');
  await page.evaluateOnNewDocument(countChannels);
  await page.goto(`${voice.opened.url}/`, { waitUntil: 'load' });
  await page.evaluate(async () => {
    await customElements.whenDefined('realtime-voice');
    await document.querySelector('realtime-voice')!.updateComplete;
  });
  return page;
}

function start(page: Page): Promise<void> {
  return page.$eval('realtime-voice', (element) => element.start());
}

function stateOf(page: Page): Promise<string> {
  return page.$eval('realtime-voice', (element) => element.state);
}

/** Runs in the page. */
function countChannels(): void {
  const open = new Set<BroadcastChannel>();
  Object.assign(window, { __channels: () => open.size });
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      open.add(this);
    }
    override close(): void {
      open.delete(this);
      super.close();
    }
  };
}

function channels(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { __channels: () => number }).__channels());
}
