import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { reportFault } from '../support/fault-report.js';
import { layoutFaults } from '../support/layout-faults.js';
import { sharedWebKit } from '../support/shared-browsers.js';
import type { WebDriver } from '../support/webdriver.js';
import { WatchedPage } from './support/watched-page.js';

const SENTENCE = 'This browser cannot make voice calls';
const FIX = 'Open this page in Chrome, Firefox or Safari.';

/** This build of WebKit has no RTCPeerConnection, like the browser of a visitor who cannot make calls. */
describe('in a browser without WebRTC', () => {
  let driver: WebDriver;
  before(async () => void (driver = await sharedWebKit()));

  for (const variant of ['inline', 'compact', 'floating']) {
    it(`the ${variant} element reports unsupported and makes no request`, async () => {
      const requests: string[] = [];
      const routes = { '/token': ({ method = '' }) => void requests.push(method) };
      await using page = await WatchedPage.open(driver, {
        html: `<realtime-voice token-url="/token" variant="${variant}"></realtime-voice>`,
        routes,
      });
      assert.equal(
        await driver.evaluate('typeof RTCPeerConnection'),
        'undefined',
        'this WebKit has WebRTC, so the test needs another browser',
      );
      if (variant === 'floating') await page.click('[part="launcher"]');
      await page.click('[part="start-button"]');

      const told = (await page.events('voice-error')).map(
        ({ detail }) => detail['error'] as { code: string; retriable: boolean },
      );
      assert.deepEqual(
        told.map(({ code, retriable }) => ({ code, retriable })),
        [{ code: 'unsupported', retriable: false }],
      );
      assert.deepEqual(
        (await page.events('voice-end')).map(({ detail }) => detail['reason']),
        ['error'],
      );
      const seen = await page.words();
      assert.ok(
        [SENTENCE, FIX].every((text) => seen.includes(text)),
        seen,
      );
      const { state, reflected, custom, parts } = await driver.evaluate(readElement);
      assert.deepEqual({ state, reflected, custom }, { state: 'failed', reflected: 'failed', custom: true });
      // A start would only fail again, and typed text would reach nobody.
      for (const part of ['start-button', 'end-button', 'mute-button', 'text-field', 'send-button'])
        assert.ok(!parts.includes(part), part);

      const { made, stored, timeouts: _, ...alive } = await page.alive();
      assert.deepEqual(alive, { tracks: 0, peers: 0, contexts: 0, intervals: 0, frames: 0 });
      assert.deepEqual([made['getUserMedia'], made['AudioContext'], stored], [undefined, undefined, 0]);
      assert.deepEqual(
        [requests, await driver.evaluate(layoutFaults, 'realtime-voice'), await page.troubles()],
        [[], [], []],
      );
      if (variant === 'inline') {
        reportFault({
          fault: 'the browser has no WebRTC',
          ...{
            injected: 'browser',
            browser: 'WebKit',
            seen: SENTENCE,
            told: 'voice-error unsupported',
            kept: 'no call yet',
            recovered: 'another browser',
          },
        });
      }
    });
  }

  it('each start by script rejects and reports one error', async () => {
    await using page = await WatchedPage.open(driver, { html: '<realtime-voice token-url="/token"></realtime-voice>' });
    const codes = await driver.evaluate(async () => {
      const element = document.querySelector('realtime-voice')!;
      const failure = (error: { code: string }): string => error.code;
      return [await element.start().catch(failure), await element.sendText('Hello').catch(failure)];
    });
    assert.deepEqual(codes, ['unsupported', 'unsupported']);
    assert.equal((await page.events('voice-error')).length, 2);
    assert.deepEqual(await page.troubles(), []);
  });
});

/** Runs in the page. */
function readElement(): { state: string; reflected: string | null; custom: boolean; parts: (string | null)[] } {
  const element = document.querySelector('realtime-voice')!;
  const parts = [...element.shadowRoot!.querySelectorAll('[part]')].map((node) => node.getAttribute('part'));
  return {
    state: element.state,
    reflected: element.getAttribute('state'),
    custom: element.matches(':state(failed)'),
    parts,
  };
}
