const CANDIDATE = 'candidate:1 1 udp 2130706431 127.0.0.1 9 typ host';

/** Lines that a server might add to an SDP answer to keep a page busy. */
export const HOSTILE_LINES: Readonly<Record<string, string>> = {
  'the word candidate 20,000 times in one line': `a=${'candidate:'.repeat(20_000)}\r\n`,
  'the word 20,000 times in the middle of a line': `a=x-${'candidate:'.repeat(20_000)}\r\n`,
  '20,000 candidates in one line': `a=${`${CANDIDATE} `.repeat(20_000)}\r\n`,
  '20,000 lines of candidates': `a=${CANDIDATE}\r\n`.repeat(20_000),
  'one line with 20,000 beginnings of candidates': `a=${'candidate:1 1 udp '.repeat(20_000)}\r\n`,
};
