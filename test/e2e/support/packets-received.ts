import type { Recorder } from './recorder.js';
import type { VoicePage } from './voice-page.js';

/** The audio packets that each connection of the page has received; 0 for a closed one. */
export function packetsReceived({ page }: VoicePage): Promise<number[]> {
  return page.evaluate(() => {
    // Firefox 140 refuses a connection that is closed. Later ones never answer if it is closed while it is asked.
    const statsOf = async (peer: RTCPeerConnection): Promise<RTCStatsReport | undefined> => {
      let stats: RTCStatsReport | undefined;
      peer.getStats().then(
        (report) => (stats = report),
        () => {},
      );
      while (!stats && peer.signalingState !== 'closed') await new Promise((resolve) => setTimeout(resolve, 10));
      return stats;
    };
    const count = async (peer: RTCPeerConnection): Promise<number> => {
      let packets = 0;
      (await statsOf(peer))?.forEach((entry: { type: string; kind?: string; packetsReceived: number }) => {
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio') packets = entry.packetsReceived;
      });
      return packets;
    };
    return Promise.all((window as unknown as { __recorder: Recorder }).__recorder.peers.map(count));
  });
}
