import type { Page } from 'puppeteer-core';

/** What a page of Chromium holds after everything that nobody holds any more was collected. */
export interface PageWeight {
  readonly heapBytes: number;
  /** On every target, the window and the document included. */
  readonly listeners: number;
  readonly nodes: number;
}

/** Collects garbage and weighs what is left. */
export async function weigh(page: Page): Promise<PageWeight> {
  const session = await page.createCDPSession();
  try {
    await session.send('Performance.enable');
    // What is let go of by the first collection may be all that held other things.
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { metrics } = await session.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)!.value;
    return { heapBytes: usedSize, listeners: metric('JSEventListeners'), nodes: metric('Nodes') };
  } finally {
    await session.detach();
  }
}
