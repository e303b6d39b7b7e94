import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { lookupLocale } from '../../src/locales/lookup.js';
import type { TranscriptEntry } from '../../src/session/index.js';
import { codeOf, LANGUAGES } from '../support/languages.js';
import { openPage, type PageOptions } from '../support/page.js';
import { PackedPackage } from '../support/packed-package.js';
import { sharedChromium } from '../support/shared-browsers.js';

for (const name of LANGUAGES) await import(`../../src/locales/${name}.js`);

/** Headers of a page in an old charset. */
const LATIN = { 'content-type': 'text/html; charset=windows-1252' };
const PAGE = (script: string): string =>
  `<!doctype html><html><head>${script}</head><body><realtime-voice></realtime-voice></body></html>`;

describe('the element from a script tag', () => {
  let packed: PackedPackage;
  let browser: Browser;
  before(async () => {
    packed = new PackedPackage();
    browser = await sharedChromium();
  });
  after(() => packed.remove());

  const file = (): string =>
    readFileSync(packed.path('node_modules/realtime-voice/dist/realtime-voice.min.js'), 'utf8');

  /** Loads a page. @returns whether the element works, which global names the script added, and errors */
  async function load(options: PageOptions): Promise<{ upgraded: boolean; left: string[]; faults: readonly string[] }> {
    await using bare = await openPage(browser, { html: PAGE('') });
    const before = await bare.page.evaluate(() => Object.getOwnPropertyNames(window));
    await using opened = await openPage(browser, options);
    const { upgraded, names } = await opened.page.evaluate(() => ({
      upgraded: document.querySelector('realtime-voice')?.shadowRoot?.adoptedStyleSheets.length !== undefined,
      names: Object.getOwnPropertyNames(window),
    }));
    // Lit's global list of its versions, which all copies of Lit share.
    const left = names.filter(
      (name) => !before.includes(name) && !/^(lit\w*Versions|reactiveElementVersions|litPropertyMetadata)$/.test(name),
    );
    return { upgraded, left, faults: [...opened.errors, ...opened.console] };
  }
  const works = { upgraded: true, left: [], faults: [] };

  it('works as a module', async () => {
    const routes = { '/packed.js': { body: file() } };
    assert.deepEqual(await load({ html: PAGE('<script type="module" src="/packed.js"></script>'), routes }), works);
  });

  it('works as a classic script, in a page of any charset', async () => {
    const routes = { '/packed.js': { body: file(), headers: { 'content-type': 'text/javascript' } } };
    assert.deepEqual(
      await load({ html: PAGE('<script defer src="/packed.js"></script>'), headers: LATIN, routes }),
      works,
    );
    assert.deepEqual(file().match(/[^\t\n\x20-\x7e]/g), null, 'ASCII only');
  });

  it('has every language in its full file, in a page of any charset', async () => {
    const script = readFileSync(packed.path('node_modules/realtime-voice/dist/realtime-voice.full.min.js'), 'utf8');
    const routes = { '/full.js': { body: script, headers: { 'content-type': 'text/javascript' } } };
    const html = PAGE('<script defer src="/full.js"></script>');
    await using opened = await openPage(browser, { html, headers: LATIN, routes });
    const codes = ['en', ...LANGUAGES.map(codeOf)];
    const starts = await opened.page.evaluate(async (codes) => {
      const element = document.querySelector('realtime-voice')!;
      const labels: Record<string, string> = {};
      for (const lang of codes) {
        element.lang = lang;
        element.requestUpdate();
        await element.updateComplete;
        labels[lang] = element.shadowRoot!.querySelector('[part~="start-button"]')!.textContent.trim();
      }
      return labels;
    }, codes);
    for (const [lang, label] of Object.entries(starts)) assert.equal(label, lookupLocale(lang).strings.start, lang);
    assert.deepEqual(Object.keys(starts), codes);
    assert.equal(new Set(Object.values(starts)).size, codes.length);
  });

  for (const [what, scripts] of [
    ['has rich text in its full file', ['realtime-voice.full.min.js']],
    ['gets rich text from a file of its own, before it', ['rich-text.min.js', 'realtime-voice.min.js']],
    ['gets rich text from a file of its own, after it', ['realtime-voice.min.js', 'rich-text.min.js']],
  ] as const) {
    it(what, async () => {
      const read = (name: string): string =>
        readFileSync(packed.path('node_modules/realtime-voice/dist', name), 'utf8');
      const type = { 'content-type': 'text/javascript' };
      const routes = Object.fromEntries(scripts.map((name) => [`/${name}`, { body: read(name), headers: type }]));
      const html = PAGE(scripts.map((name) => `<script defer src="/${name}"></script>`).join(''));
      const { upgraded, left, faults } = await load({ html, headers: LATIN, routes });
      assert.deepEqual({ upgraded, left, faults }, works);
      await using opened = await openPage(browser, { html, headers: LATIN, routes });
      const tags = await opened.page.evaluate(async () => {
        const element = document.querySelector('realtime-voice')!;
        const entry = { role: 'assistant', text: '**Two** at https://shop.example/ now', id: '1' } as TranscriptEntry;
        element.initialTranscript = [entry];
        await element.updateComplete;
        return [...element.shadowRoot!.querySelectorAll('.words *')].map(({ localName }) => localName);
      });
      assert.deepEqual(tags, ['strong', 'a']);
    });
  }

  it('can be loaded twice on a page, and the second copy says which versions met', async () => {
    const routes = { '/one.js': { body: file() }, '/two.js': { body: file() } };
    const html = PAGE('<script defer src="/one.js"></script><script type="module" src="/two.js"></script>');
    const { upgraded, faults } = await load({ html, routes });
    assert.equal(upgraded, true);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(
      faults.map((fault) => fault.replace(/^warn\w*: /, '')),
      [`<realtime-voice> ${version} is on this page already: this second copy, ${version}, stays unused.`],
    );
  });

  it("works through a bundler from import 'realtime-voice'", async () => {
    const entry = packed.write('entry.js', "import 'realtime-voice';");
    const bundle = await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      write: false,
      minify: true,
      logLevel: 'silent',
    });
    const routes = { '/bundle.js': { body: Buffer.from(bundle.outputFiles[0]!.contents) } };
    assert.deepEqual(await load({ html: PAGE('<script type="module" src="/bundle.js"></script>'), routes }), works);
  });

  it('is one file without anything that a strict policy or an integrity check forbids', () => {
    const text = file();
    // As a classic script: an import or export statement would be a syntax error.
    assert.doesNotThrow(() => new Script(text));
    for (const pattern of [
      /\bimport\s*\(/,
      /sourceMappingURL/,
      /\beval\(/,
      /\bnew Function\b/,
      /["'`(](blob|data):/,
      /\bstyle=/,
    ]) {
      assert.equal(pattern.exec(text)?.[0], undefined);
    }
  });

  it('no published file contains a key or a path of the machine that built it', () => {
    for (const path of packed.files.filter((path) => path.startsWith('dist/'))) {
      const text = readFileSync(packed.path('node_modules/realtime-voice', path), 'utf8');
      assert.doesNotMatch(text, /\bsk-[A-Za-z0-9_-]{16,}/, path);
      assert.ok(!text.includes(process.cwd()), path);
    }
  });
});
