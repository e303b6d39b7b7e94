import { claimTab } from '../transport/tab-claim.js';

/** Ends the call of this page. A page has one at a time, because two would hear the same visitor. */
let endActive: (() => void) | undefined;

/**
 * Makes a call the only one: on the page at once, and among the tabs of the site. Calls `movedOn` when another one
 * starts in either. The signal aborts when the call ends.
 */
export function becomeOnlyCall(signal: AbortSignal, movedOn: () => void): void {
  endActive?.();
  if (signal.aborted) return;
  endActive = movedOn;
  signal.addEventListener('abort', () => {
    if (endActive === movedOn) endActive = undefined;
  });
  claimTab(signal, movedOn);
}
