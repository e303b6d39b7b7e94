const RUNS = 3;

/** Shorter times say little: a browser rounds them, and a busy machine adds to them. In milliseconds. */
const SHORTEST = 20;

/**
 * How many times longer a task takes with ten times the size. About ten is linear, a hundred quadratic. Both sizes are
 * measured in the same place, so that a slow machine changes neither.
 */
export async function growth(size: number, task: (size: number) => Promise<unknown>): Promise<number> {
  const small = await quickest(() => task(size / 10));
  const large = await quickest(() => task(size));
  return large / Math.max(small, SHORTEST);
}

/** The quickest of several runs, in milliseconds: whatever else the machine does only makes a run slower. */
async function quickest(task: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  while (times.length < RUNS) {
    const before = performance.now();
    await task();
    times.push(performance.now() - before);
  }
  return Math.min(...times);
}
