import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openPage } from '../support/page.js';
import { PackedPackage } from '../support/packed-package.js';
import { sharedChromium } from '../support/shared-browsers.js';

describe('beside the drop-in file, the package has', () => {
  let packed: PackedPackage;
  let browser: Browser;
  before(async () => {
    packed = new PackedPackage();
    browser = await sharedChromium();
  });
  after(() => packed.remove());

  const read = (name: string): string => readFileSync(packed.path('node_modules/realtime-voice/dist', name), 'utf8');

  it('its hash, as browsers take it for integrity', () => {
    const hash = createHash('sha384').update(read('realtime-voice.min.js')).digest('base64');
    assert.equal(read('realtime-voice.min.js.sri'), `sha384-${hash}\n`);
  });

  for (const [name, change, runs] of [
    ['runs the file that it belongs to', '', true],
    ['refuses a file that somebody has changed', '\n', false],
  ] as const) {
    it(`a hash with which a browser ${name}`, async () => {
      const script = `<script defer src="/voice.js" integrity="${read('realtime-voice.min.js.sri').trim()}"></script>`;
      await using opened = await openPage(browser, {
        html: `<!doctype html><html lang="en"><head><title>Page</title>${script}</head><body></body></html>`,
        routes: {
          '/voice.js': {
            body: read('realtime-voice.min.js') + change,
            headers: { 'content-type': 'text/javascript' },
          },
        },
      });
      assert.equal(await opened.page.evaluate(() => !!customElements.get('realtime-voice')), runs);
    });
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
