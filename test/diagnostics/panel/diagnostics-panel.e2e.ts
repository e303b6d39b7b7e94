import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { practiceCalls } from '../../e2e/support/practice-calls.js';
import { newSecret, forwardOffer } from '../../e2e/support/site.js';
import { until } from '../../e2e/support/until.js';
import { startFaultServer } from '../../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS, sharedChromium } from '../../support/shared-browsers.js';
import {
  appears,
  assertNothingOpen,
  found,
  openPanel,
  panelDocument,
  results,
  runPanel,
} from '../support/checked-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

const ADDRESS = /\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f]*:[\da-f:]+|\.local\b/i;

describe('with everything in order, the panel', () => {
  for (const [name, launch] of BROWSERS) {
    it(`in ${name} passes, under a strict policy, tells no secret, and leaves nothing open`, async () => {
      const server = await startFaultServer();
      const secrets: string[] = [];
      server.answer('/token', async () => {
        const secret = await newSecret(practice.url);
        secrets.push(secret.value);
        return { body: secret };
      });
      let offer = '';
      server.answer('/calls', (request) => {
        offer = request.body;
        return forwardOffer(practice.url)(request);
      });
      // This Firefox does not support trusted types and logs a warning about the directive.
      const types = `; require-trusted-types-for 'script'; trusted-types realtime-voice-diagnostics`;
      const policy = `default-src 'none'; script-src 'self'; connect-src ${server.url}`;
      const headers = { 'content-security-policy': policy + (name === 'Chromium' ? types : '') };
      const urls = { 'token-url': `${server.url}/token`, 'calls-url': `${server.url}/calls` };
      try {
        await using opened = await openPanel(await launch(), urls, { headers });
        const { page } = opened;
        assert.deepEqual(await opened.alive().then(({ made }) => made['RTCPeerConnection']), undefined);
        const report = await runPanel(page);
        // Without a sound card, no AudioContext of Firefox runs.
        const hears = name === 'Chromium' || found(report, 'audio-output').code === 'heard';
        assert.deepEqual(results(report), [
          'browser passed ok',
          'secure-context passed ok',
          name === 'Chromium' ? 'policy passed ok' : 'policy skipped unknown',
          'permission passed ok',
          hears ? 'microphone passed ok' : 'microphone warning not-measured',
          'token passed ok',
          'calls passed ok',
          'connection passed ok',
          hears ? 'audio-output passed heard' : 'audio-output failed no-output',
        ]);

        const { candidate, protocol, roundTripMs, packetsReceived } = found(report, 'connection').details;
        const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
        const text = await page.$eval('realtime-voice-diagnostics >>> pre', (it) => it.textContent);
        assert.equal(report.version, version);
        assert.ok(text.split('\n')[0]!.endsWith(`, realtime-voice ${version}`), text);
        assert.match(String(candidate), /^(host|prflx)$/);
        assert.equal(protocol, 'udp');
        assert.ok(Number.isInteger(roundTripMs) && Number(packetsReceived) > 0, `${roundTripMs}, ${packetsReceived}`);
        assert.ok(Number(found(report, 'microphone').details['microphones']) > 0);

        await until(
          'the call has ended at the service',
          async () => (await practiceCalls(practice.url)).map(({ state }) => state),
          (states) => states.length > 0 && states.every((state) => state === 'closed'),
        );

        const said = [
          JSON.stringify(report),
          await page.$eval('realtime-voice-diagnostics >>> pre', (it) => it.textContent),
        ];
        const ids = await page.evaluate(() =>
          navigator.mediaDevices
            .enumerateDevices()
            .then((all) => all.flatMap(({ deviceId, label }) => [deviceId, label])),
        );
        const fingerprint = /^a=fingerprint:(.*)$/m.exec(offer)![1]!.trim();
        assert.ok(secrets.length === 1 && fingerprint.length > 50);
        for (const text of said.map((each) => each.replaceAll(report.date, ''))) {
          assert.match(text, /connection/);
          assert.doesNotMatch(text, ADDRESS);
          for (const secret of [...secrets, fingerprint, ...ids.filter((id) => id.length > 8)])
            assert.ok(!text.includes(secret), `${secret} in ${text}`);
        }

        assert.deepEqual(await opened.violations(), []);
        assert.deepEqual(opened.errors, []);
        await assertNothingOpen(opened);
      } finally {
        await server.close();
      }
    });
  }
});

describe('in a browser without WebRTC, the panel', () => {
  for (const [name, launch] of BROWSERS) {
    it(`in ${name} says that the browser is not supported, and asks neither for the microphone nor for a call`, async () => {
      const server = await startFaultServer();
      try {
        const urls = { 'token-url': `${server.url}/token`, 'calls-url': `${server.url}/calls` };
        // As extensions and enterprise policies do it.
        const html = panelDocument(urls).replace('<script', '<script src="/no-webrtc.js"></script><script');
        const routes = { '/no-webrtc.js': { body: 'delete window.RTCPeerConnection;' } };
        await using opened = await openPanel(await launch(), urls, { html, routes });
        server.answer('/token', { body: await newSecret(practice.url) });
        const report = await runPanel(opened.page);
        const { status, code, details } = report.first!;
        assert.deepEqual([report.first!.name, status, code], ['browser', 'failed', 'unsupported']);
        assert.equal(details['missing'], 'RTCPeerConnection');
        for (const each of ['permission', 'microphone', 'calls', 'connection', 'audio-output'] as const)
          assert.deepEqual([found(report, each).status, found(report, each).code], ['skipped', 'depends'], each);
        const text = await opened.page.$eval('realtime-voice-diagnostics >>> [role=status]', (it) => it.textContent);
        assert.match(text, /This browser lacks what a call needs/);
        assert.equal((await opened.alive()).made['getUserMedia'], undefined);
        assert.deepEqual(
          server.requests.filter(({ path }) => path === '/calls'),
          [],
        );
      } finally {
        await server.close();
      }
    });
  }
});

describe("with Chromium's microphone, the panel", () => {
  it('shows its level while it listens', async () => {
    await using opened = await openPanel(await sharedChromium(), {});
    const { page } = opened;
    await page.$eval('realtime-voice-diagnostics', (panel) => void panel.start());
    await appears(page, 'meter');
    const level = await until(
      'the meter shows a level',
      () => page.$eval('realtime-voice-diagnostics >>> meter', (meter) => (meter as HTMLMeterElement).value),
      (value) => value > 0,
    );
    assert.ok(level <= 1, `${level}`);
    await appears(page, '[part=no-button]');
    await page.$eval('realtime-voice-diagnostics', (panel) => panel.stop());
    await assertNothingOpen(opened);
  });
});
