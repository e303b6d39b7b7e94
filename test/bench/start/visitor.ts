import { setTimeout as pass } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Contender } from './contender.js';
import type { Observer } from './observer.js';

/** How long a finger or a mouse button stays down, in milliseconds. The click comes when it is lifted. */
export const HELD = 80;

/** Clicks the contender's button as a visitor does. */
export async function click(page: Page, { button, approach }: Contender, secretIsThere: () => Promise<void>) {
  if (approach === 'key') {
    await page.focus(button);
    await page.keyboard.press('Enter');
    return;
  }
  const box = await (await page.waitForSelector(button))!.boundingBox();
  const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
  // From outside, and with a step on the button: a pointer that appears there has not moved.
  await page.mouse.move(0, 0);
  await page.mouse.move(x, y, { steps: 2 });
  if (approach === 'rest') await secretIsThere();
  if (approach === 'wait') await page.evaluate(() => (window as unknown as { __observer: Observer }).__observer.ahead);
  await page.mouse.down();
  await pass(HELD);
  await page.mouse.up();
}
