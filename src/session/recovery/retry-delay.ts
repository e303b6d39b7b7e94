import { untilAborted } from '../deadline.js';

/**
 * Waits before a retry: `ms` milliseconds, or less if the network or the visitor comes back, but at least `atLeast`
 * milliseconds. While the browser is offline, it waits until that is over. Rejects when the signal aborts.
 */
export async function retryDelay(ms: number, signal: AbortSignal, atLeast = 0): Promise<void> {
  const listeners = new AbortController();
  const startedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isOver = new Promise<void>((resolve) => {
    const waitUntil = (elapsed: number): void => {
      clearTimeout(timer);
      if (navigator.onLine === false) return;
      timer = setTimeout(resolve, Math.max(elapsed, atLeast) + startedAt - performance.now());
    };
    const visibilityChanged = (): void => {
      if (!document.hidden) waitUntil(0);
    };
    waitUntil(ms);
    window.addEventListener('online', () => waitUntil(0), listeners);
    window.addEventListener('offline', () => waitUntil(0), listeners);
    document.addEventListener('visibilitychange', visibilityChanged, listeners);
  });
  try {
    await untilAborted(isOver, signal);
  } finally {
    clearTimeout(timer);
    listeners.abort();
  }
}
