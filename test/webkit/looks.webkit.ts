import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { AXE_OPTIONS } from '../support/axe-options.js';
import { layoutFaults } from '../support/layout-faults.js';
import { lookSite, type LookOptions } from '../support/look-site.js';
import { painted, settled, showing, statesOf } from '../support/look-states.js';
import { startPageServer, type PageServer } from '../support/page-server.js';
import { sharedChromium, sharedWebKit } from '../support/shared-browsers.js';
import type { WebDriver } from '../support/webdriver.js';
import { LookPage } from '../e2e/support/look-page.js';

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
const AUDITED = ['idle', 'speaking', 'a question of a tool', 'blocked microphone', 'settings'];
const THEMES = ['bank', 'clinic', 'arcade', 'paper', 'bar'];

/** All states in WebKit, as `e2e/looks` tests them in Chromium. `LOOKS=1` writes pictures to test/report/looks/. */
describe('the look of the element in WebKit', () => {
  let driver: WebDriver;
  let server: PageServer | undefined;
  before(async () => void (driver = await sharedWebKit()));
  after(async () => {
    await driver?.enterFrame();
    await server?.close();
    if (process.env['LOOKS'])
      for (const variant of VARIANTS) await LookPage.contactSheet(await sharedChromium(), `webkit/${variant}`);
  });

  for (const { name, ...surroundings } of SURROUNDINGS) {
    it(`has no layout fault: ${name}`, async () => {
      await open(surroundings);
      for (const variant of VARIANTS) await checkLayout(variant, name);
    });
  }

  for (const theme of THEMES) {
    it(`has no layout fault with the demo's theme ${theme}`, async () => {
      await open({ theme });
      await checkLayout(theme === 'bar' ? 'compact' : 'inline', theme);
    });
  }

  for (const scheme of [undefined, 'dark'] as const) {
    it(`is accessible in ${scheme ?? 'light'}`, async () => {
      await open({ scheme });
      await driver.evaluate(`(() => { ${axe.source} })()`);
      for (const variant of VARIANTS) {
        for (const state of AUDITED) {
          await driver.evaluate(showing(variant, state));
          await driver.evaluate(settled);
          const found = await driver.evaluate(async (options) => {
            const { violations } = await (window as unknown as { axe: typeof axe }).axe.run('html', options);
            return violations.flatMap(({ id, nodes }) =>
              nodes.map(({ target }) => `${id}: ${target.flat().join(' › ')}`),
            );
          }, AXE_OPTIONS);
          assert.deepEqual(found, [], `${variant}, ${state}`);
        }
      }
    });
  }

  it('keeps the launcher in its corner when the panel opens', async () => {
    for (const size of [{}, { width: 667, height: 320 }, { width: 667, height: 320, dir: 'rtl' as const }]) {
      await open(size);
      await driver.evaluate(showing('floating', 'idle'));
      const moved = await driver.evaluate(async () => {
        const element = document.querySelector('scripted-voice')!;
        const places: string[] = [];
        for (const placement of ['bottom-end', 'bottom-start', 'top-end', 'top-start'] as const) {
          for (const open of [false, true]) {
            Object.assign(element, { placement, open });
            await element.updateComplete;
            const { x, y } = element.shadowRoot!.querySelector('.launcher')!.getBoundingClientRect();
            places.push(`${placement} ${x} ${y}`);
          }
        }
        return places.filter((place, index) => place !== places[index - (index % 2)]);
      });
      assert.deepEqual(moved, [], JSON.stringify(size));
    }
  });

  it('paints each variant', async () => {
    await open({});
    const pictures = new Set([(await driver.picture()).toString('base64')]);
    for (const variant of VARIANTS) {
      await driver.evaluate(showing(variant, 'listening'));
      await driver.evaluate(painted);
      pictures.add((await driver.picture()).toString('base64'));
    }
    assert.equal(pictures.size, 1 + VARIANTS.length);
  });

  /** Opens the page in a frame of this size, because WebKit's window cannot be as narrow as a phone. */
  async function open({ width = 800, height = 700, ...options }: Omit<Surroundings, 'name'>): Promise<void> {
    await server?.close();
    const { html, routes } = await lookSite(options);
    const frame = `<iframe src="/look" width="${width}" height="${height}" frameborder="0"></iframe>`;
    const body = `<!doctype html><title>Frame</title>${frame}`;
    server = await startPageServer({ '/': { body }, '/look': { body: html }, ...routes });
    await driver.enterFrame();
    await driver.goTo(`${server.url}/`);
    await driver.enterFrame(0);
    await driver.evaluate(() => customElements.whenDefined('scripted-voice').then(() => {}));
    assert.deepEqual(await driver.evaluate(() => [innerWidth, innerHeight]), [width, height]);
  }

  /** Checks all states in one script, because each command to the driver takes as long as a check. */
  async function checkLayout(variant: string, surroundings: string): Promise<void> {
    const looks = statesOf(variant).map(
      (state) =>
        `${JSON.stringify(state)}: await ${showing(variant, state)}.then(${settled}).then(() => (${layoutFaults})('scripted-voice'))`,
    );
    const faults = (await driver.evaluate(`({ ${looks.join(', ')} })`)) as Record<string, string[]>;
    assert.deepEqual(
      Object.entries(faults).filter(([, found]) => found.length > 0),
      [],
      variant,
    );
    assert.equal(Object.keys(faults).length, statesOf(variant).length);
    if (!process.env['LOOKS']) return;
    const folder = join('test/report/looks/webkit', variant, surroundings.replace(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    for (const state of statesOf(variant)) {
      await driver.evaluate(showing(variant, state));
      await driver.evaluate(painted);
      writeFileSync(join(folder, `${state.replace(/\W+/g, '-')}.png`), await driver.picture());
    }
  }
});
