import { expect } from '@open-wc/testing';
import { PeerTransport } from '../../../src/transport/peer-transport.js';
import { HOSTILE_LINES } from './support/hostile-answers.js';
import { leastBusyMs } from './support/least-busy.js';

/** Gives a transport the answer of a real peer, with these lines at its end. The answer may be refused. */
async function accept(lines: string): Promise<void> {
  const nothing = (): void => {};
  const listener = { message: nothing, ready: nothing, closed: nothing, state: nothing };
  const transport = new PeerTransport([], { label: 'events', negotiated: false, id: undefined }, listener);
  const peer = new RTCPeerConnection();
  try {
    await peer.setRemoteDescription({ type: 'offer', sdp: await transport.createOffer() });
    const { sdp } = await peer.createAnswer();
    await transport.accept(sdp + lines).catch(nothing);
  } finally {
    transport.close();
    peer.close();
  }
}

describe('an SDP answer leaves the page free', () => {
  for (const [name, lines] of Object.entries(HOSTILE_LINES)) {
    it(`with ${name}`, async function () {
      this.timeout(20_000);
      const usual = await leastBusyMs(() => accept(''));
      const busy = await leastBusyMs(() => accept(lines));
      expect(busy - usual, `usually it is busy for ${usual} ms`).to.be.lessThan(500);
    });
  }
});
