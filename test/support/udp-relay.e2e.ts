import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { RelayedSite } from '../e2e/support/relayed-site.js';
import { until } from '../e2e/support/until.js';
import type { VoicePage } from '../e2e/support/voice-page.js';
import { startPractice, type PracticeProcess } from './practice-process.js';
import { sharedChromium, sharedFirefox } from './shared-browsers.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

/** Tests of a bad network rely on this: a call cannot bypass the relay. */
describe('a call behind the relay', () => {
  for (const [name, launch] of [
    ['Chromium', sharedChromium],
    ['Firefox', sharedFirefox],
  ] as const) {
    describe(`in ${name}`, { concurrency: 2 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      it('sends all packets through the relay, in both directions', async () => {
        await using site = await RelayedSite.open(practice.url);
        await using voice = await site.converse(browser);
        const { up, down } = await site.sound(voice);
        const { packets } = site.relay;
        assert.ok(packets.up.passed >= up && packets.down.passed >= down, JSON.stringify({ packets, up, down }));

        site.relay.blackout(true);
        // Packets that had already passed the relay.
        await pass(100);
        const before = await site.sound(voice);
        const arrived = { up: packets.up.arrived, down: packets.down.arrived };
        await until(
          'both have sent 30 packets more',
          () => [packets.up.arrived - arrived.up, packets.down.arrived - arrived.down],
          (sent) => Math.min(...sent) > 30,
        );
        assert.deepEqual(await site.sound(voice), before);
      });

      it('loses the share of the sound that the relay drops', async () => {
        await using site = await RelayedSite.open(practice.url);
        await using voice = await site.converse(browser);
        const before = await site.sound(voice);
        const arrived = { up: site.relay.packets.up.arrived, down: site.relay.packets.down.arrived };
        site.relay.loss(30);
        await pass(4000);
        const { up, down } = await site.sound(voice);
        const { packets } = site.relay;
        // A few packets of each direction carry no sound.
        const [went, came] = [
          (up - before.up) / (packets.up.arrived - arrived.up),
          (down - before.down) / (packets.down.arrived - arrived.down),
        ];
        assert.ok(went > 0.55 && went < 0.8 && came > 0.55 && came < 0.8, `${went} went up, ${came} came down`);
      });

      it('has the round trip that the relay adds', async () => {
        await using site = await RelayedSite.open(practice.url);
        await using voice = await site.converse(browser);
        const quick = await roundTrip(voice);
        site.relay.delay(150);
        const slow = await roundTrip(voice);
        // A busy machine adds to both.
        const added = slow - quick;
        assert.ok(slow >= 300 && added > 150 && added < 450, `${slow} ms with 150 ms each way, ${quick} ms without`);
      });
    });
  }
});

/** @returns the fastest of five round trips of an event and its answer, in milliseconds */
function roundTrip({ page }: VoicePage): Promise<number> {
  return page.$eval('realtime-voice', async (element) => {
    const trips: number[] = [];
    while (trips.length < 5) {
      const sent = performance.now();
      const answered = new Promise<void>((resolve) => {
        element.addEventListener('voice-server-event', function listen({ detail }) {
          if (detail.type !== 'input_audio_buffer.cleared') return;
          element.removeEventListener('voice-server-event', listen);
          resolve();
        });
      });
      element.send({ type: 'input_audio_buffer.clear' });
      await answered;
      trips.push(performance.now() - sent);
    }
    return Math.min(...trips);
  });
}
