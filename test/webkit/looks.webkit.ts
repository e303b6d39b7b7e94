import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { AXE_OPTIONS } from '../support/axe-options.js';
import { layoutFaults } from '../support/layout-faults.js';
import { lookSite, type LookOptions } from '../support/look-site.js';
import { showing, STATES } from '../support/look-states.js';
import { startPageServer, type PageServer } from '../support/page-server.js';
import { sharedWebKit } from '../support/shared-browsers.js';
import type { WebDriver } from '../support/webdriver.js';

interface Surroundings extends LookOptions {
  readonly name: string;
  readonly width?: number;
  readonly height?: number;
}

const VARIANTS = ['inline', 'compact', 'floating'];
const SURROUNDINGS: readonly Surroundings[] = [
  { name: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'right to left, in Arabic', dir: 'rtl', lang: 'ar' },
  { name: '320 px, in German', width: 320, lang: 'de' },
  { name: 'a phone on its side', width: 667, height: 320 },
];
const THEMES = ['bank', 'clinic', 'arcade', 'paper', 'bar'];

/** Every face in WebKit, as `e2e/looks` has it in Chromium. `LOOKS=1` leaves the pictures in test/report/looks/webkit/. */
describe('every face in WebKit is whole', () => {
  let driver: WebDriver;
  let server: PageServer | undefined;
  before(async () => void (driver = await sharedWebKit()));
  after(() => server?.close());

  for (const surroundings of SURROUNDINGS) {
    it(surroundings.name, async () => {
      await open(surroundings);
      for (const variant of VARIANTS) await lookAtAll(variant, surroundings.name);
    });
  }

  for (const theme of THEMES) {
    it(`with the theme of the demo's ${theme}`, async () => {
      await open({ theme });
      await lookAtAll(theme === 'bar' ? 'compact' : 'inline', theme);
    });
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`and accessible, in ${scheme}`, async () => {
      await open(scheme === 'dark' ? { scheme } : {});
      await driver.evaluate(axe.source + ';void 0');
      for (const variant of VARIANTS) {
        for (const state of ['idle', 'speaking', 'a question of a tool', 'blocked microphone', 'settings']) {
          await driver.evaluate(showing(variant, state));
          const found = await driver.evaluate(async (options) => {
            const { violations } = await (window as unknown as { axe: typeof axe }).axe.run('html', options);
            return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' › ')}`));
          }, AXE_OPTIONS);
          assert.deepEqual(found, [], `${variant}, ${state}`);
        }
      }
    });
  }

  /** In a frame of the wanted size: WebKit's window does not get as narrow as a phone. */
  async function open({ width = 800, height = 860, ...options }: LookOptions & { width?: number; height?: number }): Promise<void> {
    await server?.close();
    const { html, routes } = await lookSite(options);
    const body = `<!doctype html><title>Frame</title><iframe src="/look" width="${width}" height="${height}"></iframe>`;
    server = await startPageServer({ '/': { body }, '/look': { body: html }, ...routes });
    await driver.enterFrame();
    await driver.goTo(`${server.url}/`);
    await driver.enterFrame(0);
    await driver.evaluate(() => customElements.whenDefined('scripted-voice').then(() => {}));
    const size = await driver.evaluate(() => [innerWidth, innerHeight]);
    assert.deepEqual(size, [width, height]);
  }

  async function lookAtAll(variant: string, surroundings: string): Promise<void> {
    for (const state of Object.keys(STATES)) {
      await driver.evaluate(showing(variant, state));
      assert.deepEqual(await driver.evaluate(layoutFaults, 'scripted-voice'), [], `${variant}, ${state}`);
      if (process.env['LOOKS']) await picture(join('test/report/looks/webkit', variant, surroundings.replace(/\W+/g, '-')), state);
    }
  }

  async function picture(folder: string, state: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${state.replace(/\W+/g, '-')}.png`), await driver.picture());
  }
});
