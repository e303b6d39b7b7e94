import { HANG_UP_DELAYS_MS } from './hang-up-delays.js';

type Timer = ReturnType<typeof setTimeout>;

/** Ends calls that last too long. A timer lives in this process and does not keep it running. */
export class HangUpTimers {
  readonly #timers = new Map<string, Timer>();
  readonly #delaysMs: readonly number[];

  /** @param delaysMs the waits between tries to end a call */
  constructor(delaysMs = HANG_UP_DELAYS_MS) {
    this.#delaysMs = delaysMs;
  }

  /** `hangUp` runs after the seconds, unless the call is cleared before, and again after growing waits if it fails. */
  start(callId: string, seconds: number, hangUp: () => Promise<void>): void {
    this.clear(callId);
    this.#wait(callId, seconds * 1000, hangUp, 0);
  }

  clear(callId: string): void {
    clearTimeout(this.#timers.get(callId));
    this.#timers.delete(callId);
  }

  #wait(callId: string, ms: number, hangUp: () => Promise<void>, failures: number): void {
    const timer = setTimeout(() => void this.#end(callId, timer, hangUp, failures), ms);
    unref(timer);
    this.#timers.set(callId, timer);
  }

  async #end(callId: string, timer: Timer, hangUp: () => Promise<void>, failures: number): Promise<void> {
    // Cleared meanwhile: the visitor has ended the call.
    const isOurs = (): boolean => this.#timers.get(callId) === timer;
    try {
      await hangUp();
      if (isOurs()) this.clear(callId);
    } catch (error) {
      if (!isOurs()) return;
      const delay = this.#delaysMs[failures];
      const next = delay === undefined ? 'It is not tried again.' : `The next try is in ${delay / 1000} s.`;
      console.error(`realtime-voice/server: a call could not be ended after maxSessionSeconds. ${next}`, error);
      if (delay === undefined) this.clear(callId);
      else this.#wait(callId, delay, hangUp, failures + 1);
    }
  }
}

/** Node and Bun have a method, Deno a function, Workers neither. */
export function unref(timer: unknown): void {
  const { Deno } = globalThis as { Deno?: { unrefTimer?(timer: unknown): void } };
  if (typeof timer === 'object') (timer as { unref?(): void } | null)?.unref?.();
  else Deno?.unrefTimer?.(timer);
}
