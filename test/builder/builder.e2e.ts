import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server.js';
import { siteRoutes } from '../e2e/support/site.js';
import { until } from '../e2e/support/until.js';
import { accessibilityFaults } from '../support/axe.js';
import { openPage } from '../support/page.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { BuilderPage } from './builder-page.js';

interface Described {
  readonly name: string;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
}
const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
  modules: { declarations?: { tagName?: string; attributes: Described[]; cssProperties: Described[] }[] }[];
};
const { attributes, cssProperties } = manifest.modules
  .flatMap(({ declarations }) => declarations ?? [])
  .find(({ tagName }) => tagName === 'realtime-voice')!;
const OPTIONS = attributes.filter(({ name }) => name !== 'state');
/** Options that the preview has of its own: it talks to the demo. */
const ADDRESSES = /-url$/;

/** A value other than the default. */
function example({ name, type }: Described): string | boolean {
  const words = [...type!.text.matchAll(/'([^']+)'/g)].map(([, word]) => word!);
  if (type!.text === 'boolean') return true;
  if (type!.text === 'number') return '42';
  // The page loads it: it must be there. What is no picture is not shown.
  if (name === 'avatar-src') return '/demo.css';
  if (ADDRESSES.test(name)) return `/own/${name}`;
  return name === 'lang' ? 'de' : (words.at(-1) ?? `Some ${name}`);
}

