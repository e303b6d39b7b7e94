import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { assertAccessible } from '../support/axe.js';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startDemo } from '../support/demo-process.js';
import { codeOf, LANGUAGES } from '../support/languages.js';
import type { ServerProcess } from '../support/server-process.js';
import { openDemoPage, type VoicePage } from '../e2e/support/voice-page.js';
import { until } from '../e2e/support/until.js';

/** A phone's screen, without the browser's own bars. */
const PHONE = { width: 390, height: 664 };

let demo: ServerProcess;
before(async () => void (demo = await startDemo()));
after(() => demo?.stop());

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
] as const) {
  describe(`the demo's page in ${name}`, () => {
    let browser: Browser;
    let voice: VoicePage;
    before(async () => void (browser = await launch()));
    beforeEach(async () => void (voice = await openDemoPage(browser, demo.url)));
    afterEach(() => voice?.close());
    after(() => browser?.close());

    it('says what it is, and shows the snippet and the start, on the first screen of a phone', async () => {
      await voice.page.setViewport(PHONE);
      for (const selector of ['h1', '#snippet', '.example', '.chair', 'realtime-voice >>> [part~="start-button"]']) {
        const box = await ((await voice.page.waitForSelector(selector)) as ElementHandle).boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= PHONE.height, `${selector}: ${JSON.stringify(box)}`);
      }
      const beyond = await voice.page.evaluate(
        ({ scrollWidth, clientWidth } = document.documentElement) => scrollWidth - clientWidth,
      );
      assert.equal(beyond, 0, 'nothing scrolls sideways');
      await assertAccessible(voice.page);
    });

    it('changes variant, theme and language, and writes the snippet of it', async () => {
      const { page } = voice;
      await page.select('#variant', 'compact');
      await page.select('#theme', 'soft');
      const offered = await until(
        'the languages are offered',
        () => page.$$eval('#language option', (options) => options.map(({ value }) => value)),
        ({ length }) => length > 0,
      );
      assert.deepEqual(offered, ['en', ...LANGUAGES.map(codeOf)]);
      await page.select('#language', 'de');
      const start = (): Promise<string> =>
        page.$eval('realtime-voice', ({ shadowRoot }) =>
          shadowRoot!.querySelector('[part~="start-button"]')!.textContent.trim(),
        );
      await until('the element speaks German', start, (text) => text === 'Gespräch starten');
      const tag = await page.$eval('#tag', ({ textContent }) => textContent);
      const attributes = 'token-url="/api/voice-token" variant="compact" theme="soft" lang="de"';
      assert.equal(tag, `<realtime-voice ${attributes}></realtime-voice>`);
      await page.select('#theme', '');
      await page.select('#language', 'en');
      await until('the element speaks English again', start, (text) => text === 'Start talking');
      assert.deepEqual(voice.opened.errors, []);
    });

    it('copies the snippet, and says so', async () => {
      const { page } = voice;
      // Chromium asks before a page may read what was copied, and Firefox has no such question to answer.
      await page.evaluate(() => {
        const copied: string[] = [];
        Object.assign(window, { copied });
        navigator.clipboard.writeText = async (text) => void copied.push(text);
      });
      await page.locator('[data-copies="snippet"]').click();
      const status = await until(
        'it says so',
        () => page.$eval('#status', ({ textContent }) => textContent),
        (text) => text !== '',
      );
      const seen = await page.$eval('.copied', ({ textContent }) => textContent);
      assert.deepEqual([status, seen], ['Copied.', 'Copied']);
      assert.deepEqual(await page.evaluate('copied'), [await page.$eval('#snippet', (code) => code.textContent)]);
    });

    it('has the words of the shop in the language of the element', async () => {
      const { page } = voice;
      const words = (): Promise<string> =>
        page.$eval('realtime-voice', ({ shadowRoot }) => shadowRoot!.querySelector<HTMLElement>('.card')!.innerText);
      // The page asks its server which languages there are.
      await page.waitForSelector('#language option[value="ar"]');
      await page.select('#language', 'ar');
      const shown = await until('the element speaks Arabic', words, (text) => text.includes('بدء المكالمة'));
      assert.doesNotMatch(shown.replace('Fern & Co.', ''), /[a-z]{2}/i);
      await page.select('#language', 'en');
      await until('the element speaks English again', words, (text) => text.includes('Show me the rust one'));
    });

    it('says where the button is, in the place of the card', async () => {
      const { page } = voice;
      const note = (): Promise<boolean> => page.$eval('.corner', (element) => element.checkVisibility());
      assert.equal(await note(), false);
      await page.select('#variant', 'floating');
      await until('the note is shown', note, Boolean);
      await assertAccessible(page);
      await page.select('#variant', 'compact');
      await until('the note is gone', note, (shown) => !shown);
    });

    it('shows the chair in rust when its starter is pressed, and says so', async () => {
      const greeting = await voice.page.waitForSelector('realtime-voice >>> .greeting', { visible: true });
      assert.notEqual(await greeting!.evaluate(({ textContent }) => textContent), '');
      assert.deepEqual(await voice.page.$$eval('details', (all) => all.filter(({ open }) => open).length), 0);
      // The beeps of the test's microphone are no words.
      await voice.page.$eval('realtime-voice', (element) => void (element.muted = true));
      await voice.page.locator('realtime-voice >>> [part="starter"] ::-p-text(Show me the rust one)').click();
      await until(
        'the answer is complete',
        async () => (await voice.transcript()).at(-1),
        (entry) => entry?.role === 'assistant' && entry.status === 'final',
      );
      assert.match((await voice.transcript()).at(-1)!.text, /There it is, in rust\./);
      assert.equal(await voice.page.$eval('.product', (product) => product.getAttribute('data-fabric')), 'rust');
    });
  });
}

it('has words of the shop in every language that it offers', async () => {
  const words = await (await fetch(`${demo.url}/words.js`)).text();
  const lines = ['label: .{3,}', 'greeting: .{3,}', 'handover: .{3,}', 'starters: \\[.{9,}\\]'];
  const entry = lines.map((line) => `    ${line},\n`).join('');
  const missing = LANGUAGES.map(codeOf).filter(
    (code) => !new RegExp(`^  '?${code}'?: {\n${entry}  },$`, 'm').test(words),
  );
  assert.deepEqual(missing, []);
});

it('every link of its pages leads to a page that is served, and every page leads back to the shop', async () => {
  const links = async (path: string): Promise<string[]> => {
    const response = await fetch(new URL(path, demo.url));
    assert.equal(response.status, 200, path);
    const hrefs = (await response.text()).matchAll(/<a [^>]*?href="([^"#]+)/g);
    const urls = [...hrefs].map(([, href]) => new URL(href!, new URL(path, demo.url)));
    return urls.filter(({ origin }) => origin === new URL(demo.url).origin).map((url) => url.pathname + url.search);
  };
  const seen = new Map<string, readonly string[]>();
  const open = ['/'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.set(path, await links(path));
    open.push(...seen.get(path)!);
  }
  assert.ok(seen.has('/themes.html') && seen.has('/builder/'), [...seen.keys()].join(', '));
  for (const [path, to] of seen) if (!/^\/(\?|$)/.test(path)) assert.ok(to.includes('/'), `${path} leads back`);
});
