import assert from 'node:assert/strict';
import { setTimeout as pass } from 'node:timers/promises';
import { moveAbout, moveAway } from './moved-element.js';
import type { RunningCall, RunningCallOptions } from './running-call.js';
import { until } from './until.js';
import { openVoicePage } from './voice-page.js';

/** Something that happens to a page during a call. */
export interface Disturbance {
  readonly fault: string;
  readonly injected: string;
  readonly options?: RunningCallOptions;
  /** Makes it happen. */
  readonly happens: (call: RunningCall) => Promise<unknown>;
  /** What the page is told; default nothing. */
  readonly told?: string;
}

/** Disturbances that a call survives. */
export const DISTURBANCES: readonly Disturbance[] = [
  {
    fault: 'the element is moved about the page',
    injected: 'page, append, insertBefore, moveBefore',
    happens: survives(moveAbout),
  },
  {
    fault: 'the element is moved to another document and back',
    injected: 'page, append to an iframe',
    happens: survives(moveAway),
  },
  {
    fault: 'another tab comes to the front',
    injected: 'browser',
    happens: async ({ voice }) => {
      await using _front = await openVoicePage(voice.page.browser());
      await until('the page is hidden', () => voice.page.evaluate(() => document.hidden));
      await pass(2500);
    },
  },
  {
    fault: 'the script is on the page more than once',
    injected: 'page, as a module and as a classic script',
    happens: async ({ voice: { opened, page } }) => {
      for (const type of ['module', 'text/javascript'])
        await page.addScriptTag({ url: `${opened.url}/realtime-voice.min.js?${type}`, type });
      await until(
        'both are reported',
        () => opened.console,
        ({ length }) => length === 2,
      );
      for (const line of opened.console)
        assert.match(line, /^warn(ing)?: <realtime-voice> [\d.]+ is on this page already/);
    },
    told: 'a warning in the console for each',
  },
  {
    fault: 'the page has frozen RTCPeerConnection',
    injected: 'page, Object.freeze',
    options: { prelude: () => [RTCPeerConnection, RTCPeerConnection.prototype].forEach((it) => Object.freeze(it)) },
    happens: async ({ voice }) =>
      assert.ok(
        await voice.page.evaluate(() =>
          [RTCPeerConnection, RTCPeerConnection.prototype].every((it) => Object.isFrozen(it)),
        ),
      ),
  },
];

/** One more, which only Chromium can be made to do. */
export const FROZEN_PAGE: Disturbance = {
  fault: 'the browser freezes the page for three seconds',
  injected: 'browser, Page.setWebLifecycleState',
  happens: async (call) => {
    const session = await call.voice.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const { heard } = await call.peer();
    await pass(3000);
    assert.ok((await call.peer()).heard.packets > heard.packets + 100, 'audio was sent meanwhile');
    await session.send('Page.setWebLifecycleState', { state: 'active' });
  },
};

/** The element keeps its styles and its call through every move. */
function survives(move: () => Promise<(readonly [string, string])[]>): Disturbance['happens'] {
  return async ({ voice }) => {
    const looks = await voice.page.evaluate(move);
    assert.deepEqual(
      looks,
      looks.map(() => ['20px', 'listening']),
      'it has its styles and its call after each step',
    );
  };
}
