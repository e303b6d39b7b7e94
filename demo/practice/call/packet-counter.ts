/** RTP packets of sound, and how much sound they carried by the time stamps of the media. */
export interface PacketCounts {
  received: { packets: number; mediaSeconds: number };
  sent: { packets: number; mediaSeconds: number };
}

interface StatsEntry {
  type: string;
  kind?: string;
  packetsReceived?: number;
  packetsSent?: number;
  totalSamplesDuration?: number;
  jitterBufferEmittedCount?: number;
}

/** Opus always counts its time in 48 kHz. */
const RTP_CLOCK_RATE = 48_000;

/** Reads the packet counts of a peer connection from its statistics. */
export class PacketCounter {
  readonly #peer: RTCPeerConnection;
  #counts: PacketCounts = { received: { packets: 0, mediaSeconds: 0 }, sent: { packets: 0, mediaSeconds: 0 } };
  #counting: Promise<void> | undefined;

  constructor(peer: RTCPeerConnection) {
    this.#peer = peer;
  }

  get counts(): PacketCounts {
    return this.#counts;
  }

  /** Reads the counts anew. Calls at the same time share one reading. */
  count(): Promise<void> {
    return (this.#counting ??= this.#read().finally(() => (this.#counting = undefined)));
  }

  /** Resolves when no reading is under way. */
  async settled(): Promise<void> {
    await this.#counting;
  }

  async #read(): Promise<void> {
    const counts: PacketCounts = structuredClone(this.#counts);
    (await this.#peer.getStats()).forEach((entry: StatsEntry) => {
      if (entry.kind !== 'audio') return;
      if (entry.type === 'inbound-rtp') {
        counts.received.packets = entry.packetsReceived ?? 0;
        counts.received.mediaSeconds = (entry.jitterBufferEmittedCount ?? 0) / RTP_CLOCK_RATE;
      }
      if (entry.type === 'outbound-rtp') counts.sent.packets = entry.packetsSent ?? 0;
      if (entry.type === 'media-source') counts.sent.mediaSeconds = entry.totalSamplesDuration ?? 0;
    });
    this.#counts = counts;
  }
}
