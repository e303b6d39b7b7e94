import type { Page } from 'puppeteer-core';

/** What a page in Chromium holds after garbage collection. */
export interface PageMemory {
  readonly heapBytes: number;
  /** Event listeners on all targets, including window and document. */
  readonly listeners: number;
  readonly nodes: number;
}

/** Collects garbage and measures what is left. */
export async function measureMemory(page: Page): Promise<PageMemory> {
  const session = await page.createCDPSession();
  try {
    await session.send('Performance.enable');
    // Objects that one collection frees may hold others, so it runs three times.
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { metrics } = await session.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)!.value;
    return { heapBytes: usedSize, listeners: metric('JSEventListeners'), nodes: metric('Nodes') };
  } finally {
    await session.detach();
  }
}
