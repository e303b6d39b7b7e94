import { wait } from './background-timer.js';

/**
 * Waits between tries to end a call, in milliseconds: they grow, and are about an hour together. So long a service may
 * be away or refuse the key. Calls of most services have ended by themselves then.
 */
export const HANG_UP_DELAYS_MS: readonly number[] = Array.from({ length: 19 }, (_, failures) =>
  Math.min(1_000 * 2 ** failures, 300_000),
);

export interface HangUpTries {
  /** The waits between tries. */
  delaysMs?: readonly number[];
  /** How many tries have failed before. */
  failures?: number;
  /** After so many tries the call is left to somebody else; default never. */
  mostTries?: number;
  /** Ends the tries, because the call has ended, or nobody is there any more who has to end it. */
  signal: AbortSignal;
  /** Told of each try that failed; without a delay, it was the last one. */
  failed(error: unknown, delayMs: number | undefined): void;
}

/** `given-up`: there is no wait left. `left`: after `mostTries`. `stopped`: by the signal. */
export type HangUpOutcome<Result> = { result: Result } | 'given-up' | 'left' | 'stopped';

/** Tries to end a call until it succeeds, after growing waits. */
export async function tryHangUp<Result>(
  hangUp: () => Promise<Result>,
  { delaysMs = HANG_UP_DELAYS_MS, failures = 0, mostTries = Infinity, signal, failed }: HangUpTries,
): Promise<HangUpOutcome<Result>> {
  for (let tries = 1; ; tries++) {
    try {
      return { result: await hangUp() };
    } catch (error) {
      if (signal.aborted) return 'stopped';
      const delay = delaysMs[failures++];
      failed(error, delay);
      if (delay === undefined) return 'given-up';
      if (tries >= mostTries) return 'left';
      await wait(delay, signal);
      if (signal.aborted) return 'stopped';
    }
  }
}
