import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { layoutFaults } from '../../support/layout-faults.js';
import type { Dress } from '../../support/look-dresses.js';
import { lookSite } from '../../support/look-site.js';
import { painted, showing } from '../../support/look-states.js';
import type { Surroundings } from '../../support/look-surroundings.js';
import { openPage, type OpenPage } from '../../support/page.js';

/** A page with one element that shows one state after the other. */
export class LookPage {
  readonly #opened: OpenPage;
  readonly #surroundings: string;
  #variant: string;
  #dress: Dress | undefined;

  private constructor(opened: OpenPage, variant: string, surroundings: string) {
    this.#opened = opened;
    this.#variant = variant;
    this.#surroundings = surroundings;
  }

  static async open(browser: Browser, variant: string, surroundings: Surroundings): Promise<LookPage> {
    const { name, scheme = 'light', forced, touch, width = 800, height = 900, ...language } = surroundings;
    const opened = await openPage(browser, await lookSite(language));
    const { page } = opened;
    await page.setViewport({ width, height, hasTouch: !!touch });
    const session = await page.createCDPSession();
    const features = [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'forced-colors', value: forced ? 'active' : 'none' },
    ];
    await session.send('Emulation.setEmulatedMedia', { features });
    await page.waitForFunction(() => customElements.get('scripted-voice'));
    return new LookPage(opened, variant, name);
  }

  get page(): Page {
    return this.#opened.page;
  }

  /** From now on, it shows this variant in this dress. */
  wear(variant: string, dress?: Dress): void {
    this.#variant = variant;
    this.#dress = dress;
  }

  async show(state: string): Promise<void> {
    await this.page.evaluate(showing(this.#variant, state, this.#dress));
    await this.page.evaluate(painted);
  }

  /** Layout faults: text that is cut off, overlapping parts, targets that are too small. */
  faults(): Promise<string[]> {
    return this.page.evaluate(layoutFaults, 'scripted-voice');
  }

  /** Layout faults of these states, each of which is laid out but not painted: that takes half the time. */
  async faultsOf(states: readonly string[]): Promise<string[]> {
    const looks = states.map((state) => {
      const shown = showing(this.#variant, state, this.#dress);
      return `${JSON.stringify(state)}: await ${shown}.then(() => (${layoutFaults})('scripted-voice'))`;
    });
    const found = await this.page.evaluate(`(async () => ({ ${looks.join(', ')} }))()`);
    return Object.entries(found as Record<string, string[]>).flatMap(([state, faults]) =>
      faults.map((fault) => `${state}: ${fault}`),
    );
  }

  /** Writes a picture: of the card or the pill, or of the whole window where that is the place of it. */
  async picture(state: string): Promise<void> {
    const name = this.#dress ? `${this.#dress.name}-${this.#variant}` : this.#variant;
    const folder = join('test/report/looks', name, this.#surroundings.replace(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${state.replace(/\W+/g, '-')}.png`) as `${string}.png`;
    const clip = await this.page.$eval('scripted-voice', (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const clip = { x: x - 8, y: y - 8, width: width + 16, height: height + 16 };
      return width > 0 && clip.y + clip.height < innerHeight ? clip : undefined;
    });
    await this.page.screenshot({ path, ...(clip && { clip }) });
  }

  /** Puts all pictures of a folder on one sheet, one row for each surroundings. */
  static async contactSheet(browser: Browser, name: string): Promise<void> {
    const folder = join('test/report/looks', name);
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
