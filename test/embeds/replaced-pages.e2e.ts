import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { VoicePage } from '../e2e/support/voice-page.js';
import { assertNoComplaints, assertRemoved, BuilderSite, documentOf } from './support/builder-site.js';

let site: BuilderSite;
before(async () => {
  site = await BuilderSite.open();
  site.serve('/realtime-voice.min.js', readFileSync('dist/realtime-voice.min.js'));
});
after(() => site?.close());

/** The element of a recipe. Its endpoint is at the owner's server, which here is another one. */
const element = (name: string): string =>
  site.snippet(`${name}/layout.html`).replace('"/api/voice-token"', `"${site.server.url}/api/voice-token"`);
const ELEMENT = '<script defer src="/realtime-voice.min.js"></script>';

/** Remembers the element, to see later whether it is the same one. */
const remember = (voice: VoicePage): Promise<void> =>
  voice.page.$eval('realtime-voice', (element) => void Object.assign(window, { __element: element }));
const isSame = (voice: VoicePage): Promise<boolean> =>
  voice.page.$eval('realtime-voice', (element) => element === (window as unknown as { __element: Element }).__element);

/** Nothing has started by itself: no state, no microphone, no connection. */
async function assertAtRest(voice: VoicePage): Promise<void> {
  const { granted } = await voice.microphone();
  await voice.page.waitForSelector('realtime-voice:defined');
  const seen = await voice.page.$eval('realtime-voice', async (element) => {
    await element.updateComplete;
    return [element.state, element.getAttribute('state'), element.transcript.length];
  });
  assert.deepEqual(seen, ['idle', 'idle', 0]);
  assert.equal((await voice.microphone()).granted, granted);
  assert.equal((await voice.opened.alive()).peers, 0);
}

describe('Turbo', () => {
  const TURBO = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js');
  before(() => site.serve('/turbo.js', TURBO));

  const page = (title: string, voice: string): string =>
    documentOf(`<h1>${title}</h1>${voice}`, `<script src="/turbo.js"></script>${ELEMENT}`);
  /** Goes to a page and waits until Turbo has shown it, and not only its copy. */
  const go = (voice: VoicePage, path: string, action = 'advance'): Promise<void> =>
    voice.page.evaluate(
      (path, action) =>
        new Promise<void>((resolve) => {
          addEventListener('turbo:load', () => resolve(), { once: true });
          type Turbo = { visit(url: string, options: object): void };
          if (action === 'back') history.back();
          else (window as unknown as { Turbo: Turbo }).Turbo.visit(path, { action });
        }),
      path,
      action,
    );

  it('moves a permanent element from page to page and back, with its call', async () => {
    for (const path of ['one', 'two']) site.serve(`/turbo/${path}`, page(path, element('turbo')));
    await using voice = await site.visit('/turbo/one');
    const call = await site.begin(voice);
    await remember(voice);
    await go(voice, '/turbo/two');
    await call.assertGoesOn();
    await go(voice, '/turbo/one', 'back');
    assert.equal(await isSame(voice), true);
    assert.equal(await voice.page.$eval('h1', ({ textContent }) => textContent), 'one');
    await call.assertGoesOn('And now?');
    assertNoComplaints(voice);
  });

  it('ends the call of any other element with its page, and the Back button brings one back that is at rest', async () => {
    const other = element('turbo').replace('data-turbo-permanent', '');
    site.serve('/turbo/one', page('one', other));
    site.serve('/turbo/two', page('two', ''));
    await using voice = await site.visit('/turbo/one');
    const call = await site.begin(voice);
    await call.ask('My name is Ada');
    await go(voice, '/turbo/two');
    await assertRemoved(call);
    await go(voice, '/turbo/one', 'back');
    await assertAtRest(voice);
    assertNoComplaints(voice);
  });
});

/** How each version morphs, and its files: version 2 with Idiomorph's extension, version 4 by itself. */
const MORPHS = [
  ['2', 'outerHTML', 'morph:outerHTML', 'morph:innerHTML', ['htmx-2/dist/htmx.js', 'idiomorph/dist/idiomorph-ext.js']],
  ['4', 'outerHTML', 'outerMorph', 'innerMorph', ['htmx.org/dist/htmx.js']],
] as const;

