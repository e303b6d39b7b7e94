import type { Browser } from 'puppeteer-core';
import { openPage, type OpenPage } from '../support/page.js';
import { until } from '../e2e/support/until.js';

/** The snippet builder of a running demo, as a visitor uses it. */
export class BuilderPage implements AsyncDisposable {
  readonly opened: OpenPage;

  private constructor(opened: OpenPage) {
    this.opened = opened;
  }

  static async open(browser: Browser, demoUrl: string, hash = '', withPolicy = true): Promise<BuilderPage> {
    const opened = await openPage(browser, { html: '', script: 'none' });
    if (!withPolicy) await opened.page.setBypassCSP(true);
    await opened.page.goto(`${demoUrl}/builder/${hash}`, { waitUntil: 'load' });
    await opened.page.waitForSelector('#form[data-ready]');
    return new BuilderPage(opened);
  }

  get page(): OpenPage['page'] {
    return this.opened.page;
  }

  /** Sets a field as an edit of a visitor does. */
  async set(selector: string, value: string | boolean): Promise<void> {
    await this.page.$eval(
      selector,
      (field, value) => {
        const input = field as HTMLInputElement;
        if (typeof value === 'boolean') input.checked = value;
        else input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      value,
    );
  }

  text(id: 'html' | 'imports' | 'policy' | 'endpoint'): Promise<string> {
    return this.page.$eval(`#${id}`, (field) => (field as HTMLTextAreaElement).value);
  }

  problems(): Promise<string[]> {
    return this.page.$$eval('#problems li', (lines) => lines.map((line) => line.textContent));
  }

  /** The response headers, by name in lower case. */
  async headers(): Promise<Record<string, string>> {
    const text = await until('the headers are there', () => this.text('policy'));
    return Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string])
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened.close();
  }
}
