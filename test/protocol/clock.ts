import { mock } from 'node:test';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** What `Date.now()` says when the clock is made. */
const EPOCH = Date.UTC(2026, 0, 1);
/** Timers keep their wait in 31 bits: a longer one is due at once, in browsers as in Node. */
const LONGEST = 2 ** 31 - 1;

/** Time that passes only when a test says so: for timeouts, intervals, `performance.now()` and `Date.now()`. */
export class Clock {
  #now = 1_000;
  #last = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #mocks = [
    mock.method(globalThis, 'setTimeout', (run: () => void, ms = 0) => this.#set(this.#next(), ms, run)),
    mock.method(globalThis, 'clearTimeout', (timer: number) => void this.#timers.delete(timer)),
    mock.method(globalThis, 'setInterval', (run: () => void, ms: number) => {
      const timer = this.#next();
      const again = (): void => {
        this.#set(timer, ms, again);
        run();
      };
      return this.#set(timer, ms, again);
    }),
    mock.method(globalThis, 'clearInterval', (timer: number) => void this.#timers.delete(timer)),
    mock.method(performance, 'now', () => this.#now),
    mock.method(Date, 'now', () => EPOCH + this.#now),
  ];

  /** What `performance.now()` says. */
  get now(): number {
    return this.#now;
  }

  /** Timers that are set and not yet due. */
  get pending(): number {
    return this.#timers.size;
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    while (this.#runNext(end));
    this.#now = end;
  }

  /** The same, and what awaits a timer goes on before the next one is due. */
  async elapse(ms: number): Promise<void> {
    const end = this.#now + ms;
    do await new Promise(setImmediate);
    while (this.#runNext(end));
    this.#now = end;
  }

  /** Gives the real time back. */
  stop(): void {
    for (const { mock } of this.#mocks) mock.restore();
  }

  #next(): number {
    return (this.#last += 1);
  }

  #set(timer: number, ms: number, run: () => void): number {
    this.#timers.set(timer, { at: this.#now + (ms > LONGEST ? 1 : Math.max(ms, 0)), run });
    return timer;
  }

  /** @returns whether a timer was due */
  #runNext(end: number): boolean {
    const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
    if (!due) return false;
    const [timer, { at, run }] = due;
    this.#timers.delete(timer);
    this.#now = at;
    run();
    return true;
  }
}
