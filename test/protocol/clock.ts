import { mock } from 'node:test';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only when a test says so: for timeouts, intervals and `performance.now()`. */
export class Clock {
  #now = 1_000;
  #last = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #mocks = [
    mock.method(globalThis, 'setTimeout', (run: () => void, ms = 0) => {
      this.#timers.set((this.#last += 1), { at: this.#now + ms, run });
      return this.#last;
    }),
    mock.method(globalThis, 'clearTimeout', (timer: number) => void this.#timers.delete(timer)),
    mock.method(globalThis, 'setInterval', (run: () => void, ms: number) => {
      const timer = (this.#last += 1);
      const set = (): void => void this.#timers.set(timer, { at: this.#now + ms, run: again });
      const again = (): void => {
        set();
        run();
      };
      set();
      return timer;
    }),
    mock.method(globalThis, 'clearInterval', (timer: number) => void this.#timers.delete(timer)),
    mock.method(performance, 'now', () => this.#now),
  ];

  /** Timers that are set and not yet due. */
  get pending(): number {
    return this.#timers.size;
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].run();
    }
    this.#now = end;
  }

  /** Gives the real time back. */
  stop(): void {
    for (const { mock } of this.#mocks) mock.restore();
  }
}
