/**
 * Waits for `ms` milliseconds, but no longer than it takes the network or the visitor to come back; while the
 * browser knows that it is offline, it waits for that alone. Rejects when the signal aborts.
 */
export function patience(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = new AbortController();
    const done = (settle: () => void) => {
      leave.abort();
      clearTimeout(timer);
      settle();
    };
    const goOn = () => done(resolve);
    const timer = navigator.onLine === false ? undefined : setTimeout(goOn, ms);
    window.addEventListener('online', goOn, { signal: leave.signal });
    document.addEventListener('visibilitychange', () => !document.hidden && goOn(), { signal: leave.signal });
    signal.addEventListener('abort', () => done(() => reject(signal.reason as Error)), { signal: leave.signal });
    if (signal.aborted) done(() => reject(signal.reason as Error));
  });
}
