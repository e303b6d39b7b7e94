import { expect } from '@open-wc/testing';
import { VIEW_OPTIONS } from '../../../src/element/options.js';
import { contrastOf } from '../../support/contrast.js';
import { CARD_STATES, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

const THEMES = VIEW_OPTIONS.theme.words!.map(String);
const SCHEMES = { light: 'white', dark: '#121212' };
/** What may be behind a card that one can look through. */
const BACKDROPS = ['white', 'black', 'red', 'yellow', 'blue'];
const STATES = ['before the first call', 'muted', 'speaking', 'a question', 'ended', 'failed'];
/** Everything with words. */
const TEXTS = '.heading, .word, .hint, .who, .words, .button:not([aria-disabled]), .notice, .field, .export button';

describe('the themes', () => {
  let mounted: Mounted;
  const find = (selector: string): HTMLElement => mounted.element.shadowRoot!.querySelector(selector)!;
  const style = (selector: string): CSSStyleDeclaration => getComputedStyle(find(selector));
  const show = async (attributes: Readonly<Record<string, string>>, scheme = 'light'): Promise<void> => {
    mounted = await mount(attributes);
    mounted.element.style.colorScheme = scheme;
  };

  for (const theme of ['', ...THEMES]) {
    for (const [scheme, page] of Object.entries(SCHEMES)) {
      for (const state of STATES) {
        it(`${theme || 'none'}, ${scheme}, ${state}: every word can be read`, async () => {
          await show({ theme, 'no-settings': '' }, scheme);
          mounted.element.parentElement!.style.background = page;
          await CARD_STATES[state]!(mounted);
          await expectAccessible(mounted);
          const least = theme === 'contrast' ? 7 : 4.5;
          const texts = [...mounted.element.shadowRoot!.querySelectorAll(TEXTS)];
          expect(texts.length).to.be.greaterThan(2);
          for (const backdrop of theme === 'glass' ? BACKDROPS : [page])
            for (const text of texts)
              expect(contrastOf(text, backdrop), `${text.className} on ${backdrop}`).to.be.at.least(least);
        });
      }
    }
  }

  it('differ in everything but the words', async () => {
    const looks = new Map<string, Set<string>>();
    for (const theme of THEMES) {
      await show({ theme });
      const [card, button] = [style('.card'), style('.start')];
      const { borderTopWidth, boxShadow, backgroundColor, paddingTop } = card;
      const backdrop = card.backdropFilter;
      const look = { backgroundColor, boxShadow, paddingTop, borderTopWidth, backdrop };
      const shapes = { radius: card.borderTopLeftRadius, button: button.borderTopLeftRadius };
      for (const [name, value] of Object.entries({ ...look, ...shapes }))
        looks.set(name, (looks.get(name) ?? new Set()).add(value));
    }
    const kinds = Object.fromEntries([...looks].map(([name, values]) => [name, values.size]));
    expect(kinds).to.deep.equal({
      ...{ backgroundColor: 3, boxShadow: 3, paddingTop: 3, borderTopWidth: 3, backdrop: 2, radius: 4, button: 4 },
    });
  });

  for (const theme of THEMES) {
    it(`${theme}: what the page sets goes before it`, async () => {
      await show({ theme });
      const colors = { surface: 'rgb(1, 2, 3)', 'on-surface': 'rgb(250, 251, 252)', 'on-accent': 'rgb(7, 8, 9)' };
      const others = { accent: 'rgb(200, 201, 202)', muted: 'rgb(240, 241, 242)', danger: 'rgb(230, 231, 232)' };
      for (const [name, value] of Object.entries({ ...colors, ...others, outline: 'rgb(4, 5, 6)', radius: '11px' }))
        mounted.element.style.setProperty(`--realtime-voice-${name}`, value);
      expect([style('.word').color, style('.start').color, style('.start').backgroundColor]).to.deep.equal([
        colors['on-surface'],
        colors['on-accent'],
        others.accent,
      ]);
      expect([style('.foot .hint').color, style('.composer').borderTopColor]).to.deep.equal([
        others.muted,
        'rgb(4, 5, 6)',
      ]);
      expect(style('.card').borderTopLeftRadius).to.equal('11px');
      if (theme !== 'glass') expect(style('.card').backgroundColor).to.equal(colors.surface);
      await mounted.call();
      expect(style('.end').color).to.equal(others.danger);
    });
  }

  it('glass is opaque for visitors who want less transparency', async () => {
    await show({ theme: 'glass' });
    const rules = mounted.element.shadowRoot!.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
    const rule = rules.find(({ cssText }) => cssText.includes('prefers-reduced-transparency'))! as CSSMediaRule;
    const { mediaText } = rule.media;
    mounted.element.style.setProperty('--realtime-voice-surface', 'rgb(1, 2, 3)');
    expect([style('.card').backgroundColor === 'rgb(1, 2, 3)', style('.card').backdropFilter]).to.deep.equal([
      false,
      'blur(18px) saturate(1.7)',
    ]);
    rule.media.mediaText = 'all';
    const { backgroundColor, backdropFilter } = style('.card');
    const opaque = [backgroundColor, backdropFilter];
    rule.media.mediaText = mediaText;
    expect(opaque).to.deep.equal(['rgb(1, 2, 3)', 'none']);
  });

  for (const theme of ['', ...THEMES]) {
    for (const [scheme, page] of Object.entries(SCHEMES)) {
      it(`${theme || 'none'}, ${scheme}: every line can be seen by visitors who want more contrast`, async () => {
        await show({ theme, 'handover-label': 'Talk to a person' }, scheme);
        mounted.element.starters = ['Show me the rust one'];
        await mounted.element.updateComplete;
        const seen = [...linesOf('.card, .starter, .composer, .start')];
        await CARD_STATES['a question']!(mounted);
        mounted.session.say({ id: '1', text: 'Hello', status: 'final' });
        await mounted.click('settings-button');
        seen.push(...linesOf('.log, .entry, .notice, .notice button, .settings, .settings select, .mute, .end'));
        const person = [...linesOf('.handover')];
        expect(person.length).to.equal(4);
        seen.push(...person);
        await mounted.click('menu-button');
        seen.push(...linesOf('.menu'));
        expect(seen.length).to.be.greaterThan(20);
        for (const { name, contrast } of seen) expect(contrast, name).to.be.at.least(3);

        /** Each drawn border, with its contrast to what is around it. */
        function linesOf(selector: string): { name: string; contrast: number }[] {
          const rules = mounted.element.shadowRoot!.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
          const preferring = rules.filter(({ cssText }) =>
            /^@media \(prefers-contrast/.test(cssText),
          ) as CSSMediaRule[];
          const texts = preferring.map(({ media }) => media.mediaText);
          for (const { media } of preferring) media.mediaText = 'all';
          const lines = [...mounted.element.shadowRoot!.querySelectorAll(selector)].flatMap((element) => {
            const style = getComputedStyle(element);
            const around = element.matches('.card') ? mounted.element.parentElement! : element.parentElement!;
            return ['top', 'right', 'bottom', 'left']
              .filter((side) => parseFloat(style.getPropertyValue(`border-${side}-width`)) > 0)
              .map((side) => ({
                name: `${element.className} ${side}`,
                contrast: contrastOf(around, page, style.getPropertyValue(`border-${side}-color`)),
              }));
          });
          preferring.forEach(({ media }, index) => (media.mediaText = texts[index]!));
          return lines;
        }
      });
    }
  }

  for (const accent of ['#ffd23e', '#1d3f8a', '#777', '#e0245e', '#00a000', '#f00', '#fff', '#000', '#6a5acd']) {
    for (const scheme of Object.keys(SCHEMES)) {
      it(`words on and in the accent ${accent} can be read, ${scheme}`, async () => {
        await show({}, scheme);
        mounted.element.style.setProperty('--realtime-voice-accent', accent);
        expect(contrastOf(find('.start'), 'white')).to.be.at.least(4.5);
        await mounted.call();
        expect(contrastOf(find('.mute'), 'white')).to.be.at.least(4.5);
      });
    }
  }

  it('the mark of the launcher can be seen on any accent', async () => {
    await show({ variant: 'floating' });
    mounted.element.style.setProperty('--realtime-voice-accent', '#ffd23e');
    expect(contrastOf(find('.launcher'), 'white')).to.be.at.least(4.5);
  });
});
