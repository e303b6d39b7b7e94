import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { practiceCalls } from '../e2e/support/practice-calls.js';
import { newSecret, forwardOffer } from '../e2e/support/site.js';
import { until } from '../e2e/support/until.js';
import { startFaultServer } from '../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { assertNothingOpen, found, openPanel, results, runPanel } from './support/checked-page.js';

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
