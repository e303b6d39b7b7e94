import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { udpCandidates, withoutExcessCandidates } from '../../../src/transport/udp-candidates.js';

const CANDIDATE = 'candidate:1 1 udp 2130706431 127.0.0.1 9 typ host';
const HEAD = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

/** What a server might put into an answer to keep a page busy. */
const ANSWERS: Readonly<Record<string, string>> = {
  'the word candidate 20,000 times in one line': `${HEAD}a=${'candidate:'.repeat(20_000)}\r\n`,
  'the word in the middle of a line': `${HEAD}a=x-${'candidate:'.repeat(20_000)}\r\n`,
  '20,000 candidates in one line': `${HEAD}a=${`${CANDIDATE} `.repeat(20_000)}\r\n`,
  '20,000 lines of candidates': HEAD + `a=${CANDIDATE}\r\n`.repeat(20_000),
  '20,000 lines that are almost candidates': HEAD + 'a=candidate:1 1 '.repeat(20_000),
};

describe('an SDP answer', () => {
  for (const [name, answer] of Object.entries(ANSWERS)) {
    it(`with ${name} is read within half a second, and leaves few candidates`, () => {
      const before = performance.now();
      const sdp = withoutExcessCandidates(answer);
      const candidates = udpCandidates(sdp);
      assert.ok(performance.now() - before < 500);
      assert.ok(candidates.length <= 32);
      assert.ok((sdp.match(/^a=candidate:/gm) ?? []).length <= 32);
    });
  }

  it('keeps every byte where there are few candidates', () => {
    const answer = `${HEAD}a=${CANDIDATE}\r\na=candidate:2 1 tcp 1 127.0.0.1 9 typ host\r\na=end-of-candidates\r\n\r\n`;
    assert.equal(withoutExcessCandidates(answer), answer);
    assert.deepEqual(udpCandidates(answer), [CANDIDATE]);
  });
});
