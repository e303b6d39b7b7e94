import { repeatUntilAborted } from '../deadline.js';

/** In milliseconds. */
const CHECK_INTERVAL = 250;

/**
 * Calls `back` when packets that had stopped come again. The browser itself says so up to five seconds later, when it
 * has also checked the other direction.
 */
export function watchPackets(packetsReceived: () => Promise<number>, signal: AbortSignal, back: () => void): void {
  let before: number | undefined;
  let haveStopped = false;
  repeatUntilAborted(signal, CHECK_INTERVAL, async () => {
    const packets = await packetsReceived();
    if (signal.aborted) return;
    if (haveStopped && packets > before!) back();
    haveStopped ||= packets === before;
    before = packets;
  });
}
