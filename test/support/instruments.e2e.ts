import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { accessibilityFaults } from './axe.js';
import { launchChromium, launchFirefox, type BrowserOptions } from './browsers.js';
import { startFaultServer } from './http-faults.js';
import { openPage } from './page.js';
import { speechWav } from './speech-wav.js';

/** The other tests rely on these instruments, so they must detect what they are meant to detect. */
for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`the instruments in ${name}`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));
    after(() => browser?.close());

    it('count the resources that are alive', async () => {
      await using opened = await openPage(browser, { script: 'none', html: '' });
      const { page, alive } = opened;
      await page.evaluate(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const track = stream.getAudioTracks()[0]!;
        const held = { tracks: [track, track.clone()], peer: new RTCPeerConnection(), context: new AudioContext() };
        Object.assign(window, { held, timer: setTimeout(() => {}, 60_000), ticker: setInterval(() => {}, 60_000) });
        localStorage.setItem('a', 'b');
      });
      const { made: _, frames: __, ...during } = await alive();
      assert.deepEqual(during, { tracks: 2, peers: 1, contexts: 1, timeouts: 1, intervals: 1, stored: 1 });
      await page.evaluate(async () => {
        const { held, timer, ticker } = window as unknown as {
          held: { tracks: MediaStreamTrack[]; peer: RTCPeerConnection; context: AudioContext };
          timer: number;
          ticker: number;
        };
        held.tracks.forEach((track) => track.stop());
        held.peer.close();
        clearTimeout(timer);
        clearInterval(ticker);
        localStorage.clear();
        // Without a sound card this promise stays pending in Firefox, though the context is closed at once.
        void held.context.close();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      });
      await page.waitForFunction('__alive().contexts === 0', { polling: 50, timeout: 5000 });
      const { made, ...later } = await alive();
      assert.deepEqual(later, { tracks: 0, peers: 0, contexts: 0, timeouts: 0, intervals: 0, frames: 0, stored: 0 });
      assert.deepEqual(
        [made['getUserMedia'], made['RTCPeerConnection'], made['AudioContext'], made['setInterval']],
        [1, 1, 1, 1],
      );
    });

    it('record policy violations, uncaught errors and requests', async () => {
      const html = '<p style="color: red">red</p><script>setTimeout(() => { throw new Error("inline") })</script>';
      const headers = { 'content-security-policy': "default-src 'self'; connect-src 'none'" };
      await using opened = await openPage(browser, {
        headers,
        html,
        script: 'none',
        routes: { '/seen': { body: 'ok' } },
      });
      const { page } = opened;
      await page.evaluate(async () => {
        await fetch('/seen').catch(() => {});
        void Promise.reject(new Error('nobody caught this'));
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      const violated = (await opened.violations()).map((violation) => violation.split(':')[0]).sort();
      assert.deepEqual(violated, ['connect-src', 'script-src-elem', 'style-src-attr']);
      assert.equal(opened.errors.length, 1);
      assert.match(opened.errors[0]!, /nobody caught this/);
      assert.ok(opened.requests.some(({ method, url }) => method === 'GET' && url === `${opened.url}/`));
    });

    it('open a page of an insecure origin', async () => {
      await using opened = await openPage(browser, { script: 'none', html: '', host: 'insecure.test' });
      assert.deepEqual(await opened.page.evaluate(() => [isSecureContext, 'mediaDevices' in navigator]), [
        false,
        false,
      ]);
    });

    it('find accessibility faults', async () => {
      const tiny = '<button style="width: 9px; height: 9px; padding: 0">a</button>';
      const html = `<img src="/x.png">${tiny}${tiny}`;
      await using opened = await openPage(browser, { script: 'none', html });
      const rules = new Set((await accessibilityFaults(opened.page)).map((fault) => fault.split(':')[0]));
      assert.ok(rules.has('image-alt') && rules.has('target-size'), [...rules].join());
    });

    it('simulate a faulty endpoint', async () => {
      const faults = await startFaultServer();
      try {
        faults.answer('/token', { status: 429, headers: { 'retry-after': '2' } }, { body: { value: 'x' } });
        faults.answer('/cut', { body: 'abcdefghij', truncate: true });
        faults.answer('/hang', { hang: true });
        await using opened = await openPage(browser, { script: 'none', html: '' });
        const seen = await opened.page.evaluate(async (url) => {
          const ask = (path: string, signal?: AbortSignal): Promise<string> =>
            fetch(url + path, {
              method: 'POST',
              headers: { authorization: 'Bearer a' },
              body: 'hi',
              signal: signal ?? null,
            })
              .then(
                async (response) =>
                  `${response.status} ${response.headers.get('retry-after')} ${await response.text()}`,
              )
              .catch((error: Error) => error.name);
          return [
            await ask('/token'),
            await ask('/token'),
            await ask('/cut'),
            await ask('/hang', AbortSignal.timeout(300)),
          ];
        }, faults.url);
        assert.deepEqual(seen, ['429 2 ', '200 null {"value":"x"}', 'TypeError', 'TimeoutError']);
        const got = faults.requests.map(({ path, body, headers }) => `${path} ${body} ${headers.authorization}`);
        assert.deepEqual(
          got,
          ['/token', '/token', '/cut', '/hang'].map((path) => `${path} hi Bearer a`),
        );
        // The server notices it a moment after the page has given up.
        for (let tick = 0; tick < 40 && !faults.requests.at(-1)!.aborted; tick++)
          await new Promise((resolve) => setTimeout(resolve, 50));
        assert.deepEqual(
          faults.requests.map(({ aborted }) => aborted),
          [false, false, true, true],
        );
      } finally {
        await faults.close();
      }
    });
  });

  describe(`the microphone of ${name}`, () => {
    const cases: readonly [string, BrowserOptions][] = [
      ['NotAllowedError', { permission: 'denied' }],
      ['NotFoundError', { noDevice: true }],
    ];
    for (const [expected, options] of cases) {
      it(`${Object.keys(options)[0]}: ${expected}`, async () => {
        const browser = await launch(options);
        try {
          await using opened = await openPage(browser, { script: 'none', html: '' });
          const answer = await opened.page.evaluate(() =>
            navigator.mediaDevices.getUserMedia({ audio: true }).then(
              () => 'granted',
              (error: Error) => error.name,
            ),
          );
          assert.equal(answer, expected);
        } finally {
          await browser.close();
        }
      });
    }
  });
}

it('the fake microphone of Chromium plays a file once, with silence around it', async () => {
  const browser = await launchChromium({ wav: await speechWav('Hello there.', { leadMs: 1000, tailMs: 1000 }) });
  try {
    await using opened = await openPage(browser, { script: 'none', html: '' });
    const levels = await opened.page.evaluate(async () => {
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192 });
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(8192);
      const levels: number[] = [];
      for (let tick = 0; tick < 30; tick++) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        analyser.getFloatTimeDomainData(samples);
        levels.push(Math.max(...samples.map(Math.abs)));
      }
      return levels;
    });
    const loud = levels.map((level) => level > 0.05);
    const [first, last] = [loud.indexOf(true), loud.lastIndexOf(true)];
    assert.ok(
      first >= 3 && last < 24,
      `heard from tick ${first} to ${last} of 30: ${levels.map((level) => level.toFixed(2)).join(' ')}`,
    );
  } finally {
    await browser.close();
  }
});
