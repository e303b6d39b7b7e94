import { expect } from '@open-wc/testing';
import '../../../src/locales/ar.js';
import '../../../src/locales/de.js';
import '../../../src/locales/pt-br.js';
import { registerLocale } from '../../../src/locales/registry.js';
import { warningsOf } from '../../support/console-warnings.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

describe('the languages that a page offers', () => {
  let mounted: Mounted;
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const select = (): HTMLSelectElement | null =>
    mounted.element.shadowRoot!.querySelector<HTMLSelectElement>('.settings [name="language"]');
  const open = async (languages: string): Promise<void> => {
    mounted = await mount({ languages });
    await mounted.click('settings-button');
  };
  const choose = async (code: string): Promise<void> => {
    select()!.value = code;
    select()!.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
  };
  const offered = (): string[] => [...select()!.options].map(({ text, value }) => `${value}: ${text}`);

  it('are in the settings, each in its own words, and no choice is there without them', async () => {
    await open('');
    expect(select()).to.equal(null);
    await open('en de pt-BR');
    expect(offered()).to.deep.equal(['en: English', 'de: Deutsch', 'pt-BR: português (Brasil)']);
    expect(select()!.value).to.equal('en');
    await expectAccessible(mounted);
  });

  it('are those that the element has words in, and the one that it speaks now', async () => {
    await open('de, fi, *, ar');
    expect(offered().map((text) => text.split(':')[0])).to.deep.equal(['en', 'de', 'ar']);
  });

  it('are told of, once, if the element has no words in them when the choice is shown', async () => {
    const told = await warningsOf(async () => {
      mounted = await mount({ languages: 'en de qf qg' });
      await drawn();
      expect(select()).to.equal(null);
    });
    expect(told, 'before anybody could choose').to.deep.equal([]);
    registerLocale('qf', { language: 'Kieli' });
    const toldThen = await warningsOf(async () => {
      await mounted.click('settings-button');
      mounted.element.label = 'Ask us';
      await drawn();
    });
    expect(toldThen).to.deep.equal([
      '<realtime-voice> languages: there are no words in qg, so nobody can choose that. ' +
        "Import 'realtime-voice/locales/qg', or call registerLocale('qg', …).",
    ]);
    expect(offered().map((text) => text.split(':')[0])).to.deep.equal(['en', 'de', 'qf']);
    registerLocale('qg', { language: 'Kieli' });
    await drawn();
    expect(offered().map((text) => text.split(':')[0])).to.deep.equal(['en', 'de', 'qf', 'qg']);
  });

  it('change the words, for the session too, and the focus stays', async () => {
    await open('en de');
    select()!.focus();
    await choose('de');
    expect(mounted.text('start-button')).to.equal('Gespräch starten');
    expect(mounted.part('panel')!.lang).to.equal('de');
    expect(mounted.part('transcript')!.lang).to.equal('de');
    expect(mounted.element.shadowRoot!.activeElement === select()).to.equal(true);
    expect(mounted.session.options.language).to.equal('de');
    await expectAccessible(mounted);
  });

  it('are written in their own direction', async () => {
    await open('en ar');
    expect(mounted.part('panel')!.hasAttribute('dir')).to.equal(false);
    await choose('ar');
    expect(getComputedStyle(mounted.part('panel')!).direction).to.equal('rtl');
    await choose('en');
    expect(getComputedStyle(mounted.part('panel')!).direction).to.equal('ltr');
  });

  it('are written from the right where the page has registered such a language', async () => {
    const languages = ['ckb', 'dv', 'ps', 'sd', 'ug', 'yi'];
    for (const code of languages) registerLocale(code, { language: code });
    await open(`en ${languages.join(' ')}`);
    for (const code of languages) {
      await choose(code);
      expect(mounted.part('panel')!.dir, code).to.equal('rtl');
    }
  });

  it('are remembered, but read only when the visitor does something', async () => {
    await open('en de');
    await choose('de');
    mounted = await mount({ languages: 'en de' });
    expect(mounted.text('start-button')).to.equal('Start talking');
    await mounted.call();
    expect(mounted.text('status')).to.equal('Hört zu');
  });

  it('go before the language of the page, and the page decides again when it offers them no more', async () => {
    await open('en de');
    await choose('de');
    mounted.element.lang = 'ar';
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
    expect(mounted.part('panel')!.lang).to.equal('de');
    mounted.element.languages = 'en';
    await drawn();
    expect([mounted.part('panel')!.lang, mounted.session.options.language]).to.deep.equal(['ar', undefined]);
  });
});
