import { untilAborted } from './deadline.js';

/**
 * Waits for `ms` milliseconds, but no longer than it takes the network or the visitor to come back; while the
 * browser knows that it is offline, it waits for that alone. Rejects when the signal aborts.
 */
export async function patience(ms: number, signal: AbortSignal): Promise<void> {
  const leave = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const back = new Promise<void>((resolve) => {
    if (navigator.onLine !== false) timer = setTimeout(resolve, ms);
    window.addEventListener('online', () => resolve(), leave);
    document.addEventListener('visibilitychange', () => document.hidden || resolve(), leave);
  });
  try {
    await untilAborted(back, signal);
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
}
