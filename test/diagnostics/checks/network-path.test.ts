import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPath } from '../../../src/diagnostics/checks/network-path.js';

const report = (...stats: readonly { readonly id: string; readonly [name: string]: unknown }[]): RTCStatsReport =>
  new Map(stats.map((each) => [each.id, each])) as unknown as RTCStatsReport;

const local = (id: string, candidateType: string, protocol: string, more: object = {}) =>
  ({ id, type: 'local-candidate', candidateType, protocol, address: '10.0.0.7', ...more }) as const;
const pair = (id: string, localCandidateId: string, more: object) =>
  ({ id, type: 'candidate-pair', localCandidateId, ...more }) as const;

describe('the path of a connection', () => {
  it('is the pair that the transport has selected', () => {
    const stats = report(
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
      pair('P1', 'L1', { nominated: true, state: 'succeeded', currentRoundTripTime: 0.5 }),
      pair('P2', 'L2', { currentRoundTripTime: 0.02 }),
      local('L1', 'host', 'udp'),
      local('L2', 'prflx', 'udp'),
    );
    assert.deepEqual(readPath(stats), { candidate: 'prflx', protocol: 'udp', isOverTcp: false, roundTripMs: 20 });
  });

  it('is the pair that Firefox calls selected', () => {
    const stats = report(
      pair('P1', 'L1', { selected: false, nominated: false }),
      pair('P2', 'L2', { selected: true }),
      local('L1', 'host', 'udp'),
      local('L2', 'host', 'tcp'),
    );
    assert.deepEqual(readPath(stats), { candidate: 'host', protocol: 'tcp', isOverTcp: true, roundTripMs: 0 });
  });

  it('says how a relay is reached', () => {
    const stats = report(
      pair('P', 'L', { nominated: true, state: 'succeeded' }),
      local('L', 'relay', 'udp', { relayProtocol: 'TLS' }),
    );
    assert.deepEqual(readPath(stats), { candidate: 'relay', protocol: 'tls', isOverTcp: true, roundTripMs: 0 });
  });

  it('is unknown without a pair', () => {
    const path = readPath(report(local('L', 'host', 'udp')));
    assert.deepEqual(path, { candidate: 'unknown', protocol: 'unknown', isOverTcp: false, roundTripMs: 0 });
  });
});
