import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { until } from '../e2e/support/until.js';
import type { VoicePage } from '../e2e/support/voice-page.js';
import { assertNoComplaints, assertRemoved, BuilderSite, documentOf } from './support/builder-site.js';
import { renderSection, schemaOf } from './support/liquid-section.js';

const SCRIPT = readFileSync('dist/realtime-voice.min.js');

let site: BuilderSite;
before(async () => void (site = await BuilderSite.open()));
after(() => site?.close());

describe('static HTML', () => {
  it('talks from files alone, under the policy of its meta element', async () => {
    site.serve('/shop/', site.snippet('static-html/index.html'));
    site.serve('/shop/realtime-voice.min.js', SCRIPT);
    await using voice = await site.visit('/shop/');
    const call = await site.begin(voice);
    await call.ask('Are you there?');
    assert.deepEqual(await voice.opened.violations(), []);
    assertNoComplaints(voice);
  });
});

// https://shopify.dev/docs/storefronts/themes/best-practices/editor/integrate-sections-and-blocks
describe('Shopify', () => {
  const SECTION = 'shopify/sections/realtime-voice.liquid';
  const wrapped = async (settings: Readonly<Record<string, string>> = {}): Promise<string> =>
    `<div id="shopify-section-voice" class="shopify-section">${await renderSection(site.snippet(SECTION), settings)}</div>`;

  it('has a schema with the settings that the section reads, and prints them as text', async () => {
    const { settings } = schemaOf(site.snippet(SECTION));
    const ids = settings.map(({ id }) => id);
    const read = [...site.snippet(SECTION).matchAll(/section\.settings\.(\w+)/g)].map(([, id]) => id!);
    assert.deepEqual([...new Set(read)].sort(), [...ids].sort());
    const variants = settings.find(({ id }) => id === 'variant')!.options!.map(({ value }) => value);
    const known = readFileSync('src/element/options.ts', 'utf8').match(/oneOf\('variant', (.*?)\)/)![1]!;
    assert.deepEqual(variants.map((variant) => `'${variant}'`).sort(), known.split(', ').sort());

    site.serve(
      '/settings',
      documentOf(await wrapped({ label: '"><script>window.hacked=1</script>', consent: '<p>Yes?</p>' })),
    );
    await using voice = await site.visit('/settings');
    const seen = await voice.page.$eval('realtime-voice', (element) => [
      element.getAttribute('label'),
      element.getAttribute('consent'),
      element.getAttribute('lang'),
      element.querySelector('[slot=consent]')!.textContent,
      'hacked' in window,
    ]);
    assert.deepEqual(seen, ['"><script>window.hacked=1</script>', '1', 'en', 'Yes?', false]);
  });

  it('survives the theme editor: a section that is rendered again ends its call, and the new element talks', async () => {
    site.serve('/assets/realtime-voice.min.js', SCRIPT);
    site.serve('/theme', documentOf(await wrapped(), '<script src="/assets/realtime-voice.min.js" defer></script>'));
    await using voice = await site.visit('/theme');
    const call = await site.begin(voice);
    await voice.page.evaluate(
      (html) => {
        // What the editor does with each change of a setting. Scripts in the new HTML do not run.
        const section = document.querySelector('#shopify-section-voice')!;
        const tell = (type: string, target: Element): boolean =>
          target.dispatchEvent(
            new CustomEvent(`shopify:section:${type}`, { bubbles: true, detail: { sectionId: 'voice' } }),
          );
        tell('unload', section);
        section.outerHTML = html;
        tell('load', document.querySelector('#shopify-section-voice')!);
      },
      await wrapped({ label: 'Ask the shop', variant: 'compact' }),
    );
    await assertRemoved(call);
    assert.equal(
      await voice.page.$eval('realtime-voice', ({ label, state }) => `${label}: ${state}`),
      'Ask the shop: idle',
    );
    const another = await site.begin(voice);
    await another.ask('Are you there?');
    assertNoComplaints(voice);
  });
});

