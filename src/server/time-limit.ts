/**
 * Runs a step under a signal that aborts after so long, or as soon as the visitor leaves. Not `AbortSignal.timeout()`:
 * its timer would outlive each request by seconds.
 */
export async function withTimeLimit<T>(
  ms: number,
  visitor: AbortSignal | undefined,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, ms);
  visitor?.addEventListener('abort', abort);
  if (visitor?.aborted) abort();
  try {
    return await step(controller.signal);
  } finally {
    clearTimeout(timer);
    visitor?.removeEventListener('abort', abort);
  }
}
