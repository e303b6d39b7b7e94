import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/browsers.js';
import { openPage } from '../support/page.js';
import { type PracticeProcess, startPractice } from '../support/practice-process.js';
import { callTasks, loadElement } from './support/call-tasks.js';
import { blocksDuring } from './support/script-blocks.js';
import { type Counted, WatchedPage } from './support/watched-page.js';

/** Chromium counts layouts. Nothing here is a duration: those are in test/bench/page-cost.ts. */
describe('what the element makes the browser do', () => {
  let browser: Browser;
  let watched: WatchedPage;
  before(async () => void (browser = await launchChromium()));
  after(() => browser?.close());
  beforeEach(async () => void (watched = await WatchedPage.open(browser)));
  afterEach(() => watched?.close());

  const NOTHING: Counted = { layouts: 0, recalculations: 0, writes: 0, frames: 0, timers: 0, delays: [], readings: 0 };

  it('without a call: nothing, in 30 frames of the page', async () => {
    await watched.show('idle');
    assert.deepEqual(await watched.during(30), NOTHING);
  });

  it('after a call: nothing', async () => {
    await watched.show('ended');
    assert.deepEqual(await watched.during(30), NOTHING);
  });

  it('in a call whose levels do not change: the meter reads them, and writes, lays out and draws nothing', async () => {
    for (const state of ['listening', 'speaking', 'muted', 'typed only']) {
      await watched.show(state);
      await watched.untilStill();
      const { readings, timers, delays, ...rest } = await watched.during(30);
      assert.deepEqual(rest, { layouts: 0, recalculations: 0, writes: 0, frames: 0 }, state);
      assert.ok(readings > 1 && timers > 1, `${state}: ${readings} readings, ${timers} timers`);
      assert.deepEqual(delays, [100], state);
    }
  });

  it('while both meters move: it writes once after each timer of 60 ms, and never lays out', async () => {
    await watched.show('speaking');
    await watched.moveLevels();
    const since = performance.now();
    const { layouts, recalculations, writes, frames, timers, delays, readings } = await watched.during(60);
    // Assistive technology is told twice a second, which reads a level once more, and may write in a frame of its own.
    const told = Math.ceil((performance.now() - since) / 500);
    assert.deepEqual([layouts, delays], [0, [60]]);
    assert.ok(writes > 5, `${writes} writes`);
    for (const count of [frames, timers, readings]) {
      assert.ok(Math.abs(count - writes) <= 2 + told, `${writes} writes, but ${[frames, timers, readings]}`);
    }
    assert.ok(recalculations <= writes + 2 + told, `${recalculations} style recalculations`);
  });

  it('while the bars move: each of them is moved by the compositor, and nothing is painted', async () => {
    await watched.show('speaking');
    await watched.untilSaid();
    await watched.moveLevels();
    await watched.during(10);
    assert.deepEqual(await watched.paintedIn(30), []);
  });

  it('while the meter is off the screen: no timer and no frame; back on the screen it goes on', async () => {
    await watched.show('speaking');
    await watched.moveLevels();
    await watched.scrollAway();
    assert.deepEqual(await watched.during(30), NOTHING);
    await watched.scrollBack();
    const { writes } = await watched.during(60);
    assert.ok(writes > 5, `${writes} writes`);
  });

  it('20 elements: one layout each at most, and one listener each on window', async () => {
    assert.deepEqual(await watched.globalListeners(), {});
    const layouts = await watched.showIdle(20);
    assert.ok(layouts <= 21, `${layouts} layouts`);
    assert.deepEqual(await watched.globalListeners(), { 'Window storage': 20 });
    assert.deepEqual(await watched.during(30), NOTHING);
  });

  it('an idle element: 64 elements at most', async () => {
    await watched.show('idle');
    const count = await watched.page.$eval(
      'scripted-voice',
      ({ shadowRoot }) => shadowRoot!.querySelectorAll('*').length,
    );
    assert.ok(count <= 64, `${count} elements`);
  });
});

/**
 * A task is long when it takes more than 50 ms, which depends on the machine: test/bench/page-cost.ts measures it. What
 * makes a task long does not depend on it: code that runs, elements whose style is computed, and layouts that a script
 * waits for.
 */
describe('the tasks of a call', () => {
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

  it('are short: each computes few styles, and hardly any script waits for a layout', async () => {
    const { load, start, conversation } = await callTasks(browser, practice.url);
    for (const { forcedLayouts, restyled } of [...load, ...start]) {
      // The focused button is removed, and the focus moves to Mute: each lays out the card.
      assert.ok(forcedLayouts <= 3 && restyled <= 60, `${forcedLayouts} layouts, ${restyled} styles at the start`);
    }
    for (const { calls, forcedLayouts, restyled } of conversation) {
      const messages = Math.max(1, calls);
      const seen = `${forcedLayouts} layouts, ${restyled} styles in ${calls} calls`;
      assert.ok(forcedLayouts <= 2 * messages && restyled <= 60 * messages, seen);
    }
  });

  it('to load and draw the first element, 8,400 blocks of code run at most', async () => {
    await using opened = await openPage(browser, { script: 'none' });
    const blocks = await blocksDuring(opened.page, () => opened.page.evaluate(loadElement));
    assert.ok(blocks > 1_000 && blocks <= 8_400, `${blocks} blocks`);
  });
});