describe('Webflow', () => {
  it('talks in each item of a collection list, with a script that is there twice', async () => {
    const footer = site.snippet('webflow/footer-code.html');
    // As Webflow publishes it: the embed in a box of its own, repeated for each item, the footer code at the end.
    const item = `<div role="listitem" class="w-dyn-item"><div class="w-embed w-script">${site.snippet('webflow/embed.html')}</div></div>`;
    const list = `<div class="w-dyn-list"><div role="list" class="w-dyn-items">${item}${item}</div></div>`;
    const again = footer.replace('.js"', '.js?again"');
    site.serve('/webflow', documentOf(`${list}<div class="w-embed w-script">${again}</div>${footer}`));
    await using voice = await site.visit('/webflow');
    const call = await site.begin(voice);
    await call.ask('Are you there?');
    const states = await voice.page.evaluate(async () => {
      const both = [...document.querySelectorAll('realtime-voice')];
      await both[1]!.start({ microphone: false });
      return both.map(({ state }) => state);
    });
    assert.deepEqual(states, ['idle', 'listening']);
    const [warning, ...more] = voice.opened.console;
    assert.match(warning!, /is on this page already/);
    assert.deepEqual([more, voice.opened.errors], [[], []]);
  });
});

describe('Squarespace', () => {
  /** A page whose links replace the main content, as templates of version 7.0 do. Scripts in it do not run. */
  const ajaxPage = (main: string, footer: string): string =>
    documentOf(`<main id="page">${main}</main><footer>${footer}</footer>`);
  const load = (voice: VoicePage, path: string): Promise<void> =>
    voice.page.evaluate(async (path) => {
      const next = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
      document.querySelector('#page')!.innerHTML = next.querySelector('#page')!.innerHTML;
      history.pushState({}, '', path);
      dispatchEvent(new CustomEvent('mercury:load'));
    }, path);

  it('keeps the call of the button in the footer while Ajax loads other pages, and Escape does not log in', async () => {
    const footer = site.snippet('squarespace/footer.html');
    site.serve('/about', ajaxPage('<p>About us</p>', footer));
    site.serve('/home', ajaxPage('<p>Home</p>', footer));
    await using voice = await site.visit('/home');
    // Without a call: a warning in one opens the panel again.
    await voice.page.waitForSelector('realtime-voice:defined');
    await voice.page.evaluate(() => {
      // Squarespace opens its login page on Escape.
      addEventListener('keydown', ({ key }) => key === 'Escape' && Object.assign(window, { loggedIn: true }));
    });
    await voice.page.locator('realtime-voice >>> [part="launcher"]').click();
    await voice.page.focus('realtime-voice >>> [part="text-field"]');
    await voice.page.keyboard.press('Escape');
    await voice.page.waitForFunction(() => !document.querySelector('realtime-voice')!.open);
    assert.equal(await voice.page.evaluate(() => 'loggedIn' in window), false);

    const call = await site.begin(voice);
    await load(voice, '/about');
    await call.assertGoesOn();
    assertNoComplaints(voice);
  });

  it('ends the call of a card in the content with its page, and the card talks when the page comes back', async () => {
    const [script] = site.snippet('squarespace/footer.html').split('\n');
    const block = `<div class="sqs-block code-block"><div class="sqs-block-content">${site.snippet('squarespace/code-block.html')}</div></div>`;
    site.serve('/contact', ajaxPage(block, script!));
    site.serve('/news', ajaxPage('<p>News</p>', script!));
    await using voice = await site.visit('/contact');
    const call = await site.begin(voice);
    await load(voice, '/news');
    await assertRemoved(call);
    await load(voice, '/contact');
    const another = await site.begin(voice);
    await another.ask('Are you there?');
    assertNoComplaints(voice);
  });
});

// What happens to scripts: https://github.com/umami-software/umami/issues/430
describe('Google Tag Manager', () => {
  /** Fires a tag as the container does: markup goes in as it is, scripts are made anew, with few attributes. */
  const fire = (voice: VoicePage, tag: string): Promise<void> =>
    voice.page.evaluate((tag) => {
      const parsed = Object.assign(document.createElement('div'), { innerHTML: tag });
      for (const node of [...parsed.childNodes]) {
        if (!(node instanceof HTMLScriptElement)) {
          document.body.append(node);
          continue;
        }
        const script = document.createElement('script');
        for (const name of ['type', 'src', 'id', 'charset'])
          if (node.hasAttribute(name)) script.setAttribute(name, node.getAttribute(name)!);
        script.text = node.text;
        document.body.append(script);
      }
    }, tag);

  it('makes one element, however often the tag fires, and reports a call without its words', async () => {
    site.serve('/gtm', documentOf('<h1>Shop</h1>'));
    await using voice = await site.visit('/gtm');
    const tag = site.snippet('google-tag-manager/tag.html');
    await fire(voice, tag);
    await fire(voice, tag);
    const call = await site.begin(voice);
    await fire(voice, tag);
    assert.equal(await voice.page.$$eval('realtime-voice', ({ length }) => length), 1);
    await call.ask('My name is Ada');
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    const layer = await voice.page.evaluate(() => (window as unknown as { dataLayer: object[] }).dataLayer);
    assert.equal(layer.length, 1);
    const { voice_seconds: seconds, ...rest } = layer[0] as Record<string, unknown>;
    assert.deepEqual(rest, { event: 'voice_end', voice_reason: 'stopped' });
    assert.ok(Number.isInteger(seconds));
    assertNoComplaints(voice);
  });
});

