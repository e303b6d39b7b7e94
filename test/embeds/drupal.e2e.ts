import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { until } from '../e2e/support/until.js';
import { PHP, withProgram } from '../support/language-programs.js';
import { assertNoComplaints, assertRemoved, BuilderSite, documentOf } from './support/builder-site.js';

const MODULE = 'demo/embeds/drupal/realtime_voice';

/** Drupal's own scripts, as far as behaviors need them: `once` marks an element with what was done to it. */
function installDrupal(): void {
  interface Behavior {
    attach(context: ParentNode): void;
  }
  const Drupal = {
    behaviors: {} as Record<string, Behavior>,
    attachBehaviors: (context: ParentNode = document) =>
      Object.values(Drupal.behaviors).forEach((behavior) => behavior.attach(context)),
  };
  const once = (id: string, selector: string, context: ParentNode): Element[] =>
    [...context.querySelectorAll(`${selector}:not([data-once~="${id}"])`)].filter((element) => {
      element.setAttribute('data-once', `${element.getAttribute('data-once') ?? ''} ${id}`.trim());
      return true;
    });
  Object.assign(window, { Drupal, once });
  document.addEventListener('DOMContentLoaded', () => Drupal.attachBehaviors());
}

interface RenderArray {
  readonly '#type': string;
  readonly '#tag': string;
  readonly '#attributes': Readonly<Record<string, string>>;
  readonly '#attached': { readonly library: readonly string[] };
}

/** The block with these settings, as its PHP builds it and Drupal prints it: `html_tag` escapes attributes. */
function blockWith(settings: Readonly<Record<string, string>>): string {
  const file = `${MODULE}/src/Plugin/Block/VoiceBlock.php`;
  const args = ['test/embeds/drupal/render-block.php', file, JSON.stringify(settings)];
  const array = JSON.parse(execFileSync(PHP.path, args, { encoding: 'utf8' })) as RenderArray;
  assert.deepEqual([array['#type'], array['#attached'].library], ['html_tag', ['realtime_voice/tools']]);
  const escaped = (text: string): string => text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const attributes = Object.entries(array['#attributes']).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${array['#tag']}${attributes.join('')}></${array['#tag']}>`;
}

describe('Drupal', () => {
  let site: BuilderSite;
  before(async () => void (site = await BuilderSite.open()));
  after(() => site?.close());

  it('names only files and libraries that there are, and keeps the file of the element whole', () => {
    const yaml = readFileSync(`${MODULE}/realtime_voice.libraries.yml`, 'utf8');
    assert.match(yaml, /js\/realtime-voice\.min\.js: \{[^}]*preprocess: false/);
    assert.match(yaml, /^tools:[^]*js\/tools\.js[^]*realtime_voice\/element/m);
    assert.match(readFileSync(`${MODULE}/js/tools.js`, 'utf8'), /once\('realtime-voice', 'realtime-voice', context\)/);
  });

  it(
    'talks in a block whose behavior is attached again and again, with one answer for each call of its tool',
    withProgram(PHP, async () => {
      const block = blockWith({ token_url: `${site.server.url}/api/voice-token`, heading: '"Ask" <us>', variant: '' });
      const scripts = ['drupal.js', 'realtime-voice.min.js', 'tools.js'].map(
        (file) => `<script defer src="/core/${file}"></script>`,
      );
      site.serve('/core/drupal.js', `globalThis.__name ??= (it) => it; (${installDrupal})();`);
      site.serve('/core/realtime-voice.min.js', readFileSync('dist/realtime-voice.min.js'));
      site.serve('/core/tools.js', site.snippet('drupal/realtime_voice/js/tools.js'));
      site.serve('/node/1', documentOf(`<div id="block-voice">${block}</div>`, scripts.join('')));
      await using voice = await site.visit('/node/1');
      assert.equal(await voice.page.$eval('realtime-voice', ({ label }) => label), '"Ask" <us>');

      // Ajax and BigPipe attach behaviors again, to the page or to a part of it.
      const attach = (): Promise<void> =>
        voice.page.evaluate(() => {
          const { Drupal } = window as unknown as { Drupal: { attachBehaviors(context?: Element): void } };
          Drupal.attachBehaviors();
          Drupal.attachBehaviors(document.querySelector('#block-voice')!);
        });
      await attach();
      const call = await site.begin(voice);
      await attach();
      await voice.page.$eval('realtime-voice', (element) => element.sendText('tool'));
      const outputs = await until(
        'the tool is answered',
        async () => (await call.peer()).clientEvents.flatMap(({ item }) => item?.output ?? []),
        ({ length }) => length > 0,
      );
      assert.deepEqual(
        outputs.map((output) => JSON.parse(output) as unknown),
        [{ title: 'Bicycle shop' }],
      );
      assert.deepEqual(await voice.detailsOf('voice-tool-call', 'name'), ['page_title']);

      // A block that Ajax replaces: the old call ends, the new element gets its tool.
      await voice.page.evaluate((block) => {
        const place = document.querySelector('#block-voice')!;
        place.innerHTML = block;
        (window as unknown as { Drupal: { attachBehaviors(context: Element): void } }).Drupal.attachBehaviors(place);
      }, block);
      await assertRemoved(call);
      const another = await site.begin(voice);
      assert.deepEqual(
        (await another.peer()).session.tools?.map(({ name }) => name),
        ['page_title'],
      );
      assertNoComplaints(voice);
    }),
  );
});
