/**
 * Runs a step under the call's signal and a time limit. The step gets a signal that aborts with whichever comes
 * first. The returned promise rejects then, even if the step ignores its signal.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  expired: () => Error,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const timer = setTimeout(() => controller.abort(expired()), ms);
  try {
    return await untilAborted(step(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Settles as the promise does, or rejects with the signal's reason as soon as the signal aborts. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Runs a step every `ms` milliseconds until the signal aborts; never if it has aborted already. */
export function repeatUntilAborted(signal: AbortSignal, ms: number, step: () => void): void {
  if (signal.aborted) return;
  const timer = setInterval(step, ms);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
