import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { accessibilityFaults } from '../support/axe.js';
import { statesOf } from '../support/look-states.js';
import { ALL_SURROUNDINGS } from '../support/look-surroundings.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

const VARIANTS = ['inline', 'compact', 'floating'];

/** All states in all variants and surroundings. `LOOKS=1` writes pictures and a contact sheet to test/report/looks/. */
describe('the look of the element', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));
  after(async () => {
    if (process.env['LOOKS']) for (const variant of VARIANTS) await LookPage.contactSheet(browser, variant);
  });

  for (const surroundings of ALL_SURROUNDINGS) {
    describe(surroundings.name, () => {
      let look: LookPage;
      before(async () => void (look = await LookPage.open(browser, 'inline', surroundings)));
      after(() => look?.close());

      for (const variant of VARIANTS) {
        it(`${variant}: nothing is cut off, overlaps or is too small, and all is accessible, in every state`, async () => {
          look.wear(variant);
          const found: string[] = [];
          for (const state of statesOf(variant)) {
            await look.show(state);
            const faults = [...(await look.faults()), ...(await accessibilityFaults(look.page))];
            found.push(...faults.map((fault) => `${state}: ${fault}`));
            if (process.env['LOOKS']) await look.picture(state);
          }
          assert.deepEqual(found, []);
        });
      }
    });
  }
});
