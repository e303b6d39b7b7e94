import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { BuilderPage } from './builder-page.js';

const HASH = `sha384-${'A'.repeat(64)}`;

describe('a text that is pasted into the snippet builder', () => {
  let demo: Demo;
  before(async () => void (demo = await startDemo({ port: 0 })));
  after(() => demo?.close());
  const open = async (): Promise<BuilderPage> => BuilderPage.open(await sharedChromium(), demo.url);

  const KEPT: Readonly<Record<string, string>> = {
    'the hash of another version': `<script type="module" src="https://cdn.example/0.0.9/realtime-voice.min.js" integrity="${HASH}" crossorigin></script>`,
    'a script without a hash': '<script type="module" src="/realtime-voice.min.js"></script>',
    'the query of an address': `<script type="module" src="/realtime-voice.min.js?v=a/3" integrity="${HASH}"></script>`,
  };
  for (const [name, script] of Object.entries(KEPT)) {
    it(`keeps ${name} after an edit`, async () => {
      await using builder = await open();
      const pasted = `${script}\n<realtime-voice token-url="/t"></realtime-voice>\n`;
      await builder.set('#html', pasted);
      await builder.set('[name="greet"]', true);
      await builder.set('[name="greet"]', false);
      assert.equal(await builder.text('html'), pasted);
      assert.deepEqual(await builder.problems(), []);
    });
  }

  it('gets a language file from beside its own, also with a query', async () => {
    await using builder = await open();
    await builder.set('#html', `${KEPT['the query of an address']}<realtime-voice lang="de"></realtime-voice>`);
    assert.match(await builder.text('html'), /src="\/locales\/de\.min\.js\?v=a\/3"/);
    await builder.set('#script', '/js/realtime-voice.min.js?v=4');
    assert.match(await builder.text('html'), /src="\/js\/realtime-voice\.min\.js\?v=4" integrity="sha384-(?!AAAA)/);
    assert.deepEqual(await builder.problems(), []);
  });

  it('is told about a nonce, comments and tools without a name', async () => {
    await using builder = await open();
    await builder.set(
      '#html',
      `<script nonce="n" src="/realtime-voice.min.js" integrity="x"></script><realtime-voice token-url="/t">
        <p slot="footer">a<!-- b --></p><script type="application/json" slot="tools">[{ "title": "hours" }]</script>
      </realtime-voice>`,
    );
    const problems = (await builder.problems()).join('\n');
    for (const part of [/nonce/, /integrity/, /Comments/, /must have a name/]) assert.match(problems, part);
    assert.doesNotMatch(await builder.text('html'), /nonce|hours|<!--/);
  });

  it('takes no name from the parts of the page, and loads nothing from another host', async () => {
    await using builder = await open();
    await builder.set(
      '#html',
      `<realtime-voice token-url="/t"><p slot="footer" id="html-heading">Evil</p>
        <img slot="visual" src="https://tracker.example/p.png" alt="">
        <img slot="visual" src="//tracker.example/q.png" alt=""></realtime-voice>`,
    );
    assert.match(await builder.text('html'), /id="html-heading">Evil[^]*src="https:\/\/tracker/);
    const { named, sources } = await builder.page.evaluate(() => ({
      named: document.querySelectorAll('[id="html-heading"]').length,
      sources: [...document.images].filter((image) => image.hasAttribute('src')).length,
    }));
    assert.deepEqual([named, sources], [1, 0]);
    assert.deepEqual(builder.opened.console, []);
  });

  it('is read in part at most, however much is wrong with it', async () => {
    await using builder = await open();
    const tags = Array.from({ length: 3000 }, (_, index) => `<x-${index}></x-${index}>`);
    await builder.set('#html', `<realtime-voice token-url="/t">${tags.join('')}</realtime-voice>`);
    const problems = await builder.problems();
    assert.deepEqual([problems.length, problems.at(-1)], [21, 'More was left out.']);
    await builder.set('#html', `<realtime-voice token-url="/u" label="${'x'.repeat(200_000)}"></realtime-voice>`);
    assert.deepEqual(await builder.problems(), ['This text is too long for a snippet.']);
    assert.match(await builder.text('html'), /token-url="\/t"/);
  });

  it('is not in the address of the page if it is too long to be shared', async () => {
    await using builder = await open();
    const hash = (): Promise<string> => builder.page.evaluate(() => location.hash);
    await builder.set('[name="label"]', 'Short');
    assert.match(await hash(), /Short/);
    await builder.set('#html', `<realtime-voice token-url="/t" label="${'x'.repeat(40_000)}"></realtime-voice>`);
    assert.equal(await hash(), '');
    assert.equal((await builder.text('html')).length > 40_000, true);
  });
});

describe('a field of the snippet builder', () => {
  let demo: Demo;
  before(async () => void (demo = await startDemo({ port: 0 })));
  after(() => demo?.close());

  it('says itself why its value is not used, until it is right', async () => {
    await using builder = await BuilderPage.open(await sharedChromium(), demo.url);
    await builder.page.$$eval('details', (groups) => groups.forEach((group) => (group.open = true)));
    const first = await builder.text('html');
    const told = (name: string): Promise<string[]> =>
      builder.page.$eval(`[name="${name}"]`, (field) =>
        field
          .getAttribute('aria-describedby')!
          .split(' ')
          .map((id) => document.getElementById(id)!)
          .filter((part) => part.role === 'alert' && part.checkVisibility())
          .map((part) => part.textContent),
      );
    for (const [name, value, wrong] of [
      ['calls-url', 'javascript:alert(1)', 'This is no web address.'],
      ['label', 'sk-0123456789abcdef', 'This looks like a secret key: it stays on the server.'],
      ['slot-tools', '[{}]', 'Each tool must have a name: [{ "name": "…" }].'],
      ['--realtime-voice-accent', 'url(/x)', 'This cannot be the value.'],
    ] as const) {
      await builder.set(`[name="${name}"]`, value);
      assert.deepEqual(await told(name), [wrong], name);
      assert.equal(await builder.text('html'), first);
      await builder.set(`[name="${name}"]`, '');
      assert.deepEqual(await told(name), [], name);
    }
  });

  it('for the stack names each stack in a few words', async () => {
    await using builder = await BuilderPage.open(await sharedChromium(), demo.url);
    const titles = await builder.page.$$eval('#stack option', (options) => options.map(({ text }) => text));
    assert.ok(titles.includes('Next.js') && titles.includes('Express 5'), titles.join());
    assert.deepEqual(
      titles.filter((title) => !/^[\w. ]{2,20}$/.test(title)),
      [],
    );
  });

  it('for the token endpoint leads to its path, also on another host', async () => {
    await using builder = await BuilderPage.open(await sharedChromium(), demo.url);
    await builder.set('#stack', 'hono.js');
    await builder.set('[name="token-url"]', 'https://api.shop.example/own/token?shop=1');
    assert.match(await builder.text('endpoint'), /app\.all\('\/own\/token',/);
  });
});
