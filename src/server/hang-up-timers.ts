import { wait } from './background-timer.js';
import { tryHangUp } from './hang-up-tries.js';

/** Ends calls that last too long. What it waits for lives in this process and does not keep it running. */
export class HangUpTimers {
  /** What is waited for, by the id of the call. */
  readonly #waiting = new Map<string, AbortController>();
  readonly #delaysMs: readonly number[] | undefined;

  /** @param delaysMs the waits between tries to end a call */
  constructor(delaysMs?: readonly number[]) {
    this.#delaysMs = delaysMs;
  }

  /** `hangUp` runs after the seconds, unless the call is cleared before, and again after growing waits if it fails. */
  start(callId: string, seconds: number, hangUp: () => Promise<void>): void {
    this.clear(callId);
    const controller = new AbortController();
    this.#waiting.set(callId, controller);
    void this.#end(seconds * 1000, hangUp, controller.signal).then(() => {
      if (this.#waiting.get(callId) === controller) this.clear(callId);
    });
  }

  /** The visitor has ended the call. */
  clear(callId: string): void {
    this.#waiting.get(callId)?.abort();
    this.#waiting.delete(callId);
  }

  async #end(ms: number, hangUp: () => Promise<void>, signal: AbortSignal): Promise<void> {
    await wait(ms, signal);
    if (signal.aborted) return;
    await tryHangUp(hangUp, {
      ...(this.#delaysMs && { delaysMs: this.#delaysMs }),
      signal,
      failed: (error, delay) => {
        const next = delay === undefined ? 'It is not tried again.' : `The next try is in ${delay / 1000} s.`;
        console.error(`realtime-voice/server: a call could not be ended after maxSessionSeconds. ${next}`, error);
      },
    });
  }
}
