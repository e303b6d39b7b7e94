import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { siteRoutes, TOKEN_PATH } from '../e2e/support/site.js';
import { openPage } from '../support/page.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertTalks } from './stack-page.js';

describe('the packed package talks in Chromium', () => {
  let practice: PracticeProcess;
  let packed: PackedPackage;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    packed = new PackedPackage();
    packed.link('react', 'react-dom', 'scheduler');
    packed.copy('test/stacks', 'stacks');
  });
  after(async () => {
    packed?.remove();
    await practice?.stop();
  });

  it('in React, rendered on a server and hydrated: nothing differs, properties and listeners count', async () => {
    const options = { bundle: true, format: 'esm', jsx: 'automatic', jsxDev: true, logLevel: 'error' } as const;
    const define = { 'process.env.NODE_ENV': '"development"' };
    const folder = packed.path('stacks/ssr');
    await build({ ...options, entryPoints: [`${folder}/browser.jsx`], outfile: `${folder}/browser.js`, define });
    // On the server, packages are not part of the bundle: Node finds them.
    const outfile = `${folder}/server.js`;
    await build({ ...options, entryPoints: [`${folder}/server.jsx`], outfile, platform: 'node', packages: 'external' });
    const rendered = execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim();
    const tag = '<realtime-voice id="voice" class="wide"><p slot="footer">Ask us anything.</p></realtime-voice>';
    assert.equal(rendered, `<main>${tag}<output></output></main>`);

    await using opened = await openPage(await sharedChromium(), {
      html: `<!doctype html><html lang="en"><head><title>Rendered</title></head><body><div id="app">${rendered}</div>
        <script type="module" src="/browser.js"></script></body></html>`,
      routes: { ...siteRoutes(practice.url), '/browser.js': { body: readFileSync(`${folder}/browser.js`) } },
    });
    await assertTalks(opened);
    assert.equal(await opened.page.$eval('realtime-voice', ({ tokenUrl }) => tokenUrl), TOKEN_PATH);
  });
});
