import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { udpCandidates, withoutExcessCandidates } from '../../../src/transport/udp-candidates.js';
import { HOSTILE_LINES } from './support/hostile-answers.js';
import { leastMs } from './support/least-busy.js';

const HEAD = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

describe('an SDP answer', () => {
  for (const [name, lines] of Object.entries(HOSTILE_LINES)) {
    it(`with ${name} is read within half a second, and leaves few candidates`, async () => {
      let sdp = '';
      let candidates: string[] = [];
      const ms = await leastMs(() => {
        sdp = withoutExcessCandidates(HEAD + lines);
        candidates = udpCandidates(sdp);
      });
      assert.ok(ms < 500, `${ms} ms`);
      assert.ok(candidates.length <= 32);
      assert.ok((sdp.match(/^a=candidate:/gm) ?? []).length <= 32);
    });
  }

  it('keeps every byte where there are few candidates', () => {
    const candidate = 'candidate:1 1 udp 2130706431 127.0.0.1 9 typ host';
    const answer = `${HEAD}a=${candidate}\r\na=candidate:2 1 tcp 1 127.0.0.1 9 typ host\r\na=end-of-candidates\r\n\r\n`;
    assert.equal(withoutExcessCandidates(answer), answer);
    assert.deepEqual(udpCandidates(answer), [candidate]);
  });
});
