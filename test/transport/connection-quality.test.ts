import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QualityReader } from '../../src/transport/connection-quality.js';

type Entry = Readonly<Record<string, string | number | boolean>>;

/** What a browser reports: a map by id. */
const report = (...entries: Entry[]): RTCStatsReport =>
  new Map(entries.map((entry) => [entry['id'], entry])) as unknown as RTCStatsReport;

/** As Chromium 156 reports a call that loses every fifth packet; without fields that say nothing of quality. */
const CHROMIUM = {
  transport: {
    id: 'T01',
    type: 'transport',
    dtlsState: 'connected',
    iceState: 'connected',
    selectedCandidatePairId: 'CP2',
    selectedCandidatePairChanges: 1,
  },
  unused: {
    id: 'CP1',
    type: 'candidate-pair',
    nominated: true,
    writable: false,
    state: 'succeeded',
    currentRoundTripTime: 0.002,
    packetsReceived: 0,
    transportId: 'T01',
  },
  used: {
    id: 'CP2',
    type: 'candidate-pair',
    nominated: true,
    writable: true,
    state: 'succeeded',
    currentRoundTripTime: 0.002,
    packetsReceived: 178,
    transportId: 'T01',
  },
  inbound: {
    id: 'IA',
    type: 'inbound-rtp',
    kind: 'audio',
    jitter: 0.001,
    packetsLost: 46,
    packetsReceived: 168,
    packetsDiscarded: 0,
    audioLevel: 0.00003,
  },
  outbound: { id: 'OA', type: 'outbound-rtp', kind: 'audio', packetsSent: 216, targetBitrate: 32000 },
  /** What the other side says of what it gets: there only after its first report. */
  remoteInbound: {
    id: 'RIA',
    type: 'remote-inbound-rtp',
    kind: 'audio',
    jitter: 0.000645,
    packetsLost: 0,
    fractionLost: 0,
    roundTripTime: 0.001129,
  },
  remoteOutbound: {
    id: 'ROA',
    type: 'remote-outbound-rtp',
    kind: 'audio',
    packetsSent: 111,
    reportsSent: 1,
    roundTripTimeMeasurements: 0,
    totalRoundTripTime: 0,
  },
} satisfies Record<string, Entry>;

/** The same of Firefox 153, which measures the way of its checks in whole milliseconds. */
const FIREFOX = {
  transport: {
    id: 'd4e7',
    type: 'transport',
    dtlsState: 'connected',
    iceState: 'connected',
    selectedCandidatePairId: 'ccd8',
  },
  unused: {
    id: 'b4bf',
    type: 'candidate-pair',
    nominated: false,
    selected: false,
    writable: true,
    state: 'in-progress',
    currentRoundTripTime: 0,
  },
  used: {
    id: 'ccd8',
    type: 'candidate-pair',
    nominated: true,
    selected: true,
    writable: true,
    state: 'succeeded',
    currentRoundTripTime: 0,
  },
  inbound: {
    id: 'e7f0',
    type: 'inbound-rtp',
    kind: 'audio',
    jitter: 0.006,
    packetsLost: 45,
    packetsReceived: 172,
    packetsDiscarded: 0,
    audioLevel: 0,
  },
  outbound: { id: 'e391', type: 'outbound-rtp', kind: 'audio', packetsSent: 208, nackCount: 0 },
  remoteOutbound: { id: 'fd91', type: 'remote-outbound-rtp', kind: 'audio', packetsSent: 117 },
} satisfies Record<string, Entry>;

describe('reading the quality of a connection', () => {
  it('works with the statistics of Chromium', () => {
    const { roundTripMs, jitterMs, lossPercent } = new QualityReader().read(report(...Object.values(CHROMIUM)));
    assert.deepEqual([roundTripMs, jitterMs, lossPercent.toFixed(2)], [2, 1, '21.50']);
  });

  it('works with the statistics of Firefox', () => {
    const { roundTripMs, jitterMs, lossPercent } = new QualityReader().read(report(...Object.values(FIREFOX)));
    assert.deepEqual([roundTripMs, jitterMs, lossPercent.toFixed(2)], [0, 6, '20.74']);
  });

  it('counts the packets lost since the last reading', () => {
    const reader = new QualityReader();
    reader.read(report(FIREFOX.inbound));
    const look = (packetsReceived: number, packetsLost: number): number =>
      reader.read(report({ ...FIREFOX.inbound, packetsReceived, packetsLost })).lossPercent;
    assert.equal(look(222, 45), 0);
    assert.equal(look(262, 55), 20);
    assert.equal(look(312, 55), 0);
  });

  it('does not count a late packet as lost', () => {
    const reader = new QualityReader();
    reader.read(report(CHROMIUM.inbound));
    assert.equal(reader.read(report({ ...CHROMIUM.inbound, packetsReceived: 220, packetsLost: 44 })).lossPercent, 0);
  });

  it('takes the worse direction', () => {
    const remote = { ...CHROMIUM.remoteInbound, fractionLost: 0.25, roundTripTime: 0.5 };
    const inbound = { ...CHROMIUM.inbound, packetsLost: 0 };
    const up = new QualityReader().read(report(inbound, remote, CHROMIUM.used));
    assert.deepEqual([up.lossPercent, up.roundTripMs], [25, 500]);
    const down = new QualityReader().read(report({ ...inbound, packetsLost: 168 }, remote));
    assert.equal(down.lossPercent, 50);
  });

  it('takes the round trip time of the candidate pair in use', () => {
    // Left behind when the visitor changed networks; it is not measured any more.
    const unused = { ...CHROMIUM.unused, currentRoundTripTime: 0.9 };
    assert.equal(new QualityReader().read(report(CHROMIUM.transport, unused, CHROMIUM.used)).roundTripMs, 2);
    assert.equal(
      new QualityReader().read(
        report(FIREFOX.transport, { ...FIREFOX.unused, currentRoundTripTime: 0.9 }, FIREFOX.used),
      ).roundTripMs,
      0,
    );
    assert.equal(
      new QualityReader().read(report(CHROMIUM.transport, unused, { ...CHROMIUM.used, currentRoundTripTime: 0.45 }))
        .roundTripMs,
      450,
    );
  });

  it('is good while nothing is reported yet', () => {
    assert.deepEqual(new QualityReader().read(report()), { roundTripMs: 0, jitterMs: 0, lossPercent: 0 });
    assert.deepEqual(new QualityReader().read(report({ id: 'a', type: 'inbound-rtp', kind: 'audio' })), {
      roundTripMs: 0,
      jitterMs: 0,
      lossPercent: 0,
    });
  });
});
