import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFaultServer } from '../support/http-faults.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

for (const [name, launch] of BROWSERS) {
  describe(`in ${name}, before the visitor reaches for it, the element`, () => {
    it('makes no request, stores nothing and starts no timer', async () => {
      const server = await startFaultServer();
      const browser = await launch();
      try {
        const attributes = {
          'token-url': `${server.url}/token`,
          'calls-url': `${server.url}/calls`,
          greet: '',
          muted: '',
        };
        await using voice = await openVoicePage(browser, { attributes });
        const { page, opened } = voice;
        // The visitor uses the page, but not the element.
        await page.mouse.click(2, 2);
        await page.keyboard.press('PageDown');

        // Without a timer, an animation frame or a request, nothing can happen later.
        const { made, ...alive } = await opened.alive();
        assert.deepEqual(made, {});
        assert.deepEqual(alive, { tracks: 0, peers: 0, contexts: 0, timeouts: 0, intervals: 0, frames: 0, stored: 0 });
        assert.deepEqual(await page.evaluate(storage), { databases: 0, caches: 0, workers: 0 });
        const paths = opened.requests
          .map(({ url }) => url.replace(opened.url, ''))
          .filter((path) => path !== '/favicon.ico');
        assert.deepEqual(paths.sort(), ['/', '/realtime-voice.min.js', '/recorder.js']);
        assert.deepEqual([server.requests, server.preflights], [[], []]);
        assert.deepEqual([await voice.events(), opened.console, opened.errors], [[], [], []]);

        // The counters work: pointing at the button fetches a secret ahead.
        await (await page.$('realtime-voice >>> [part="start-button"]'))!.hover();
        await until(
          'a token is fetched ahead',
          () => server.requests.map(({ path }) => path),
          ([path]) => path === '/token',
        );
        assert.equal((await opened.alive()).made['RTCPeerConnection'], 1);
        assert.equal(await voice.state(), 'idle');
      } finally {
        await server.close();
      }
    });
  });
}

async function storage(): Promise<{ databases: number; caches: number; workers: number }> {
  return {
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}
