import { untilAborted } from '../deadline.js';

/**
 * Waits for `ms` milliseconds, but no longer than it takes the network or the visitor to come back, and in any case
 * for `atLeast`; while the browser knows that it is offline, it waits for that alone. Rejects when the signal aborts.
 */
export async function patience(ms: number, signal: AbortSignal, atLeast = 0): Promise<void> {
  const leave = new AbortController();
  const since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    const wait = (until: number): void => {
      clearTimeout(timer);
      if (navigator.onLine !== false) timer = setTimeout(resolve, Math.max(until, atLeast) - performance.now() + since);
    };
    const back = (): void => void (document.hidden || wait(0));
    wait(ms);
    window.addEventListener('online', () => wait(0), leave);
    window.addEventListener('offline', () => wait(0), leave);
    document.addEventListener('visibilitychange', back, leave);
  });
  try {
    await untilAborted(over, signal);
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
}
