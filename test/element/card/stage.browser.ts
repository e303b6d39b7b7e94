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

  it('has the mark and the button to interrupt on one axis, also when the call has ended', async () => {
    mounted = await mount({ 'collect-feedback': '' });
    await mounted.call();
    const axis = middle('.mark');
    expect(middle('.interrupt')).to.equal(axis);
    mounted.session.say({ id: '1', role: 'assistant', text: 'Hello', status: 'final' });
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect(middle('.mark')).to.equal(axis);
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

  for (const dir of ['ltr', 'rtl']) {
    it(`has the microphone and the button to interrupt within the card, ${dir}`, async () => {
      mounted = await mount({ dir, muted: '' });
      mounted.element.style.setProperty('--realtime-voice-font', '"DejaVu Sans", Verdana, sans-serif');
      await mounted.call();
      const [place, microphone, interrupt] = [box('.composer'), box('.microphone'), box('.interrupt')];
      const sides = [microphone, interrupt].sort((one, other) => one.left - other.left);
      expect(sides[0]!.left).to.be.at.least(place.left);
      expect(sides[1]!.right).to.be.at.most(place.right);
    });
  }

  it('has one button to interrupt: while it waits it is the same, only fainter', async () => {
    mounted = await mount();
    await mounted.call();
    const look = (): string => {
      const { borderTopColor, borderTopStyle, backgroundColor, color } = getComputedStyle(
        mounted.part('interrupt-button')!,
      );
      const { fill } = getComputedStyle(mounted.part('interrupt-button')!.querySelector('.icon')!);
      return [borderTopColor, borderTopStyle, backgroundColor, color, fill].join();
    };
    const opacity = (): string => getComputedStyle(mounted.part('interrupt-button')!).opacity;
    const [waiting, faint] = [look(), opacity()];
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    expect([look(), opacity(), Number(faint) < 1]).to.deep.equal([waiting, '1', true]);
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

  for (const [name, happens] of [
    ['before the first words', () => {}],
    ['in a conversation', ({ session }: Mounted) => session.say({ id: '1', text: 'Hello', status: 'final' })],
  ] as const) {
    for (const width of [800, 320]) {
      it(`says below a failure what to do about it, ${name}, at ${width} px, and moves nothing`, async () => {
        await setViewport({ width, height: 700 });
        mounted = await mount();
        mounted.element.starters = ['Show me the rust one', 'What does it cost?', 'Can you mend my chair?'];
        await mounted.element.updateComplete;
        const state = box('.word').top;
        await mounted.call();
        happens(mounted);
        await mounted.element.updateComplete;
        const words = mounted.element.shadowRoot!.querySelector('.entry')?.getBoundingClientRect().top;
        mounted.session.fail('connection-lost');
        await mounted.element.updateComplete;
        expect(mounted.text('status')).to.equal('The connection was lost');
        expect(mounted.text('notice')).to.equal('Check your internet connection, then try again.');
        expect(box('[part=notice]').top - box('.word').bottom).to.be.within(0, 6);
        expect(box('.word').top).to.equal(state);
        expect(mounted.element.shadowRoot!.querySelector('.entry')?.getBoundingClientRect().top).to.equal(words);
        expect(mounted.part('starter')).to.equal(null);
      });
    }
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
