import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { watchTraffic } from '../../../src/session/watch/traffic-watch.js';
import { readTraffic } from '../../../src/transport/traffic.js';
import { Clock } from '../../protocol/clock.js';

/** The energy of half a second of sound at a level in dBFS. */
const energyOf = (decibel: number): number => 10 ** (decibel / 10) / 2;

describe('watching what passes through a connection', () => {
  let clock: Clock;
  let controller: AbortController;
  let resets: number;
  let packets: number[];
  let host: {
    traffic: { packets: number; energy: number };
    media: { inputLevel: number };
    tools: { isExecuting: boolean };
  };

  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    resets = 0;
    packets = [];
    host = { traffic: { packets: 0, energy: 0 }, media: { inputLevel: 0 }, tools: { isExecuting: false } };
    watchTraffic({
      ...host,
      signal: controller.signal,
      connection: { traffic: async () => host.traffic },
      limits: { reset: () => (resets += 1) },
      recovery: { packetsReceived: (count) => packets.push(count) },
    });
  });
  afterEach(() => {
    controller.abort();
    assert.equal(clock.pending, 0);
    clock.stop();
  });
  /** Lets half a second pass, in which so much energy comes. */
  const pass = async (energy = 0): Promise<number> => {
    const before = resets;
    host.traffic = { packets: host.traffic.packets + 25, energy: host.traffic.energy + energy };
    clock.pass(500);
    await soon();
    return resets - before;
  };

  it('restarts the idle limit while there is sound, and not for the noise of a room', async () => {
    assert.deepEqual([await pass(), await pass(energyOf(-50)), await pass(energyOf(-40))], [0, 0, 1]);
    assert.equal(await pass(), 0);
  });

  it('goes by the meter where the browser does not count what is sent', async () => {
    host.media.inputLevel = 0.2;
    assert.equal(await pass(), 0);
    host.media.inputLevel = 0.5;
    assert.equal(await pass(), 1);
  });

  it('restarts the idle limit while a tool is at work', async () => {
    host.tools.isExecuting = true;
    assert.equal(await pass(), 1);
  });

  it('hears nothing in a new connection, which counts from 0', async () => {
    await pass(5);
    host.traffic = { packets: 0, energy: 0 };
    assert.equal(await pass(), 0);
  });

  it('tells the recovery of the packets', async () => {
    for (let round = 0; round < 3; round += 1) await pass();
    assert.deepEqual(packets, [25, 50, 75]);
  });

  it('does nothing with a reading that was under way when the call ended', async () => {
    clock.pass(500);
    controller.abort();
    await soon();
    assert.deepEqual([resets, packets], [0, []]);
  });
});

describe('the traffic of a connection', () => {
  const read = (...entries: object[]) =>
    readTraffic(new Map(entries.map((entry, index) => [String(index), entry])) as unknown as RTCStatsReport);

  it('is the packets that were received and the sound of both sides', () => {
    const inbound = { type: 'inbound-rtp', packetsReceived: 7, totalAudioEnergy: 0.5 };
    const remote = { type: 'remote-inbound-rtp', packetsReceived: 100, totalAudioEnergy: 100 };
    assert.deepEqual(read(inbound, remote, { type: 'media-source', totalAudioEnergy: 0.25 }), {
      packets: 7,
      energy: 0.75,
    });
  });

  it('is nothing where the browser counts nothing', () => {
    assert.deepEqual(read(), { packets: 0, energy: 0 });
    assert.deepEqual(read({ type: 'inbound-rtp', packetsReceived: null, totalAudioEnergy: 'loud' }), {
      packets: 0,
      energy: 0,
    });
  });
});
