import { expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('motion', () => {
  let mounted: Mounted;
  let media: CSSMediaRule | undefined;
  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const rules = (): CSSRule[] => root().adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
  const update = (): Promise<boolean> => mounted.element.updateComplete;
  /** What moves, by its class: for how long, how, and in which properties. Then it is over. */
  const moving = (): Record<string, string> => {
    const animations = root().getAnimations();
    const entries = animations.map((animation) => {
      const effect = animation.effect as KeyframeEffect;
      const frames = effect.getKeyframes();
      const names = ['offset', 'computedOffset', 'easing', 'composite'];
      const properties = new Set(frames.flatMap((frame) => Object.keys(frame).filter((name) => !names.includes(name))));
      const name = effect.target!.closest('[class]')!.getAttribute('class');
      return [name, [effect.getTiming().duration, frames[0]!.easing, ...[...properties].sort()].join(' ')];
    });
    for (const animation of animations) animation.finish();
    return Object.fromEntries(entries) as Record<string, string>;
  };
  const SOFT = '160 ease-out opacity transform';

  /** These browsers are set to reduced motion; a test may ask for motion. */
  const allowMotion = (): void => {
    media = rules().find((rule): rule is CSSMediaRule => rule.cssText.includes('(prefers-reduced-motion: no-pref'))!;
    media.media.mediaText = 'all';
  };
  beforeEach(async () => {
    mounted = await mount({ variant: 'floating', nudge: 'Questions?', 'nudge-after': '0' });
  });
  afterEach(() => {
    if (media) media.media.mediaText = '(prefers-reduced-motion: no-preference)';
    media = undefined;
  });

  it('there is none with reduced motion, and none outside of that question', async () => {
    expect(matchMedia('(prefers-reduced-motion: reduce)').matches).to.equal(true);
    mounted.element.open = true;
    await mounted.call();
    mounted.session.warn('idle', 15);
    await mounted.click('settings-button');
    expect(moving()).to.deep.equal({});
    const others = rules().filter(({ cssText }) => /\dm?s\b/.test(cssText));
    expect(others.map(({ cssText }) => /prefers-reduced-motion/.test(cssText))).to.deep.equal([true]);
  });

  it('the panel, the settings, a notice and another state appear softly', async () => {
    allowMotion();
    mounted.element.open = true;
    await update();
    expect(moving()).to.deep.equal({ drawer: SOFT, icon: SOFT });
    await mounted.call();
    expect(moving()).to.deep.equal({ word: SOFT });
    mounted.session.to('thinking');
    await update();
    expect(moving()).to.deep.equal({ word: SOFT });
    await mounted.click('settings-button');
    expect(moving()).to.deep.equal({ settings: SOFT });
    mounted.session.warn('idle', 15);
    await update();
    expect(moving()).to.deep.equal({ notice: SOFT });
    mounted.session.warn('idle', 14);
    await update();
    expect(moving(), 'a countdown').to.deep.equal({});
  });
});
