import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { layoutFaults } from '../../support/layout-faults.js';
import { lookSite } from '../../support/look-site.js';
import { painted, showing } from '../../support/look-states.js';
import { openPage, type OpenPage } from '../../support/page.js';

export interface Surroundings {
  readonly name: string;
  readonly scheme?: 'dark';
  readonly forced?: boolean;
  readonly dir?: 'rtl';
  readonly lang?: string;
  /** Width of the viewport in CSS pixels. */
  readonly width?: number;
  /** Height of the viewport in CSS pixels. */
  readonly height?: number;
}

/** A page with one element that shows one state after the other. */
export class LookPage {
  readonly #opened: OpenPage;
  readonly #name: string;
  readonly #variant: string;

  private constructor(opened: OpenPage, variant: string, name: string) {
    this.#opened = opened;
    this.#variant = variant;
    this.#name = name;
  }

  static async open(browser: Browser, variant: string, surroundings: Surroundings): Promise<LookPage> {
    const { name, scheme, forced, width = 800, height = 900, ...language } = surroundings;
    const opened = await openPage(browser, await lookSite(language));
    const { page } = opened;
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme ?? 'light' }]);
    if (forced) {
      const session = await page.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    }
    await page.waitForFunction(() => customElements.get('scripted-voice'));
    return new LookPage(opened, variant, name);
  }

  get page(): Page {
    return this.#opened.page;
  }

  async show(state: string): Promise<void> {
    await this.page.evaluate(showing(this.#variant, state));
    await this.page.evaluate(painted);
  }

  /** Layout faults: text that is cut off, overlapping parts, targets that are too small. */
  faults(): Promise<string[]> {
    return this.page.evaluate(layoutFaults, 'scripted-voice');
  }

  async picture(state: string): Promise<void> {
    const folder = join('test/report/looks', this.#variant, this.#name.replace(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${state.replace(/\W+/g, '-')}.png`) as `${string}.png` });
  }

  /** Puts all pictures of a variant on one sheet, one row for each surroundings. */
  static async contactSheet(browser: Browser, variant: string): Promise<void> {
    const folder = join('test/report/looks', variant);
    const rows = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => {
        const pictures = readdirSync(join(folder, name)).map((file) => {
          const data = readFileSync(join(folder, name, file)).toString('base64');
          const caption = `<figcaption>${file.replace('.png', '')}</figcaption>`;
          return `<figure><img src="data:image/png;base64,${data}">${caption}</figure>`;
        });
        return `<h2>${name}</h2><div>${pictures.join('')}</div>`;
      });
    const page = await browser.newPage();
    await page.setViewport({ width: 2000, height: 1000 });
    const styles = `body { font: 12px sans-serif } figure { margin: 0 } img { height: 360px; border: 1px solid #999 }
      div { display: flex; flex-wrap: wrap; gap: 8px }`;
    await page.setContent(`<style>${styles}</style>${rows.join('')}`);
    await page.screenshot({ path: `${folder}.png` as `${string}.png`, fullPage: true });
    await page.close();
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
