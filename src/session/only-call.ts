import { claimTab } from '../transport/tab-claim.js';

interface Stoppable {
  stop(): void;
}

/** The session that has a call. A page has one at a time, because two would hear the same visitor. */
let active: Stoppable | undefined;

/**
 * Makes the call of a session the only one: on the page at once, and among the tabs of the site. Calls `movedOn` when a
 * call starts in another tab. The signal aborts when the call ends.
 */
export function becomeOnlyCall(session: Stoppable, signal: AbortSignal, movedOn: () => void): void {
  active?.stop();
  active = session;
  signal.addEventListener('abort', () => {
    if (active === session) active = undefined;
  });
  claimTab(signal, movedOn);
}
