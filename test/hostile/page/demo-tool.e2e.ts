import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startDemo } from '../../support/demo-process.js';
import type { ServerProcess } from '../../support/server-process.js';
import { sharedChromium } from '../../support/shared-browsers.js';

let demo: ServerProcess;
before(async () => void (demo = await startDemo()));
after(() => demo?.stop());

/** What every object has, and what a model might say all the same. */
const NO_FABRICS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'velvet'];

it("the demo's tool knows its own fabrics only", async () => {
  const page = await (await sharedChromium()).newPage();
  try {
    await page.goto(demo.url, { waitUntil: 'load' });
    const said = await page.$eval(
      'realtime-voice',
      (element, fabrics) => {
        const [tool] = element.tools;
        return fabrics.map((fabric) => {
          try {
            return tool!.execute!({ fabric });
          } catch (error) {
            return String(error);
          }
        });
      },
      NO_FABRICS,
    );
    assert.deepEqual(
      said,
      NO_FABRICS.map((fabric) => `There is no fabric called ${fabric}`),
    );
  } finally {
    await page.close();
  }
});
