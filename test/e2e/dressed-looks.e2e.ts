import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { accessibilityFaults } from '../support/axe.js';
import { DRESSES, SITES } from '../support/look-dresses.js';
import { statesOf } from '../support/look-states.js';
import { BASIC_SURROUNDINGS } from '../support/look-surroundings.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

/** It waits for half a second, and is laid out like another one. */
const LATE = 'rated';
/** Between them they have everything that a theme or a layout gives a colour or a distance. */
const AUDITED = [
  ...['idle with starters', 'speaking', 'muted', 'a question of a tool', 'blocked microphone', 'rating', 'settings'],
  ...['menu of the transcript', 'closed launcher', 'nudge', 'call bar'],
];

/** All states in every theme and layout. `LOOKS=1` writes pictures and contact sheets to test/report/looks/. */
describe('the look of the element in a theme or a layout', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));
  after(async () => {
    if (!process.env['LOOKS']) return;
    for (const { name, variants } of DRESSES)
      for (const variant of variants) await LookPage.contactSheet(browser, `${name}-${variant}`);
  });

  for (const surroundings of BASIC_SURROUNDINGS) {
    describe(surroundings.name, () => {
      let look: LookPage;
      before(async () => void (look = await LookPage.open(browser, 'inline', surroundings)));
      after(() => look?.close());

      for (const dress of [...DRESSES, ...SITES]) {
        for (const variant of dress.variants) {
          it(`${dress.name}, ${variant}: nothing is cut off, overlaps or is too small, and all is accessible`, async () => {
            look.wear(variant, dress);
            const states = statesOf(variant).filter((state) => state !== LATE);
            // The sites are examples: their colours and shapes are their own, and what a theme is made of is known.
            const shown = SITES.includes(dress) ? states.filter((state) => AUDITED.includes(state)) : states;
            const found = await look.faultsOf(shown);
            for (const state of shown.filter((state) => AUDITED.includes(state))) {
              await look.show(state);
              found.push(...(await accessibilityFaults(look.page)).map((fault) => `${state}: ${fault}`));
            }
            for (const state of process.env['LOOKS'] ? shown : []) {
              await look.show(state);
              await look.picture(state);
            }
            assert.deepEqual(found, []);
          });
        }
      }
    });
  }
});
