type Timer = ReturnType<typeof setTimeout>;

/** Calls back after the time. The timer does not keep the process running. */
export function later(ms: number, action: () => void): Timer {
  const timer = setTimeout(action, ms);
  unref(timer);
  return timer;
}

/** Resolves after the time, or as soon as the signal aborts. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const timer = later(ms, end);
  signal.addEventListener('abort', end);
  await ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
}

/** Node and Bun have a method, Deno a function, Workers neither. */
export function unref(timer: unknown): void {
  const { Deno } = globalThis as { Deno?: { unrefTimer?(timer: unknown): void } };
  if (typeof timer === 'object') (timer as { unref?(): void } | null)?.unref?.();
  else Deno?.unrefTimer?.(timer);
}