for (const [version, replacing, outer, inner, files] of MORPHS) {
  describe(`a morph swap of htmx ${version}`, () => {
    const paths = files.map((file) => `/morph/${version}/${file}`);
    before(() => paths.forEach((path, index) => site.serve(path, readFileSync(`node_modules/${files[index]}`))));

    /** Without `hx-preserve`: the swap itself decides. Muted, as the test begins its calls: a morph sets it anew. */
    const part = (title: string): string =>
      `<main id="main"><h1>${title}</h1>${element('htmx').replace('hx-preserve ', 'muted ')}</main>`;
    const visit = async (swap: string): Promise<VoicePage> => {
      const scripts = paths.map((path) => `<script src="${path}"></script>`).join('');
      const button = `<button hx-get="/morph/next" hx-target="#main" hx-swap="${swap}">Next</button>`;
      site.serve('/morph/page', documentOf(`<div hx-ext="morph">${button}${part('one')}</div>`, scripts + ELEMENT));
      const next = part('two');
      site.serve('/morph/next', swap === inner ? next.replace(/<\/?main[^>]*>/g, '') : next);
      return site.visit('/morph/page');
    };
    const swapIn = async (voice: VoicePage): Promise<void> => {
      await voice.page.$eval('button[hx-get]', (button) => (button as HTMLElement).click());
      await voice.page.waitForFunction(() => document.querySelector('h1')!.textContent === 'two');
    };

    for (const swap of [outer, inner]) {
      it(`${swap} keeps the element and its call`, async () => {
        await using voice = await visit(swap);
        const call = await site.begin(voice);
        await remember(voice);
        await swapIn(voice);
        assert.equal(await isSame(voice), true);
        await call.assertGoesOn();
        assertNoComplaints(voice);
      });
    }

    it(`and any other swap, such as ${replacing}, puts a new element there, which is at rest`, async () => {
      await using voice = await visit(replacing);
      const call = await site.begin(voice);
      await remember(voice);
      await swapIn(voice);
      assert.equal(await isSame(voice), false);
      await assertRemoved(call);
      await assertAtRest(voice);
      assertNoComplaints(voice);
    });
  });
}

/** Copies of pages for the Back button are in the storage of the browser: in htmx 4 with an extension. */
const HTMX = [
  ['2', ['htmx-2/dist/htmx.js']],
  ['4', ['htmx.org/dist/htmx.js', 'htmx.org/dist/ext/hx-history-cache.js']],
] as const;

for (const [version, files] of HTMX) {
  describe(`htmx ${version}`, () => {
    const paths = files.map((file) => `/${file}`);
    before(() => paths.forEach((path, index) => site.serve(path, readFileSync(`node_modules/${files[index]}`))));

    const page = (title: string, voice: string): string => {
      const scripts = paths.map((path) => `<script src="${path}"></script>`).join('');
      const links = ['one', 'two'].map((to) => `<a id="${to}" href="/htmx/${to}">${to}</a>`).join(' ');
      return documentOf(
        `<div hx-boost:inherited="true" hx-boost="true"><h1>${title}</h1>${links}</div>${voice}`,
        scripts + ELEMENT,
      );
    };
    const go = async (voice: VoicePage, to: string): Promise<void> => {
      await voice.page.$eval(`#${to}`, (link) => (link as HTMLElement).click());
      await voice.page.waitForFunction((to) => document.querySelector('h1')!.textContent === to, {}, to);
    };
    const back = async (voice: VoicePage, to: string): Promise<void> => {
      await voice.page.evaluate(() => history.back());
      await voice.page.waitForFunction((to) => document.querySelector('h1')!.textContent === to, {}, to);
    };
    const stored = (voice: VoicePage): Promise<string> =>
      voice.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

    it('keeps a preserved element and its call while the page is replaced', async () => {
      for (const path of ['one', 'two']) site.serve(`/htmx/${path}`, page(path, element('htmx')));
      await using voice = await site.visit('/htmx/one');
      const call = await site.begin(voice);
      await remember(voice);
      await go(voice, 'two');
      assert.equal(await isSame(voice), true);
      await call.assertGoesOn();
      assertNoComplaints(voice);
    });

    it('keeps no word and no secret for the Back button, and what comes back is at rest', async () => {
      const other = element('htmx').replace('hx-preserve', '');
      site.serve('/htmx/one', page('one', other));
      site.serve('/htmx/two', page('two', ''));
      await using voice = await site.visit('/htmx/one');
      const call = await site.begin(voice);
      await call.ask('My name is Ada');
      await go(voice, 'two');
      const copies = await stored(voice);
      assert.match(copies, /<realtime-voice /, 'htmx has kept the page');
      assert.doesNotMatch(copies, /Ada|ek_|v=0/);
      await assertRemoved(call);
      await back(voice, 'one');
      await assertAtRest(voice);
      assertNoComplaints(voice);
    });
  });
}
