import wrtc from '@roamhq/wrtc';
import { RealtimeDialect } from '../wire/realtime/realtime-dialect.js';
import { Call } from './call.js';

/**
 * Answers an offer of its own and ends that call. The first answer of a process takes much longer than the others,
 * because the native module starts its threads and code is compiled.
 */
export async function rehearse(): Promise<void> {
  const client = new wrtc.RTCPeerConnection();
  client.addTransceiver('audio');
  client.createDataChannel('rehearsal');
  const { sdp = '' } = await client.createOffer();
  await new Promise<void>((closed, failed) => {
    const call = new Call({
      id: 'rehearsal',
      speech: { say: () => Promise.reject(new Error('A rehearsal has no voice.')) },
      tempo: { thinkingMs: 0, leadMs: 0, sessionMs: 0 },
      dialect: (line) => new RealtimeDialect(line, { type: 'realtime' }),
      channelId: 1,
      scripted: false,
      said() {},
      received() {},
      ended() {},
      closed,
    });
    call.answer(sdp).then(() => call.end(), failed);
  });
  client.close();
}
