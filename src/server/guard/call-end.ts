import { HANG_UP_DELAYS_MS } from '../hang-up-delays.js';
import { unref } from '../hang-up-timers.js';
import type { GuardedCall } from './call-claims.js';

/** What the service said: it ended the call, it knows no such call, it never gave an answer, or none so far. */
export type EndOutcome = 'ended' | 'over' | 'given-up' | 'still-running';

interface EndOptions {
  /** Ends the call at the service; false if the service knows no such call. */
  endOf: (callId: string) => Promise<boolean>;
  /** How often to try before the call is left to another guard. */
  mostTries: number;
  /** Whether the guard has stopped meanwhile. */
  isClosed: () => boolean;
  log: (what: string, error: unknown) => void;
}

/** Asks the service to end a call, after growing waits again. The failures are counted in the call, for all guards. */
export async function tryToEnd(call: GuardedCall, options: EndOptions): Promise<EndOutcome> {
  const { endOf, mostTries, isClosed, log } = options;
  for (let tries = 1; ; tries++) {
    try {
      return (await endOf(call.callId)) ? 'ended' : 'over';
    } catch (error) {
      call.failedEnds = (call.failedEnds ?? 0) + 1;
      const delay = HANG_UP_DELAYS_MS[call.failedEnds - 1];
      const next = delay === undefined ? ' It is not tried again.' : '';
      log(`call ${call.callId} could not be ended.${next}`, error);
      if (delay === undefined) return 'given-up';
      if (tries >= mostTries || isClosed()) return 'still-running';
      await new Promise<void>((resolve) => unref(setTimeout(resolve, delay)));
      if (isClosed()) return 'still-running';
    }
  }
}
