/** The quality of a connection, as both sides have measured it. */
export interface ConnectionQuality {
  readonly roundTripMs: number;
  readonly jitterMs: number;
  /** Lost packets since the last reading, in percent, of the worse direction. */
  readonly lossPercent: number;
}

/** Reads the quality from the statistics of one connection: https://www.w3.org/TR/webrtc-stats/ */
export class QualityReader {
  #received = 0;
  #lost = 0;

  read(report: RTCStatsReport): ConnectionQuality {
    let [roundTrip, jitter, loss] = [0, 0, 0];
    let inUse: unknown;
    // TypeScript's types lack most of the fields.
    for (const stats of (report as ReadonlyMap<string, Readonly<Record<string, number | string>>>).values()) {
      const of = (name: string): number => Number(stats[name]) || 0;
      inUse ??= stats['selectedCandidatePairId'];
      roundTrip = Math.max(roundTrip, of('roundTripTime'));
      loss = Math.max(loss, of('fractionLost'));
      if (stats['type'] !== 'inbound-rtp') continue;
      jitter = of('jitter');
      const [received, lost] = [of('packetsReceived'), of('packetsLost')];
      const missing = lost - this.#lost;
      if (missing > 0) loss = Math.max(loss, missing / (received - this.#received + missing));
      [this.#received, this.#lost] = [received, lost];
    }
    const { currentRoundTripTime = 0 } = (report.get(String(inUse)) ?? {}) as { currentRoundTripTime?: number };
    roundTrip = Math.max(roundTrip, currentRoundTripTime);
    return { roundTripMs: roundTrip * 1000, jitterMs: jitter * 1000, lossPercent: loss * 100 };
  }
}
