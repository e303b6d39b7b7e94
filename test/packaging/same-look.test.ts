import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import { openPage, type OpenPage } from '../support/page.js';
import { BROWSERS } from '../support/shared-browsers.js';

/** Each is put on the page in one go, so that every part of the interface is there once. */
const VARIANTS = [
  '<realtime-voice token-url="/nowhere"></realtime-voice>',
  '<realtime-voice token-url="/nowhere" variant="compact" push-to-talk lang="de"></realtime-voice>',
  '<realtime-voice token-url="/nowhere" variant="floating" label="Ask"></realtime-voice>',
  '<realtime-voice token-url="/nowhere" consent muted></realtime-voice>',
].join('\n');

describe('the drop-in file and the modules, which are not minified', () => {
  let modules: Buffer;
  before(async () => {
    const options = { bundle: true, format: 'esm', write: false, logLevel: 'error' } as const;
    const bundle = await build({ entryPoints: ['dist/index.js'], ...options });
    modules = Buffer.from(bundle.outputFiles[0]!.contents);
  });

  for (const [name, sharedBrowser] of BROWSERS) {
    it(`have the same style rules in ${name}`, async () => {
      const { dropIn, fromModules } = await both(await sharedBrowser(), styleRules);
      assert.ok(fromModules.length > 100, `${fromModules.length} rules`);
      assert.deepEqual(dropIn, fromModules);
    });

    it(`have the same elements, texts and computed styles in ${name}, before and after a failed start`, async () => {
      const { dropIn, fromModules } = await both(await sharedBrowser(), looks);
      assert.ok(fromModules.length > 10_000, `${fromModules.length} lines`);
      // Not the whole lists: a message with all of them would be endless.
      const differing = fromModules.flatMap((line, index) => (line === dropIn[index] ? [] : [[line, dropIn[index]]]));
      assert.deepEqual(differing.slice(0, 10), []);
      assert.equal(dropIn.length, fromModules.length);
    });
  }

  /** What `look` finds on a page with the drop-in file, and on one with the modules. */
  async function both<Result>(
    browser: Browser,
    look: (page: Page) => Promise<Result>,
  ): Promise<{ dropIn: Result; fromModules: Result }> {
    await using minified = await openPage(browser, { html: VARIANTS });
    const dropIn = await look(minified.page);
    await using plain: OpenPage = await openPage(browser, {
      html: `${VARIANTS}<script type="module" src="/modules.js"></script>`,
      script: 'none',
      routes: { '/modules.js': { body: modules } },
    });
    return { dropIn, fromModules: await look(plain.page) };
  }
});

/**
 * The rules as the browser has parsed them, without white space that means nothing. A browser that does not know a
 * media feature leaves it as it is written.
 */
function styleRules(page: Page): Promise<string[]> {
  return page.$eval('realtime-voice', (element) =>
    element
      .shadowRoot!.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])
      .map((rule) => rule.cssText.replace(/\s+/g, ' ').replace(/(--[\w-]+:|,|\([\w-]+:) /g, '$1')),
  );
}

async function looks(page: Page): Promise<string[]> {
  const idle = await page.evaluate(lookOfElements);
  await page.evaluate(() =>
    Promise.all([...document.querySelectorAll('realtime-voice')].map((element) => element.start().catch(() => {}))),
  );
  const failed = await page.evaluate(lookOfElements);
  assert.notDeepEqual(failed, idle);
  return [...idle, ...failed];
}

/** Runs inside the page: one line for each attribute, text and style of each element. */
async function lookOfElements(): Promise<string[]> {
  const hosts = [...document.querySelectorAll('realtime-voice')];
  await Promise.all(hosts.map((element) => element.updateComplete));
  const stylesOf = (element: Element, pseudo: string): string[] => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && style.content === 'none') return [];
    // Sorted: the order of custom properties is up to the browser.
    return [...style].sort().map((property) => `${pseudo} ${property}: ${style.getPropertyValue(property)}`);
  };
  const elements = hosts.flatMap((host) => [host, ...host.shadowRoot!.querySelectorAll('*')]);
  return elements.flatMap((element, index) => {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}="${value.replace(/\s+/g, ' ')}"`);
    // What is shown of it: between the shapes of an SVG there is no text to show.
    const text = element instanceof HTMLElement ? element.innerText : '';
    const styles = ['', '::before', '::after'].flatMap((pseudo) => stylesOf(element, pseudo));
    const name = `${index} ${element.localName}.${element.getAttribute('class')}`;
    return [...attributes.sort(), JSON.stringify(text), ...styles].map((line) => `${name}: ${line}`);
  });
}
