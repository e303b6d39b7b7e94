/** More addresses than any service has. */
const MOST = 32;

/** An ICE candidate in a line of its own. The pattern reads each line once, however long it is. */
const CANDIDATE_LINE = /^a=(candidate:.*)\r?\n?/gim;

/** The SDP without the candidates that come after the first few: browsers take seconds to read thousands of them. */
export function withoutExcessCandidates(sdp: string): string {
  let count = 0;
  return sdp.replace(CANDIDATE_LINE, (line) => (++count > MOST ? '' : line));
}

/** The first ICE candidates of an SDP for UDP, without `a=`. */
export function udpCandidates(sdp: string): string[] {
  const candidates: string[] = [];
  for (const [, candidate = ''] of sdp.matchAll(CANDIDATE_LINE)) {
    if (/^candidate:\S+ \d+ udp /i.test(candidate)) candidates.push(candidate.trimEnd());
    if (candidates.length === MOST) break;
  }
  return candidates;
}