// https://dev.wix.com/docs/develop-websites-sdk/code-your-site/build-a-custom-frontend/custom-code/about-custom-code
// and https://blog.addpipe.com/camera-and-microphone-access-in-cross-oirigin-iframes-with-feature-policy
describe('Wix', () => {
  it('keeps the call of its custom code while the site shows other pages', async () => {
    site.serve(
      '/wix',
      documentOf(`<div id="SITE_CONTAINER"><main>Home</main></div>${site.snippet('wix/custom-code.html')}`),
    );
    await using voice = await site.visit('/wix');
    const call = await site.begin(voice);
    await voice.page.evaluate(() => {
      // Wix renders the next page into its container, and locks globals.
      document.querySelector('#SITE_CONTAINER')!.replaceChildren(document.createElement('main'));
      history.pushState({}, '', '/wix/next');
      Object.defineProperty(window, 'fetch', { value: window.fetch, writable: false, configurable: false });
    });
    await call.assertGoesOn();
    assertNoComplaints(voice);
  });

  /** What Wix's Embed HTML shows: a page of another origin in a frame that passes little on. */
  const FRAME =
    'allow="fullscreen" sandbox="allow-same-origin allow-forms allow-popups allow-scripts allow-pointer-lock"';

  it('says in an Embed HTML that the microphone is blocked, and the visitor can type', async () => {
    site.serve('/embed', documentOf(site.snippet('wix/embed-html.html')));
    site.serve('/wix-frame', documentOf(`<iframe title="Embedded" ${FRAME} src="${site.frameUrl}/embed"></iframe>`));
    await using voice = await site.visit('/wix-frame');
    const frame = voice.page.frames().find((frame) => frame.url() === `${site.frameUrl}/embed`)!;
    await frame.waitForSelector('realtime-voice:defined');
    const seen = await frame.$eval('realtime-voice', async (element) => {
      await element.start().catch(() => {});
      await element.updateComplete;
      const text = (part: string): string => element.shadowRoot!.querySelector(`[part="${part}"]`)!.textContent.trim();
      return [element.state, element.error?.code, text('status'), text('notice')];
    });
    assert.deepEqual(seen, [
      ...['failed', 'microphone-blocked'],
      ...['This page may not use the microphone', 'Open this page in its own tab.'],
    ]);
    await (await frame.waitForSelector('realtime-voice >>> [part~="type-button"]'))!.click();
    await frame.waitForFunction(() => document.querySelector('realtime-voice')!.state === 'listening');
    await frame.$eval('realtime-voice', (element) => element.sendText('Are you there?'));
    await until(
      'the question is answered',
      () => frame.$eval('realtime-voice', ({ transcript }) => transcript.map(({ text }) => text)),
      (texts) => texts.includes('You typed: Are you there?'),
    );
  });

  it('fails with one clear error in a frame without an origin of its own', async () => {
    site.serve('/embed', documentOf(site.snippet('wix/embed-html.html')));
    const frame = `<iframe title="Embedded" allow="microphone" sandbox="allow-scripts" src="${site.frameUrl}/embed"></iframe>`;
    site.serve('/wix-opaque', documentOf(frame));
    await using voice = await site.visit('/wix-opaque');
    const inner = voice.page.frames().find((frame) => frame.url() === `${site.frameUrl}/embed`)!;
    await inner.waitForSelector('realtime-voice:defined');
    const seen = await inner.$eval('realtime-voice', async (element) => {
      const codes: string[] = [];
      element.addEventListener('voice-error', ({ detail }) => codes.push(detail.error.code));
      await element.start({ microphone: false }).catch(() => {});
      return { state: element.state, codes };
    });
    assert.deepEqual(seen, { state: 'failed', codes: ['token-failed'] });
    assert.deepEqual(voice.opened.errors, []);
  });
});
