import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the stage', () => {
  let mounted: Mounted;
  before(() => setViewport({ width: 800, height: 700 }));
  after(() => setViewport({ width: 800, height: 600 }));

  const box = (name: string): DOMRect =>
    mounted.element.shadowRoot!.querySelector<HTMLElement>(name)!.getBoundingClientRect();
  const middle = (name: string): number => Math.round((box(name).top + box(name).bottom) / 2);

  it('has the mark, the button to interrupt and the rating on one axis', async () => {
    mounted = await mount({ 'collect-feedback': '' });
    await mounted.call();
    const axis = middle('.mark');
    expect(middle('.interrupt')).to.equal(axis);
    mounted.session.say({ id: '1', role: 'assistant', text: 'Hello', status: 'final' });
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect([middle('.mark'), middle('.thumb')]).to.deep.equal([axis, axis]);
  });

  it('says beside the mark whether the microphone is on, muted or off, and fills its dot while it is on', async () => {
    const shown = (): (string | undefined)[] => {
      const microphone = mounted.element.shadowRoot!.querySelector('.microphone');
      if (!microphone) return [];
      const { backgroundColor, borderTopColor } = getComputedStyle(microphone, '::before');
      return [microphone.textContent!.trim(), backgroundColor === borderTopColor ? 'filled' : 'hollow'];
    };
    mounted = await mount();
    expect(shown()).to.deep.equal([]);
    await mounted.call({ microphone: false });
    expect(shown()).to.deep.equal(['Microphone off', 'hollow']);
    await mounted.click('mute-button');
    expect(shown()).to.deep.equal(['Microphone on', 'filled']);
    await mounted.click('mute-button');
    expect(shown()).to.deep.equal(['Microphone muted', 'hollow']);
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect(shown()).to.deep.equal([]);
  });

  it('asks for the rating below the focus ring of the menu', async () => {
    mounted = await mount({ 'collect-feedback': '' });
    await mounted.call();
    mounted.session.say({ id: '1', role: 'assistant', text: 'Hello', status: 'final' });
    mounted.element.stop();
    await mounted.element.updateComplete;
    const menu = mounted.part('menu-button')!;
    menu.focus({ focusVisible: true } as FocusOptions);
    const { outlineWidth, outlineOffset } = getComputedStyle(menu);
    const ring =
      menu.getBoundingClientRect().bottom + Math.max(parseFloat(outlineOffset) + parseFloat(outlineWidth), 0);
    expect(box('.rating').top).to.be.at.least(ring + 4);
  });

  const cards: Readonly<Record<string, string>>[] = [
    {},
    { 'no-transcript': '' },
    { 'no-transcript': '', 'no-text-input': '' },
  ];
  for (const attributes of cards) {
    it(`keeps the state in place when a call begins and ends, with ${JSON.stringify(attributes)}`, async () => {
      mounted = await mount(attributes);
      const before = box('.word').toJSON();
      await mounted.call();
      expect(box('.word').toJSON()).to.deep.equal(before);
      mounted.element.stop();
      await mounted.element.updateComplete;
      expect(box('.word').toJSON()).to.deep.equal(before);
    });
  }

  it('leaves a notice as wide as the text field', async () => {
    mounted = await mount();
    await mounted.call();
    mounted.session.warn('idle', 15);
    await mounted.element.updateComplete;
    const [notice, field] = [box('.notice'), box('.composer')];
    expect([notice.left, notice.right]).to.deep.equal([field.left, field.right]);
  });

  it('is in a card with the edge of its theme, also in the panel of floating', async () => {
    for (const theme of ['plain', 'contrast']) {
      mounted = await mount({ theme });
      const { borderTopWidth: width, borderTopStyle: style } = getComputedStyle(mounted.part('panel')!);
      mounted = await mount({ theme, variant: 'floating', open: '' });
      const floating = getComputedStyle(mounted.element.shadowRoot!.querySelector('.card')!);
      expect([floating.borderTopWidth, floating.borderTopStyle]).to.deep.equal([width, style]);
      expect([style, parseFloat(width) >= 1]).to.deep.equal(['solid', true]);
    }
  });
});
