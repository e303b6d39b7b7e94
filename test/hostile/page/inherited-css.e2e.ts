import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openPage } from '../../support/page.js';
import { BROWSERS } from '../../support/shared-browsers.js';

/** How many pixels of an element, as the screen shows it, are pure red. */
async function redPixels(page: Page, selector: string): Promise<number> {
  const { x, y, width, height } = await page.$eval(selector, (node) => node.getBoundingClientRect().toJSON());
  const picture = await page.screenshot({ clip: { x, y, width, height }, encoding: 'base64' });
  return page.evaluate(async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return data.filter((value, index) => index % 4 === 0 && value > 250 && data[index + 1]! + data[index + 2]! < 5)
      .length;
  }, picture);
}

// Computed styles do not tell: lines through the text of a page are drawn through everything inside.
for (const [name, launch] of BROWSERS) {
  for (const variant of ['inline', 'compact', 'floating']) {
    it(`in ${name}, lines through the page's text are not drawn in ${variant}`, async () => {
      await using opened = await openPage(await launch(), {
        html: `<div style="text-decoration: underline overline line-through red 4px"><p>The page's own words</p>
          <realtime-voice variant="${variant}" open><b slot="heading">Shop</b></realtime-voice></div>`,
      });
      const { page } = opened;
      assert.ok((await redPixels(page, 'p')) > 100, 'there are lines on the page');
      assert.equal(await redPixels(page, 'realtime-voice >>> [part="panel"]'), 0);
    });
  }
}
