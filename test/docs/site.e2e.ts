import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { PAGES } from '../packaging/document-blocks.js';
import { assertAccessible } from '../support/axe.js';
import { startPageServer, type PageServer } from '../support/page-server.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { closeTab, openTab } from '../support/tabs.js';

/** What people type, and the page that helps. */
const FOUND = {
  CSP: '/guide/csp.html',
  401: '/reference/errors.html#token-unauthorized',
  'microphone denied': '/reference/errors.html#microphone-denied',
  Azure: '/services/azure.html',
  GDPR: '/guide/privacy.html',
  position: '/guide/theming.html',
  Laravel: '/start/other-languages.html',
  Django: '/start/other-languages.html',
  Angular: '/start/editors.html',
};

describe('the site of the docs', () => {
  let folder: string;
  let server: PageServer;
  let files: string[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'realtime-voice-docs-'));
    // It fails if a page links to a page that does not exist.
    const build = ['node_modules/vitepress/bin/vitepress.js', 'build', 'docs', '--outDir', folder];
    execFileSync(process.execPath, build, { stdio: ['ignore', 'pipe', 'pipe'] });
    files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.\w+$/.test(file));
    const route = (file: string): [string, { body: Buffer }] => [`/${file}`, { body: read(file) }];
    server = await startPageServer(Object.fromEntries([...files.map(route), ['/', { body: read('index.html') }]]));
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (file: string): Buffer => readFileSync(join(folder, file));
  const html = (page: string): string => read(page.replace(/^docs\/(.*)\.md$/, '$1.html')).toString();

  it('has every page, with the files that it includes', () => {
    assert.deepEqual(
      PAGES.filter((page) => !/<h1\b/.test(html(page))),
      [],
    );
    assert.match(html('docs/start/koa.md'), /removeAllContentTypeParsers|createTokenHandler/);
    assert.match(html('docs/start/koa.md'), /href="https:\/\/[^"]+\/blob\/main\/demo\/recipes\/koa\.js"/);
    assert.match(html('docs/reference/element.md'), /--realtime-voice-accent/);
    assert.match(html('docs/reference/element.md'), /ToolCallDetail/);
  });

  it('has an icon, so that browsers do not ask for one that is not there', () => {
    const icon = /<link rel="icon" href="\/([^"]+)"/.exec(read('index.html').toString())?.[1];
    assert.ok(icon && files.includes(icon), icon);
  });

  it('loads nothing from another host', () => {
    const loaded = files
      .filter((file) => /\.(html|css)$/.test(file))
      .flatMap((file) => [
        ...read(file)
          .toString()
          .matchAll(
            /<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)="((?:https?:)?\/\/[^"]*)|url\(["']?(https?:)/g,
          ),
      ])
      .map(([match]) => match)
      // The code blocks of the pages show such tags as text, which is escaped.
      .filter((match) => !match.includes('&lt;'));
    assert.deepEqual(loaded, []);
  });

  it('has a search that finds a word and leads to its page, without a request to another host', async () => {
    await onPage('/', async (page) => {
      const requests: string[] = [];
      page.on('request', (request) => /^http/.test(request.url()) && requests.push(request.url()));
      await page.click('.VPNavBarSearch button');
      await page.waitForSelector('.VPLocalSearchBox input');
      await page.type('.VPLocalSearchBox input', 'captcha');
      const first = await page.waitForSelector('.VPLocalSearchBox .result[href*="captcha"]');
      await first!.click();
      await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('A captcha'));
      assert.notEqual(requests.length, 0);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith(server.url)),
        [],
      );
    });
  });

  it('finds a member of the element, which comes from the manifest', async () => {
    await onPage('/guide/theming.html', async (page) => {
      await page.click('.VPNavBarSearch button');
      await page.waitForSelector('.VPLocalSearchBox input');
      await page.type('.VPLocalSearchBox input', 'withdrawConsent');
      await page.waitForSelector('.VPLocalSearchBox .result[href*="reference/element"]');
    });
  });

  it('finds what people type who look for help', async () => {
    await onPage('/', async (page) => {
      await page.click('.VPNavBarSearch button');
      await page.waitForSelector('.VPLocalSearchBox input');
      for (const [words, target] of Object.entries(FOUND)) {
        await page.$eval('.VPLocalSearchBox input', (input) => ((input as HTMLInputElement).value = ''));
        await page.type('.VPLocalSearchBox input', words);
        // Among the first five.
        await page
          .waitForSelector(`.VPLocalSearchBox li:nth-child(-n + 5) .result[href*="${target}"]`, { timeout: 10_000 })
          .catch(() => assert.fail(`${words} does not lead to ${target}`));
      }
    });
  });

  it('has only links that lead to a heading', () => {
    const idsOf = new Map<string, Set<string>>();
    const ids = (file: string): Set<string> => {
      const known =
        idsOf.get(file) ??
        new Set(
          [
            ...read(file)
              .toString()
              .matchAll(/\bid="([^"]+)"/g),
          ].map(([, id]) => id!),
        );
      idsOf.set(file, known);
      return known;
    };
    const dead = PAGES.map((page) => page.replace(/^docs\/(.*)\.md$/, '$1.html')).flatMap((file) => {
      const links = [
        ...read(file)
          .toString()
          .matchAll(/<a\b[^>]*href="([^"]*#[^"]+)"/g),
      ].map(([, link]) => link!);
      return links
        .map((link) => new URL(link, `http://site/${file}`))
        .filter(({ host }) => host === 'site')
        .filter(({ pathname, hash }) => {
          const target = pathname.slice(1).replace(/(^|\/)$/, '$1index.html');
          return !files.includes(target) || !ids(target).has(decodeURIComponent(hash.slice(1)));
        })
        .map(({ href }) => `${file}: ${href}`);
    });
    assert.deepEqual(dead, []);
  });

  for (const [scheme, colour] of [
    ['light', 'rgb(10, 108, 116)'],
    ['dark', 'rgb(111, 211, 216)'],
  ] as const) {
    it(`has links in the accent of the element when it is ${scheme}`, () =>
      onPage(
        '/',
        async (page) => assert.equal(await page.$eval('.vp-doc td a', (it) => getComputedStyle(it).color), colour),
        scheme,
      ));
  }

  for (const [path, scheme] of [
    ['/', 'light'],
    ['/start/koa.html', 'light'],
    ['/reference/element.html', 'light'],
    ['/server/options.html', 'dark'],
    ['/reference/errors.html', 'dark'],
  ] as const) {
    it(`has no accessibility faults at ${path} when it is ${scheme}`, () => onPage(path, assertAccessible, scheme));
  }

  async function onPage(path: string, act: (page: Page) => Promise<void>, scheme: 'light' | 'dark' = 'light') {
    const page = await openTab(await sharedChromium());
    try {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      await page.goto(server.url + path, { waitUntil: 'load' });
      await act(page);
    } finally {
      await closeTab(page);
    }
  }
});
