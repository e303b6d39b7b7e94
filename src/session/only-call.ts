import { claimTab } from '../transport/tab-claim.js';

/** Ends the call of this page. A page has one at a time, because two would hear the same visitor. */
let endActive: (() => void) | undefined;

/**
 * Makes a call the only one: on the page at once, and among the tabs of the site. Calls `movedOn` when another one
 * starts in either. The signal aborts when the call ends.
 */
export function becomeOnlyCall(signal: AbortSignal, movedOn: () => void): void {
  const endOther = endActive;
  // Before the other one ends: what its listeners start then is a later call, which ends this one.
  endActive = movedOn;
  signal.addEventListener('abort', () => {
    if (endActive === movedOn) endActive = undefined;
  });
  endOther?.();
  if (!signal.aborted) claimTab(signal, movedOn);
}
