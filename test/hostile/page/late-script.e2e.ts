import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openPage } from '../../support/page.js';
import { BROWSERS } from '../../support/shared-browsers.js';

const LIGHT = `<h2 slot="heading">Ask us</h2><p slot="footer" hidden>Below</p>
  <script type="application/json" slot="tools">[]</script>`;

const PAGES: Readonly<Record<string, string>> = {
  'a card': '<realtime-voice token-url="/token"></realtime-voice>',
  'a card without a text field': '<realtime-voice token-url="/token" no-text-input></realtime-voice>',
  'a card without a transcript': '<realtime-voice token-url="/token" no-transcript></realtime-voice>',
  'a small card': '<realtime-voice token-url="/token" no-transcript no-text-input></realtime-voice>',
  'a card of another height':
    '<realtime-voice token-url="/token" style="--realtime-voice-height: 410px"></realtime-voice>',
  'a card with a heading of its own': `<realtime-voice token-url="/token">${LIGHT}</realtime-voice>`,
  'a card with a way to a person':
    '<realtime-voice token-url="/token" handover-label="Talk to a person"></realtime-voice>',
  'a card as high as it is, with its place reserved':
    '<realtime-voice token-url="/token" style="--realtime-voice-height: auto; --realtime-voice-reserved: 600px"></realtime-voice>',
  'a pill': '<realtime-voice token-url="/token" variant="compact"></realtime-voice>',
  'a launcher': `<realtime-voice token-url="/token" variant="floating">${LIGHT}</realtime-voice>`,
  'an open panel': '<realtime-voice token-url="/token" variant="floating" open></realtime-voice>',
};

/** Where the page's own words are, and what of the element's children is seen. */
function look(page: Page): Promise<{ top: number; left: number; seen: boolean }> {
  return page.evaluate(() => {
    const { top, left } = document.querySelector('#below')!.getBoundingClientRect();
    const children = [...document.querySelector('realtime-voice')!.children];
    return { top, left, seen: children.some((child) => child.getBoundingClientRect().height > 0) };
  });
}

for (const [browserName, launch] of BROWSERS) {
  describe(`a script that comes late in ${browserName}`, () => {
    for (const [name, element] of Object.entries(PAGES)) {
      it(`moves nothing of the page: ${name}`, async () => {
        let asked!: (response: ServerResponse) => void;
        const request = new Promise<ServerResponse>((resolve) => (asked = resolve));
        await using opened = await openPage(await launch(), {
          html: `<!doctype html><html lang="en"><head><title>Shop</title>
            <link rel="stylesheet" href="/realtime-voice.css">
            <body><p>Above</p>${element}<p id="below">Below</p></body></html>`,
          routes: {
            '/realtime-voice.css': { body: readFileSync('dist/realtime-voice.css') },
            '/late.js': (_, response) => asked(response),
          },
        });
        const { page } = opened;
        await page.evaluate(() => {
          const shifts: number[] = [];
          Object.assign(window, { __shifts: shifts });
          if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return;
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
          });
          observer.observe({ type: 'layout-shift', buffered: true });
        });
        const before = await look(page);
        assert.equal(before.seen, false, 'what belongs into slots is hidden until there are slots');
        await page.evaluate(() =>
          document.head.append(Object.assign(document.createElement('script'), { src: '/late.js' })),
        );
        const response = await request;
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync('dist/realtime-voice.min.js'));
        await page.evaluate(async () => {
          await customElements.whenDefined('realtime-voice');
          await document.querySelector('realtime-voice')!.updateComplete;
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        });
        const { top, left } = await look(page);
        assert.deepEqual({ top, left }, { top: before.top, left: before.left });
        assert.deepEqual(await page.evaluate('__shifts'), []);
      });
    }
  });
}
