/** Runs of which the fastest counts: whatever else runs on the machine can only make one slower. */
const RUNS = 3;

/** @returns how long an act takes, in ms, in the fastest of a few runs */
export async function leastMs(act: () => unknown): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const before = performance.now();
    await act();
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

/** @returns the longest time in which the page could do nothing else during an act, in the best of a few runs */
export async function leastBusyMs(act: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) least = Math.min(least, await busyMs(act));
  return least;
}

async function busyMs(act: () => Promise<unknown>): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  let longest = 0;
  let last = performance.now();
  const note = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  port1.onmessage = () => {
    note();
    port2.postMessage(0);
  };
  port2.postMessage(0);
  await act();
  note();
  port1.close();
  return longest;
}
