import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { openPage, type OpenPage } from '../../support/page.js';
import { sharedChromium } from '../../support/shared-browsers.js';

const policy = (types: string): Readonly<Record<string, string>> => ({
  'content-security-policy': `require-trusted-types-for 'script'; trusted-types ${types}`,
});

/** Whether the element has drawn itself. */
const drawn = ({ page }: OpenPage): Promise<boolean> =>
  page.evaluate(() => !!document.querySelector('realtime-voice')?.shadowRoot?.querySelector('section'));

// Firefox here does not know Trusted Types.
describe('where a page asks for Trusted Types', () => {
  let litOfThePage: string;
  before(async () => {
    const contents = `import { html, render } from 'lit';
      render(html\`<p id="own">Drawn by \${'the page'}</p>\`, document.querySelector('main'));`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd() },
      bundle: true,
      format: 'iife',
      write: false,
      conditions: ['production'],
      logLevel: 'silent',
    });
    litOfThePage = outputFiles[0]!.text;
  });

  it('the element has a policy of its own name', async () => {
    await using opened = await openPage(await sharedChromium(), { headers: policy('realtime-voice') });
    assert.equal(await drawn(opened), true);
    assert.deepEqual([await opened.violations(), opened.errors, opened.console], [[], [], []]);
  });

  for (const order of ['before', 'after']) {
    it(`it works beside the page's own Lit, which comes ${order} it`, async () => {
      const scripts = ['<script defer src="/lit.js"></script>', '<script defer src="/realtime-voice.min.js"></script>'];
      if (order === 'after') scripts.reverse();
      await using opened = await openPage(await sharedChromium(), {
        headers: policy('realtime-voice lit-html'),
        html: `<!doctype html><html lang="en"><head><title>Page</title>${scripts.join('')}</head>
          <body><main></main><realtime-voice></realtime-voice></body></html>`,
        routes: { '/lit.js': { body: litOfThePage } },
      });
      assert.equal(await drawn(opened), true);
      assert.equal(await opened.page.$eval('#own', (own) => own.textContent), 'Drawn by the page');
      assert.deepEqual([await opened.violations(), opened.errors], [[], []]);
    });
  }

  for (const types of [`'none'`, 'default', 'lit-html dompurify']) {
    it(`and the policy is refused by "trusted-types ${types}", the console says what to add`, async () => {
      await using opened = await openPage(await sharedChromium(), { headers: policy(types) });
      const said = [...opened.console, ...opened.errors].filter((line) =>
        line.includes('trusted-types realtime-voice'),
      );
      assert.equal(said.length, 1, [...opened.console, ...opened.errors].join('\n'));
      assert.match(said[0]!, /<realtime-voice>.*Content-Security-Policy/);
      assert.equal(await drawn(opened), false);
    });
  }

  it('nothing of the bundle makes a policy by another name', () => {
    const file = readFileSync('dist/realtime-voice.min.js', 'utf8');
    assert.deepEqual(
      [...file.matchAll(/createPolicy\(["'`]([^"'`]+)/g)].map(([, name]) => name),
      ['realtime-voice'],
    );
  });
});
