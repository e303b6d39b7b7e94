import type { Page } from 'puppeteer-core';
import { measureMemory } from '../e2e/support/page-memory.js';

/** What is left after garbage collection, in bytes. */
export interface Heap {
  /** The objects of JavaScript. */
  readonly objects: number;
  /** Nodes, styles and layout. */
  readonly nodes: number;
}

export async function heapOf(page: Page): Promise<Heap> {
  await measureMemory(page);
  const session = await page.createCDPSession();
  const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { objects: usedSize, nodes: embedderHeapUsedSize };
}
