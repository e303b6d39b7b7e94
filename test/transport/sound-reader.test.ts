import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SoundReader } from '../../src/transport/sound-reader.js';

const report = (...entries: readonly object[]): RTCStatsReport =>
  new Map(entries.map((entry, index) => [String(index), entry])) as unknown as RTCStatsReport;
const inbound = (totalAudioEnergy: number, totalSamplesDuration: number): object => ({
  type: 'inbound-rtp',
  kind: 'audio',
  totalAudioEnergy,
  totalSamplesDuration,
});
const source = (totalAudioEnergy: number, totalSamplesDuration: number): object => ({
  type: 'media-source',
  kind: 'audio',
  totalAudioEnergy,
  totalSamplesDuration,
});

describe('the loudness of a connection', () => {
  it('is that since the last look', () => {
    const reader = new SoundReader();
    assert.deepEqual(reader.read(report(inbound(0.01, 1), source(0.09, 1))), { sent: 0.3, received: 0.1 });
    assert.deepEqual(reader.read(report(inbound(0.01, 2), source(0.09, 2))), { sent: 0, received: 0 });
    const { received, sent } = reader.read(report(inbound(0.05, 3), source(0.09, 3)));
    assert.deepEqual([received.toFixed(3), sent], ['0.200', 0]);
  });

  it('is none where the browser measures none', () => {
    const reader = new SoundReader();
    for (const entries of [[], [{ type: 'inbound-rtp' }], [{ type: 'media-source' }, { type: 'transport' }]])
      assert.deepEqual(reader.read(report(...entries)), { sent: 0, received: 0 });
  });

  it('is none, and never less or more, when a count begins anew or time stands still', () => {
    const reader = new SoundReader();
    reader.read(report(inbound(5, 100), source(5, 100)));
    assert.deepEqual(reader.read(report(inbound(0, 0), source(0, 0))), { sent: 0, received: 0 });
    assert.deepEqual(reader.read(report(inbound(0, 0), source(1, 0))), { sent: 0, received: 0 });
    for (const hostile of [NaN, Infinity, -1, 'loud', null]) {
      const { received } = reader.read(report(inbound(hostile as number, 1)));
      assert.ok(received >= 0 && Number.isFinite(received), `${hostile}: ${received}`);
    }
  });
});
