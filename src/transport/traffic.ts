/** What has passed through a connection since it was opened. */
export interface Traffic {
  /** The number of audio packets that were received. */
  readonly packets: number;
  /** The energy of the sound of both sides. Some browsers count only what is received. */
  readonly energy: number;
}

/** https://www.w3.org/TR/webrtc-stats/#dom-rtcinboundrtpstreamstats-totalaudioenergy */
export function readTraffic(report: RTCStatsReport): Traffic {
  let [packets, energy] = [0, 0];
  // TypeScript's types lack most of the fields.
  for (const stats of (report as ReadonlyMap<string, Readonly<Record<string, number | string>>>).values()) {
    const { type, packetsReceived, totalAudioEnergy } = stats;
    if (type !== 'inbound-rtp' && type !== 'media-source') continue;
    packets += Number(packetsReceived) || 0;
    energy += Number(totalAudioEnergy) || 0;
  }
  return { packets, energy };
}
