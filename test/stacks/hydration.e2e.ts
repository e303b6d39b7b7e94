import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { siteRoutes, TOKEN_PATH } from '../e2e/support/site.js';
import { openPage, type OpenPage } from '../support/page.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertTalks } from './stack-page.js';

const START = 'realtime-voice >>> [part~="start-button"]';

describe('the packed package talks in Chromium', () => {
  let practice: PracticeProcess;
  let packed: PackedPackage;
  let folder: string;
  let rendered: string;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    packed = new PackedPackage();
    packed.link('react', 'react-dom', 'scheduler');
    packed.copy('test/stacks', 'stacks');
    const options = { bundle: true, format: 'esm', jsx: 'automatic', jsxDev: true, logLevel: 'error' } as const;
    const define = { 'process.env.NODE_ENV': '"development"' };
    const source = packed.path('stacks/ssr');
    folder = `${source}/public`;
    const entryPoints = [`${source}/element.jsx`, `${source}/browser.jsx`];
    await build({ ...options, entryPoints, outdir: folder, splitting: true, define });
    // On the server, packages are not part of the bundle: Node finds them.
    const outfile = `${source}/server.js`;
    await build({ ...options, entryPoints: [`${source}/server.jsx`], outfile, platform: 'node', packages: 'external' });
    rendered = execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim();
  });
  after(async () => {
    packed?.remove();
    await practice?.stop();
  });

  const open = async (script: 'element' | 'browser'): Promise<OpenPage> => {
    const files = readdirSync(folder).map((file) => [`/${file}`, { body: readFileSync(`${folder}/${file}`) }]);
    return openPage(await sharedChromium(), {
      html: `<!doctype html><html lang="en"><head><title>Rendered</title></head><body><div id="app">${rendered}</div>
        <script type="module" src="/${script}.js"></script></body></html>`,
      routes: { ...siteRoutes(practice.url), ...Object.fromEntries(files) },
    });
  };

  it('in React, rendered on a server and hydrated: nothing differs, properties and listeners count', async () => {
    const tag = `<realtime-voice id="voice" class="wide" token-url="${TOKEN_PATH}" inert="">`;
    const closed =
      '<realtime-voice id="closed" disabled="" greet="" label="Ask &amp; talk" idle-timeout="60" inert="">';
    const footer = '<p slot="footer">Ask us anything.</p>';
    assert.equal(rendered, `<main>${tag}${footer}</realtime-voice><output></output>${closed}</realtime-voice></main>`);

    await using opened = await open('browser');
    await assertTalks(opened);
    assert.equal(await opened.page.$eval('realtime-voice', ({ tokenUrl }) => tokenUrl), TOKEN_PATH);
    const isClosed = await opened.page.$eval('#closed', (element) => element.matches('[disabled]:not([inert])'));
    assert.equal(isClosed, true);
  });

  it('in React, where a visitor presses before the page is hydrated, which does nothing yet', async () => {
    await using opened = await open('element');
    const { page, requests } = opened;
    const place = (): Promise<number[]> =>
      page.$eval(START, (button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return [x, y, width, height];
      });
    await page.waitForSelector(START);
    const before = await place();
    await page.mouse.click(before[0]! + 50, before[1]! + 20);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const posts = requests.filter(({ method }) => method === 'POST');
    const state = await page.$eval('realtime-voice', (element) => element.state);
    assert.deepEqual([state, posts.length], ['idle', 0]);

    await page.addScriptTag({ url: '/browser.js', type: 'module' });
    await page.waitForSelector('realtime-voice:not([inert])');
    assert.deepEqual(await place(), before);
    await assertTalks(opened);
    // What was set on the element, as by a visitor, outlives that React renders again. So did `muted` in this call.
    const kept = await page.$eval('realtime-voice', async (element) => {
      element.inert = true;
      element.dispatchEvent(new CustomEvent('voice-state-change', { detail: { state: 'rendered-again' } }));
      while (!document.querySelector('output')!.textContent!.includes('rendered-again'))
        await new Promise(requestAnimationFrame);
      return [element.inert, element.muted];
    });
    assert.deepEqual(kept, [true, true]);
  });
});
