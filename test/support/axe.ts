import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { AXE_OPTIONS } from './axe-options.js';

/** Accessibility faults of a page, or of the elements that match `selector`. One line each: rule, advice, place. */
export async function accessibilityFaults(page: Page, selector = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = (await page.evaluate(
    (where, options) =>
      (window as unknown as { axe: { run(where: string, options: unknown): Promise<unknown> } }).axe.run(
        where,
        options,
      ),
    selector,
    AXE_OPTIONS as object,
  )) as AxeResults;
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.flat().join(' › ')}`),
  );
}

export async function assertAccessible(page: Page, selector?: string): Promise<void> {
  assert.deepEqual(await accessibilityFaults(page, selector), []);
}
