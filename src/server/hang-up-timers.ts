/** Ends calls that last too long. A timer lives in this process and does not keep it running. */
export class HangUpTimers {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** `hangUp` runs once, after the seconds, unless the call is cleared before. */
  start(callId: string, seconds: number, hangUp: () => Promise<void>): void {
    this.clear(callId);
    const timer = setTimeout(() => {
      this.#timers.delete(callId);
      hangUp().catch((error: unknown) => {
        console.error('realtime-voice/server: a call could not be ended after maxSessionSeconds.', error);
      });
    }, seconds * 1000);
    unref(timer);
    this.#timers.set(callId, timer);
  }

  clear(callId: string): void {
    clearTimeout(this.#timers.get(callId));
    this.#timers.delete(callId);
  }
}

/** Node and Bun have a method, Deno a function, Workers neither. */
export function unref(timer: unknown): void {
  const { Deno } = globalThis as { Deno?: { unrefTimer?(timer: unknown): void } };
  if (typeof timer === 'object') (timer as { unref?(): void } | null)?.unref?.();
  else Deno?.unrefTimer?.(timer);
}
