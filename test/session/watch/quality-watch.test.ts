import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import type { QualityDetail, VoiceQualityEvent } from '../../../src/session/events.js';
import { QualityJudge, watchQuality } from '../../../src/session/watch/quality-watch.js';
import { QualityReader, type ConnectionQuality } from '../../../src/transport/connection-quality.js';
import { Clock } from '../../protocol/clock.js';

const GOOD: ConnectionQuality = { roundTripMs: 80, jitterMs: 12, lossPercent: 0.4 };
const LOSSY: ConnectionQuality = { ...GOOD, lossPercent: 5 };

/** What the judge makes of a look each second: `-` a good one, `x` a bad one. */
function judged(looks: string): string {
  const judge = new QualityJudge();
  return [...looks]
    .map((look) => (judge.add(look === 'x' ? LOSSY : GOOD) ? (judge.quality === 'poor' ? 'P' : 'G') : '.'))
    .join('');
}

describe('the judgement of a connection', () => {
  it('is poor after three bad readings of five, and reports that once', () => {
    assert.equal(judged('xxx'), '..P');
    assert.equal(judged('x-x-x'), '....P');
    assert.equal(judged('xxxxxxxx'), '..P.....');
  });

  it('stays good with two bad readings of five', () => {
    assert.equal(judged('xx---xx---x---x'), '...............');
    assert.equal(judged('x----x----x----'), '...............');
  });

  it('is good again after five good readings in a row, and reports that once', () => {
    assert.equal(judged('xxx-----------'), '..P....G......');
    assert.equal(judged('xxx----x-----'), '..P.........G');
  });

  it('does not flicker if every other reading is bad', () => {
    assert.equal(judged('x-'.repeat(30)), '....P'.padEnd(60, '.'));
    assert.equal(judged(`xxx${'----x'.repeat(10)}`), '..P'.padEnd(53, '.'));
  });

  it('takes each value by itself, and just below its limit for good', () => {
    const verdict = (look: Partial<ConnectionQuality>): string => {
      const judge = new QualityJudge();
      for (let second = 0; second < 3; second++) judge.add({ ...GOOD, ...look });
      return judge.quality;
    };
    assert.deepEqual([{ roundTripMs: 401 }, { jitterMs: 31 }, { lossPercent: 1.1 }].map(verdict), [
      'poor',
      'poor',
      'poor',
    ]);
    assert.deepEqual([{ roundTripMs: 400 }, { jitterMs: 30 }, { lossPercent: 1 }].map(verdict), [
      'good',
      'good',
      'good',
    ]);
  });
});

describe('watching the quality of a call', () => {
  let clock: Clock;
  let controller: AbortController;
  let told: QualityDetail[];
  /** So many packets of a hundred have been lost each second. */
  let lost: number;
  const connectionOf = (): { quality(): Promise<ConnectionQuality> } => {
    const total = { packetsReceived: 0, packetsLost: 0 };
    const stats = async (): Promise<RTCStatsReport> => {
      total.packetsReceived += 100 - lost;
      total.packetsLost += lost;
      return new Map([['a', { id: 'a', type: 'inbound-rtp', ...total }]]) as unknown as RTCStatsReport;
    };
    const reader = new QualityReader();
    return { quality: async () => reader.read(await stats()) };
  };
  let host: { signal: AbortSignal; connection: ReturnType<typeof connectionOf>; record: { target: EventTarget } };
  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    told = [];
    lost = 0;
    const target = new EventTarget();
    target.addEventListener('voice-quality', (event) => told.push((event as VoiceQualityEvent).detail));
    host = { signal: controller.signal, connection: connectionOf(), record: { target } };
    watchQuality(host);
  });
  afterEach(() => clock.stop());
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.pass(1000);
      await soon();
    }
  };

  it('dispatches an event with the reading at each change, and no other event', async () => {
    await pass(60);
    assert.deepEqual(told, []);
    lost = 20;
    await pass(10);
    assert.deepEqual(told, [{ quality: 'poor', roundTripMs: 0, jitterMs: 0, lossPercent: 20 }]);
    lost = 0;
    await pass(4);
    assert.equal(told.length, 1);
    await pass(1);
    assert.deepEqual(told.slice(1), [{ quality: 'good', roundTripMs: 0, jitterMs: 0, lossPercent: 0 }]);
  });

  it('starts anew with another connection', async () => {
    await pass(60);
    host.connection = connectionOf();
    lost = 20;
    // Against the counts of the first connection these would be no loss at all.
    await pass(3);
    assert.deepEqual(
      told.map(({ quality, lossPercent }) => [quality, lossPercent]),
      [['poor', 20]],
    );
  });

  it('reports no reading that was under way when the call ended, and makes no more', async () => {
    lost = 20;
    await pass(2);
    clock.pass(1000);
    controller.abort();
    await soon();
    assert.deepEqual(told, []);
    assert.equal(clock.pending, 0);
  });
});
