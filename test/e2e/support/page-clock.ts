import type { VoicePage } from './voice-page.js';

interface PageClock {
  advance(ms: number): void;
}

/**
 * Runs in the page before the element: lets the test move on `performance.now()` and the timers that are due then. It
 * must not use anything outside itself, because only its source text is sent to the page.
 */
export function installPageClock(): void {
  const [set, clear, now] = [window.setTimeout, window.clearTimeout, performance.now.bind(performance)];
  const pending = new Map<number, { readonly due: number; readonly run: () => void }>();
  let advanced = 0;
  performance.now = () => now() + advanced;
  window.setTimeout = ((callback: (...values: unknown[]) => void, ms = 0, ...values: unknown[]): number => {
    const run = (): void => {
      window.clearTimeout(id);
      callback(...values);
    };
    const id = set.call(window, run, ms) as unknown as number;
    pending.set(id, { due: performance.now() + ms, run });
    return id;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    pending.delete(id as number);
    clear.call(window, id);
  };
  const clock: PageClock = {
    advance: (ms) => {
      advanced += ms;
      for (const { due, run } of [...pending.values()]) if (due <= performance.now()) run();
    },
  };
  Object.assign(window, { __clock: clock });
}

/** Moves on the clock of a page that was opened with `installPageClock`. */
export function advance({ page }: VoicePage, seconds: number): Promise<void> {
  return page.evaluate((ms) => (window as unknown as { __clock: PageClock }).__clock.advance(ms), seconds * 1000);
}
