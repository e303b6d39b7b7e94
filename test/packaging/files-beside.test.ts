import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openPage } from '../support/page.js';
import { PackedPackage } from '../support/packed-package.js';
import { sharedChromium } from '../support/shared-browsers.js';

describe('beside its script files, the package has', () => {
  let packed: PackedPackage;
  let browser: Browser;
  before(async () => {
    packed = new PackedPackage();
    browser = await sharedChromium();
  });
  after(() => packed.remove());

  const read = (name: string): string => readFileSync(packed.path('node_modules/realtime-voice/dist', name), 'utf8');

  for (const [file, mark] of [
    ['realtime-voice.min.js', "customElements.get('realtime-voice')"],
    ['realtime-voice.full.min.js', "customElements.get('realtime-voice')"],
    ['diagnostics.min.js', "customElements.get('realtime-voice-diagnostics')"],
    ['rich-text.min.js', "window[Symbol.for('realtime-voice answers')]"],
  ] as const) {
    it(`the hash of ${file}, as browsers take it for integrity`, () => {
      const hash = createHash('sha384').update(read(file)).digest('base64');
      assert.equal(read(`${file}.sri`), `sha384-${hash}\n`);
    });

    for (const [name, change, runs] of [
      ['runs the file that it belongs to', '', true],
      ['refuses a file that somebody has changed', '\n', false],
    ] as const) {
      it(`a hash with which a browser ${name}: ${file}`, async () => {
        const script = `<script defer src="/voice.js" integrity="${read(`${file}.sri`).trim()}"></script>`;
        await using opened = await openPage(browser, {
          html: `<!doctype html><html lang="en"><head><title>Page</title>${script}</head><body></body></html>`,
          routes: {
            '/voice.js': { body: read(file) + change, headers: { 'content-type': 'text/javascript' } },
          },
        });
        assert.equal(await opened.page.evaluate(`!!${mark}`), runs);
      });
    }
  }

  it("Lit's licence, because Lit is in the file", () => {
    const licence = read('LICENSE.lit.txt');
    assert.equal(licence, readFileSync('node_modules/lit/LICENSE', 'utf8'));
    assert.match(licence, /Google LLC[^]*Redistribution and use/);
  });

  it('the style sheet that reserves its place', () => {
    assert.equal(read('realtime-voice.css'), readFileSync('src/realtime-voice.css', 'utf8'));
  });
});
