/** How loud both sides have been, as root mean square, 0…1. */
export interface Sound {
  /** Of what is sent. Not every browser measures it: 0 then. */
  readonly sent: number;
  readonly received: number;
}

/** Energy and duration of a stream so far, as the statistics count them. */
type Sum = readonly [energy: number, seconds: number];

const NOTHING: Sum = [0, 0];

/**
 * Reads from the statistics of a connection how loud it has been since the last look. Unlike a level of one moment,
 * this misses nothing: https://www.w3.org/TR/webrtc-stats/#dom-rtcinboundrtpstreamstats-totalaudioenergy
 */
export class SoundReader {
  #sent = NOTHING;
  #received = NOTHING;

  read(report: RTCStatsReport): Sound {
    const before = { sent: this.#sent, received: this.#received };
    // The types leave out most of what the statistics hold.
    for (const stats of (report as ReadonlyMap<string, Readonly<Record<string, unknown>>>).values()) {
      const sum: Sum = [finite(stats['totalAudioEnergy']), finite(stats['totalSamplesDuration'])];
      if (stats['type'] === 'inbound-rtp') this.#received = sum;
      if (stats['type'] === 'media-source') this.#sent = sum;
    }
    return { sent: loudness(before.sent, this.#sent), received: loudness(before.received, this.#received) };
  }
}

/** How many packets of sound have come so far. */
export function packetsReceived(report: RTCStatsReport): number {
  let packets = 0;
  for (const stats of (report as ReadonlyMap<string, Readonly<Record<string, unknown>>>).values()) {
    if (stats['type'] === 'inbound-rtp') packets += finite(stats['packetsReceived']);
  }
  return packets;
}

function finite(value: unknown): number {
  return Number.isFinite(value) ? (value as number) : 0;
}

function loudness([energyBefore, secondsBefore]: Sum, [energy, seconds]: Sum): number {
  // A track that was replaced begins to count anew.
  if (seconds <= secondsBefore || energy <= energyBefore) return 0;
  return Math.sqrt((energy - energyBefore) / (seconds - secondsBefore));
}
