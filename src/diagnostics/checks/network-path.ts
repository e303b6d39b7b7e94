/** The way that the packets of a connection take. It names no address. */
export interface NetworkPath {
  /** The kind of this side's candidate: `host`, `srflx` or `prflx` directly, `relay` through a TURN server. */
  readonly candidate: string;
  /** `udp`, or `tcp`; with a relay, how the relay is reached. */
  readonly protocol: string;
  /** Packets that are lost on TCP delay all that follow. */
  readonly isOverTcp: boolean;
  /** Zero if it is not measured yet. */
  readonly roundTripMs: number;
}

type Stats = Readonly<Record<string, unknown>>;

/** Reads the candidate pair in use: https://www.w3.org/TR/webrtc-stats/#candidatepair-dict* */
export function readPath(report: RTCStatsReport): NetworkPath {
  // TypeScript's types lack most of the fields.
  const all = [...(report as ReadonlyMap<string, Stats>).values()];
  const id = all.find((stats) => stats['selectedCandidatePairId'])?.['selectedCandidatePairId'];
  const pairs = all.filter(({ type }) => type === 'candidate-pair');
  const pair =
    pairs.find((stats) => stats['id'] === id) ??
    // Firefox names the pair in its own way.
    pairs.find(
      (stats) => stats['selected'] === true || (stats['nominated'] === true && stats['state'] === 'succeeded'),
    );
  const local = all.find((stats) => stats['id'] === pair?.['localCandidateId']);
  const protocol = String(local?.['relayProtocol'] ?? local?.['protocol'] ?? 'unknown').toLowerCase();
  return {
    candidate: String(local?.['candidateType'] ?? 'unknown'),
    protocol,
    isOverTcp: protocol === 'tcp' || protocol === 'tls',
    roundTripMs: (Number(pair?.['currentRoundTripTime']) || 0) * 1000,
  };
}
