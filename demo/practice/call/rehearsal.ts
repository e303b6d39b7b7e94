import wrtc from '@roamhq/wrtc';

/**
 * Answers an offer of its own and forgets it. The first answer of a process takes several times as long as the others,
 * because the native module starts its threads and code is compiled.
 */
export async function rehearse(): Promise<void> {
  const client = new wrtc.RTCPeerConnection();
  const server = new wrtc.RTCPeerConnection();
  const track = new wrtc.nonstandard.RTCAudioSource().createTrack();
  try {
    client.addTransceiver('audio');
    client.createDataChannel('rehearsal');
    await client.setLocalDescription(await client.createOffer());
    await server.setRemoteDescription({ type: 'offer', sdp: client.localDescription?.sdp ?? '' });
    server.addTrack(track, new wrtc.MediaStream());
    await server.setLocalDescription(await server.createAnswer());
  } finally {
    track.stop();
    server.close();
    client.close();
  }
}