describe('the snippet builder', () => {
  let demo: Demo;
  before(async () => void (demo = await startDemo({ port: 0 })));
  after(() => demo?.close());
  const open = async (hash?: string): Promise<BuilderPage> => BuilderPage.open(await sharedChromium(), demo.url, hash);

  it('changes the snippet and the live element alike with every option, and back', async () => {
    await using builder = await open();
    const { page } = builder;
    const first = await builder.text('html');
    for (const option of OPTIONS) {
      const { name, fieldName } = option;
      if (name === 'token-url') continue;
      const value = example(option);
      await builder.set(`[name="${name}"]`, value);
      const html = await builder.text('html');
      assert.ok(html.includes(value === true ? ` ${name}` : ` ${name}="${value}"`), `${name}: ${html}`);
      const live = await page.$eval(
        'realtime-voice',
        (element, name) => (element as never)[name] as unknown,
        fieldName!,
      );
      if (!ADDRESSES.test(name)) assert.equal(String(live), String(value), name);
      await builder.set(`[name="${name}"]`, value === true ? false : '');
      assert.equal(await builder.text('html'), first, name);
    }
    for (const { name } of cssProperties) {
      await builder.set(`[name="${name}"]`, 'rgb(1 2 3)');
      assert.ok((await builder.text('html')).includes(`    ${name}: rgb(1 2 3);`), name);
      const live = await page.$eval('realtime-voice', (element, name) => element.style.getPropertyValue(name), name);
      assert.equal(live, 'rgb(1 2 3)', name);
      await builder.set(`[name="${name}"]`, '');
    }
    assert.equal(await builder.text('html'), first);
    assert.deepEqual([await builder.problems(), builder.opened.errors, builder.opened.console], [[], [], []]);
  });

  it('writes a snippet that makes a real call on a blank page, under its own policy', async () => {
    await using builder = await open();
    await builder.set('[name="calls-url"]', `${demo.practiceUrl}/v1/realtime/calls`);
    await builder.set('[name="muted"]', true);
    await builder.set('[name="lang"]', 'de');
    await builder.set('[name="--realtime-voice-accent"]', '#7a3b69');
    await builder.set('[name="slot-heading"]', 'Fragen & Antworten');
    await builder.set('[name="slot-tools"]', '[{"name":"hours","description":"</script>"}]');
    const html = await builder.text('html');
    const hasHash = (policy: string): boolean => policy.includes("'sha256-");
    await until('the policy has the hash of the style', () => builder.text('policy'), hasHash);
    await using opened = await openPage(await sharedChromium(), {
      html: `<!doctype html><html><head><title>Blank</title></head><body>${html}</body></html>`,
      headers: await builder.headers(),
      routes: {
        ...siteRoutes(demo.practiceUrl!),
        '/locales/de.min.js': { body: readFileSync('dist/locales/de.min.js') },
      },
    });
    const { page } = opened;
    const state = await page.$eval('realtime-voice', async (element) => {
      await element.start();
      const { state, shadowRoot } = element;
      const accent = getComputedStyle(element).getPropertyValue('--realtime-voice-accent').trim();
      const end = shadowRoot!.querySelector('[part~="end-button"]')!.textContent.trim();
      const session = element.querySelector('script')!.textContent;
      return { state, accent, end, heading: element.querySelector('[slot]')!.textContent, session };
    });
    assert.deepEqual(
      { ...state, session: JSON.parse(state.session) },
      {
        ...{ state: 'listening', accent: '#7a3b69', end: 'Beenden', heading: 'Fragen & Antworten' },
        session: [{ name: 'hours', description: '</script>' }],
      },
    );
    await page.$eval('realtime-voice', (element) => element.stop());
    assert.deepEqual([await opened.violations(), opened.errors, opened.console], [[], [], []]);

    // The policy is in force, and the hash of the script is that of the file.
    await page.evaluate(() => fetch('http://localhost:9/').catch(() => {}));
    assert.equal((await opened.violations()).length, 1);
  });

  it('reads every snippet that it prints', async () => {
    await using builder = await open();
    const failed = await builder.page.evaluate(async (path) => {
      const load = (name: string): Promise<Record<string, (...args: unknown[]) => never>> =>
        import(`${path}${name}.js`);
      const [{ readSnippet, FIRST }, { printSnippet }, { optionList }] = await Promise.all([
        load('snippet-reader'),
        load('snippet-printer'),
        load('option-list'),
      ]);
      const parts = await (await fetch(`${path}parts.json`)).json();
      const list = optionList!(parts.manifest) as {
        options: Option[];
        tokens: { name: string }[];
        slots: { name: string }[];
      };
      interface Option {
        readonly name: string;
        readonly kind: string;
        readonly words: readonly string[];
      }
      let seed = 7;
      const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
      const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
      const TEXTS = [
        'Ask us',
        '“Quotes” & <tags>',
        `it's "so"`,
        'a\nb',
        'ünï 🎈',
        '&amp;',
        '</script>',
        '--> <!--',
        '0',
      ];
      const valueOf = ({ kind, words, name }: Option): string => {
        if (kind === 'flag') return '';
        if (kind === 'words') return pick(words);
        if (kind === 'number') return String(random(5000));
        return name.endsWith('-url') ? pick(['/a?b=1&c="2"', 'https://x.example/y', '//z.example']) : pick(TEXTS);
      };
      const some = <Item>(items: readonly Item[]): Item[] => items.filter(() => random(3) === 0);
      const content = (slot: string): object => ({
        tag: pick(['p', 'span', 'h2']),
        attributes: { slot, ...(random(2) ? { class: pick(TEXTS), 'data-x': pick(TEXTS) } : {}) },
        children: [
          pick(TEXTS),
          { tag: 'a', attributes: { href: '/privacy?a=1&b' }, children: [pick(TEXTS)] },
          { tag: 'br', attributes: {}, children: [] },
        ],
      });
      const failed: unknown[] = [];
      for (let round = 0; round < 300; round++) {
        // The first rounds take each option alone.
        const options = round < list.options.length ? [list.options[round]!] : some(list.options);
        const snippet = {
          ...(FIRST as unknown as object),
          loading: pick(['script', 'npm']),
          attributes: {
            ...Object.fromEntries(options.map((option) => [option.name, valueOf(option)])),
            ...(random(2) ? { id: pick(TEXTS), 'aria-label': pick(TEXTS) } : {}),
          },
          theme: Object.fromEntries(
            some(list.tokens).map(({ name }) => [
              name,
              pick(['#123456', '12px', 'Inter, "A B"', 'color-mix(in srgb, red 20%, blue)']),
            ]),
          ),
          tools: pick(['', '[]', '[\n  {"name": "a"}\n]']),
          children: some(list.slots)
            .filter(({ name }) => name !== 'tools')
            .map(({ name }) => content(name)),
        };
        const known = { ...list, sri: parts.sri };
        const read = readSnippet!(printSnippet!(snippet, parts), known) as { snippet: object; problems: string[] };
        const same = JSON.stringify(read.snippet) === JSON.stringify(snippet);
        if (!same || read.problems.length > 0) failed.push({ snippet, read });
      }
      return failed.slice(0, 2);
    }, '/builder/');
    assert.deepEqual(failed, []);
  });

  it('keeps what is unknown but harmless while options are edited', async () => {
    await using builder = await open();
    const pasted = `<realtime-voice class="wide" data-track="a b" token-url="/t" greet="greet">
      <p slot="consent">We record. <a href="/privacy" target="_blank">Privacy</a></p>
      <svg slot="launcher-icon" viewBox="0 0 24 24"><path d="M6 6l12 12" stroke="currentColor"></path></svg>
      <script type="application/json" slot="tools">[{ "name": "hours" }]</script>
    </realtime-voice>`;
    await builder.set('#html', pasted);
    assert.equal(await builder.page.$eval('[name="greet"]', (input) => (input as HTMLInputElement).checked), true);
    await builder.set('[name="push-to-talk"]', true);
    await builder.set('[name="greet"]', false);
    assert.equal(
      await builder.text('html'),
      `<realtime-voice class="wide" data-track="a b" token-url="/t" push-to-talk>
  <p slot="consent">We record. <a href="/privacy" target="_blank">Privacy</a></p>
  <svg slot="launcher-icon" viewBox="0 0 24 24"><path d="M6 6l12 12" stroke="currentColor"></path></svg>
  <script type="application/json" slot="tools">
[{ "name": "hours" }]
  </script>
</realtime-voice>\n`,
    );
    assert.deepEqual(await builder.problems(), []);
    assert.equal(await builder.text('imports'), `import 'realtime-voice';\n`);
    const live = await builder.page.$eval('realtime-voice', (element) => [
      element.innerHTML.length > 100,
      element.pushToTalk,
    ]);
    assert.deepEqual(live, [true, true]);
  });

  it('runs and loads nothing of a hostile snippet, and says what it left out', async () => {
    const hostile = `<script>window.ran = 1</script><script src="https://evil.example/x.js"></script>
      <img src="/evil.png" onerror="window.ran = 2"><base href="https://evil.example/">
      <style>realtime-voice { --realtime-voice-accent: url(/evil.css); background: url(/evil2.css) } body { display: none }</style>
      <realtime-voice token-url="javascript:window.ran=3" onclick="window.ran = 4" style="--realtime-voice-radius: 4px; background: url(/evil3)"
        state="failed" data-key="sk-0123456789abcdef" label="ek_0123456789abcdef" x-on:click="window.ran = 5">
        <a slot="footer" href="javascript:window.ran=6" onmouseover="window.ran = 7">Go</a>
        <iframe slot="heading" srcdoc="<script>parent.ran = 8</script>"></iframe>
        <svg slot="visual"><script>window.ran = 9</script><foreignObject></foreignObject><use href="/evil.svg#a"/></svg>
        <script>window.ran = 10</script>
        <script type="application/json" slot="tools" src="/evil.json">[]</script>
      </realtime-voice>`;
    const hash = `#${new URLSearchParams({ html: hostile, stack: '../../../package.json' })}`;
    for (const way of ['pasted', 'shared']) {
      // Without the policy of the demo, which would stop scripts, too.
      await using builder = await BuilderPage.open(
        await sharedChromium(),
        demo.url,
        way === 'shared' ? hash : '',
        false,
      );
      if (way === 'pasted') await builder.set('#html', hostile);
      await builder.page.hover('#preview');
      const { ran, inside } = await builder.page.$eval('realtime-voice', (element) => ({
        ran: (window as { ran?: number }).ran,
        inside: element.outerHTML,
      }));
      assert.equal(ran, undefined, way);
      assert.doesNotMatch(inside, /javascript:|\son\w+=|x-on|evil|[es]k[-_]\w{8}|iframe|<script/i);
      const html = await builder.text('html');
      assert.doesNotMatch(html, /javascript:|\son\w+=|x-on|evil|[es]k[-_]\w{8}|iframe|ran/i);
      assert.match(html, /--realtime-voice-radius: 4px;/);
      assert.match(html, /<a slot="footer">Go<\/a>/);
      const problems = (await builder.problems()).join('\n');
      for (const part of [
        'onclick',
        'x-on:click',
        'token-url',
        'secret key',
        'href of <a>',
        '<iframe>',
        '<script>',
        '<img>',
      ])
        assert.ok(problems.includes(part), `${part}: ${problems}`);
      const loaded = builder.opened.requests.filter(({ url }) =>
        /\/evil|evil\.example\/|^javascript/.test(url.split('#')[0]!),
      );
      assert.deepEqual(loaded, []);
      assert.doesNotMatch(decodeURIComponent(await builder.page.evaluate(() => location.hash)), /ek_0|sk-0/);
    }
  });

  /** `Sell "bikes". It's a shop.` and `Be brief.` in two lines, by the end of a file's name. */
  const LITERALS: Readonly<Record<string, string>> = {
    js: `'Sell "bikes". It\\'s a shop.\\nBe brief.'`,
    go: `"Sell \\"bikes\\". It's a shop.\\nBe brief."`,
    py: `"Sell \\"bikes\\". It's a shop.\\nBe brief."`,
    php: `'Sell "bikes". It\\'s a shop.\nBe brief.'`,
    ru: `'Sell "bikes". It\\'s a shop.\nBe brief.'`,
  };

  it('shows the recipe of each stack with the path and the instructions that were chosen', async () => {
    await using builder = await open();
    await builder.set('[name="token-url"]', '/api/own-token');
    await builder.set('#instructions', `Sell "bikes". It's a shop.\nBe brief.`);
    const stacks = await builder.page.$$eval('#stack option', (options) => options.map(({ value }) => value));
    assert.ok(stacks.length >= 10 && !stacks.includes('voice.js'), stacks.join());
    for (const stack of stacks) {
      await builder.set('#stack', stack);
      const recipe = readFileSync(`demo/recipes/${stack}`, 'utf8').replaceAll('/api/voice-token', '/api/own-token');
      const code = await builder.text('endpoint');
      const own = LITERALS[stack.split('.')[1]!]!;
      assert.ok(code.endsWith(recipe.replace(/(?<=instructions\W{2,5})(['"])\w.*?\1/, () => own)), stack);
      assert.equal(code.split(own).length, 2, stack);
      assert.equal(code.includes('── voice.js ──'), recipe.includes('./voice.js'), stack);
    }
    assert.doesNotMatch(await builder.page.evaluate(() => decodeURIComponent(location.href)), /bikes/);
    assert.doesNotMatch(await builder.text('html'), /bikes/);
  });

  it('can be shared by its address', async () => {
    await using builder = await open();
    await builder.set('[name="label"]', 'Ask us & more');
    await builder.set('#stack', 'koa.js');
    const hash = await builder.page.evaluate(() => location.hash);
    const texts = await Promise.all([builder.text('html'), builder.text('endpoint')]);
    await using other = await open(hash);
    assert.deepEqual(await Promise.all([other.text('html'), other.text('endpoint')]), texts);
    assert.equal(await other.page.$eval('realtime-voice', (element) => element.label), 'Ask us & more');
  });

  it('works by keyboard only, and copies', async () => {
    await using builder = await open();
    const { page } = builder;
    await page
      .browserContext()
      .overridePermissions(demo.url, ['clipboard-read', 'clipboard-sanitized-write', 'microphone']);
    await page.bringToFront();
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 120; presses++) {
        const focused = await page.evaluate(
          () => document.activeElement?.getAttribute('name') ?? document.activeElement?.getAttribute('data-copies'),
        );
        if (focused === name) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab never comes to ${name}.`);
    };
    // On a narrow screen the groups are closed at first.
    await page.focus('details:not([open]) > summary');
    await page.keyboard.press('Enter');
    await tabTo('push-to-talk');
    await page.keyboard.press('Space');
    await tabTo('label');
    await page.keyboard.type('By key');
    await tabTo('html');
    await page.keyboard.press('Enter');
    const status = (): Promise<string> => page.$eval('#status', (line) => line.textContent);
    assert.equal(await until('it says what it did', status), 'Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(
      copied,
      /<realtime-voice token-url="\/api\/voice-token" push-to-talk label="By key"><\/realtime-voice>/,
    );
  });

  it('has no accessibility faults, in light, in dark and on a narrow screen', async () => {
    await using builder = await open();
    const { page } = builder;
    for (const [scheme, width] of [
      ['light', 1200],
      ['dark', 320],
    ] as const) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      assert.deepEqual(await accessibilityFaults(page), [], scheme);
      const [scrollWidth, clientWidth] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.equal(scrollWidth, clientWidth, `${width} px: nothing is wider than the page`);
    }
  });
});
