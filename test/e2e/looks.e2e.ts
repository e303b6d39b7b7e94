import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { accessibilityFaults } from '../support/axe.js';
import { statesOf } from '../support/look-states.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage, type Surroundings } from './support/look-page.js';

const VARIANTS = ['inline', 'compact', 'floating'];
const SURROUNDINGS: readonly Surroundings[] = [
  { name: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'forced colours', forced: true },
  { name: 'right to left, in Arabic', dir: 'rtl', lang: 'ar' },
  { name: '320 px, in German', width: 320, lang: 'de' },
  { name: 'a phone on its side', width: 667, height: 320 },
  { name: 'zoomed to 200 %', width: 640, height: 400 },
];

/** All states in all variants and surroundings. `LOOKS=1` writes pictures and a contact sheet to test/report/looks/. */
describe('the look of the element', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));
  after(async () => {
    if (process.env['LOOKS']) for (const variant of VARIANTS) await LookPage.contactSheet(browser, variant);
  });

  for (const variant of VARIANTS) {
    for (const surroundings of SURROUNDINGS) {
      describe(`${variant}, ${surroundings.name},`, () => {
        let look: LookPage;
        before(async () => void (look = await LookPage.open(browser, variant, surroundings)));
        after(() => look?.close());

        it('has no layout fault in any state: nothing is cut off, overlaps or is too small', async () => {
          for (const state of statesOf(variant)) {
            await look.show(state);
            assert.deepEqual(await look.faults(), [], state);
            if (process.env['LOOKS']) await look.picture(state);
          }
        });

        if (surroundings.name === 'light' || surroundings.name === 'dark') {
          it('is accessible in every state', async () => {
            for (const state of statesOf(variant)) {
              await look.show(state);
              assert.deepEqual(await accessibilityFaults(look.page), [], state);
            }
          });
        }
      });
    }
  }
});
