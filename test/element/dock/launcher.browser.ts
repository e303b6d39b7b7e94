import { expect, oneEvent } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

/** Any picture that the test server has. */
const PICTURE = '/docs/public/icon.svg';

describe('the launcher', () => {
  let mounted: Mounted;
  const box = (name: string): DOMRect => mounted.part(name)!.getBoundingClientRect();
  const show = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount({ variant: 'floating', label: 'Ask us', ...attributes });
  };
  const update = (): Promise<boolean> => mounted.element.updateComplete;

  it('has words beside its mark, which are its name; in a call they are those of the state', async () => {
    await show({ 'launcher-label': 'Questions?' });
    expect([mounted.text('launcher'), mounted.part('launcher')!.ariaLabel]).to.deep.equal(['Questions?', 'Questions?']);
    expect(box('launcher').width).to.be.greaterThan(120);
    await expectAccessible(mounted);
    await mounted.call();
    expect([mounted.text('launcher'), mounted.part('launcher')!.ariaLabel]).to.deep.equal([
      'Listening',
      'Ask us: Listening',
    ]);
    mounted.element.open = true;
    await update();
    expect(mounted.text('launcher')).to.equal('');
  });

  it('shows the picture of the assistant, as the heading does, and in a call the mark', async () => {
    await show({ 'avatar-src': PICTURE });
    const picture = mounted.part('avatar') as HTMLImageElement;
    await oneEvent(picture, 'load');
    expect([picture.getAttribute('src'), picture.alt, box('avatar').width]).to.deep.equal([PICTURE, '', 40]);
    expect(mounted.part('launcher')!.querySelector('.mark')).to.equal(null);
    mounted.element.open = true;
    await update();
    expect(mounted.part('header')!.contains(mounted.part('avatar'))).to.equal(true);
    await expectAccessible(mounted);
    mounted.element.open = false;
    await mounted.call();
    expect(mounted.part('avatar')).to.equal(null);
    expect(mounted.part('launcher')!.querySelector('.mark')).to.not.equal(null);
  });

  it('shows the mark when the picture cannot be loaded, and tries another one', async () => {
    await show({ 'avatar-src': 'data:image/png;base64,AAAA' });
    await oneEvent(mounted.part('avatar')!, 'error');
    await update();
    expect([mounted.part('avatar'), mounted.part('launcher')!.querySelector('.mark') === null]).to.deep.equal([
      null,
      false,
    ]);
    mounted.element.avatarSrc = PICTURE;
    await update();
    expect(mounted.part('avatar')!.getAttribute('src')).to.equal(PICTURE);
  });

  it("has the page's own picture in the slot, in the same size", async () => {
    await show({ 'avatar-src': PICTURE });
    const own = Object.assign(new Image(), { slot: 'avatar', src: PICTURE, alt: '' });
    mounted.element.append(own);
    await oneEvent(own, 'load');
    const { width, height } = own.getBoundingClientRect();
    expect([width, height, box('avatar').width]).to.deep.equal([40, 40, 0]);
    mounted.element.open = true;
    await update();
    expect(own.getBoundingClientRect().width).to.equal(32);
  });

  it('has its own distance on both axes, such as above a bar for cookies', async () => {
    await show();
    mounted.element.style.setProperty('--realtime-voice-inset-block', '90px');
    mounted.element.style.setProperty('--realtime-voice-inset-inline', '30px');
    const { right, bottom } = box('launcher');
    expect([innerWidth - right, innerHeight - bottom]).to.deep.equal([30, 90]);
    mounted.element.placement = 'top-start';
    await update();
    expect([box('launcher').left, box('launcher').top]).to.deep.equal([30, 90]);
  });

  it('has a mark of five bars in the middle', async () => {
    await show();
    for (const state of ['idle', 'speaking', 'listening'] as const) {
      if (state !== 'idle') await mounted.call();
      mounted.session.to(state);
      await update();
      const { left, width } = mounted.part('launcher')!.querySelector('.mark')!.getBoundingClientRect();
      if (state === 'idle') expect(left + width / 2).to.be.closeTo(box('launcher').left + box('launcher').width / 2, 1);
      const drawing = mounted.part('launcher')!.querySelector('.drawing')!;
      const bars = [...drawing.querySelectorAll('.bars:first-of-type i')].map((bar) => bar.getBoundingClientRect());
      const inside = bars.filter((bar) => bar.left >= left - 1 && bar.right <= left + width + 1);
      expect([inside.length, bars[3]!.width > 4], state).to.deep.equal([5, true]);
    }
  });

  for (const open of [false, true]) {
    it(`in a call its mark is in the middle of its place, and its bars of the mark: ${open ? 'open' : 'closed'}`, async () => {
      await show({ open: open ? '' : 'false' });
      mounted.element.open = open;
      await mounted.call();
      const middle = ({ left, top, width, height }: DOMRect): [number, number] => [left + width / 2, top + height / 2];
      const launcher = middle(box('launcher'));
      if (open) {
        const icon = mounted.part('launcher')!.querySelector('.icon')!.getBoundingClientRect();
        expect(Math.hypot(middle(icon)[0] - launcher[0], middle(icon)[1] - launcher[1])).to.be.at.most(1);
        return;
      }
      for (const state of ['listening', 'thinking', 'speaking'] as const) {
        mounted.session.to(state);
        await update();
        const mark = mounted.part('launcher')!.querySelector('.mark')!.getBoundingClientRect();
        expect(middle(mark)[1], state).to.be.closeTo(launcher[1], 1);
        const words = mounted.part('launcher')!.querySelector('.word')!.getBoundingClientRect();
        const [before, after] = [mark.left - box('launcher').left, box('launcher').right - words.right];
        expect(Math.abs(before - after), `${state}: ${before} before, ${after} after`).to.be.at.most(6);
        const drawing = mounted.part('launcher')!.querySelector('.drawing')!;
        const bars = [...drawing.querySelectorAll('.bars:first-of-type i')].map((bar) => bar.getBoundingClientRect());
        const inside = bars.filter((bar) => bar.left >= mark.left - 1 && bar.right <= mark.right + 1);
        const center = (inside[0]!.left + inside.at(-1)!.right) / 2;
        expect(center, state).to.be.closeTo(middle(mark)[0], 1);
      }
    });
  }

  describe('on a phone', () => {
    before(() => setViewport({ width: 390, height: 844 }));
    after(() => setViewport({ width: 800, height: 600 }));

    for (const placement of ['bottom-end', 'top-start']) {
      it(`${placement}: its panel is a sheet at the bottom, as wide as the window`, async () => {
        await show({ open: '', placement });
        const { left, right, bottom } = box('panel');
        expect([left, right, bottom]).to.deep.equal([0, 390, 844]);
        expect(box('launcher').bottom).to.be.at.most(box('panel').top);
        expect(box('launcher').height).to.be.at.least(44);
        await expectAccessible(mounted);
      });

      it(`${placement}: its panel takes three quarters of a high window for the words, and no more without them`, async () => {
        await show({ open: '', placement });
        expect(box('panel').height).to.be.closeTo(0.75 * 844, 1);
        mounted.element.noTranscript = true;
        await mounted.element.updateComplete;
        expect(box('panel').height).to.equal(485);
        await mounted.call();
        mounted.session.options.showNode!(document.createElement('p'));
        await mounted.element.updateComplete;
        expect(box('panel').height).to.equal(485);
        mounted.element.stop();
        mounted.element.noTranscript = false;
        mounted.element.style.setProperty('--realtime-voice-height', '400px');
        await mounted.element.updateComplete;
        expect(box('panel').height).to.equal(400);
      });

      it(`${placement}: a call behind the closed panel is a bar that opens it`, async () => {
        await show({ placement });
        await mounted.call();
        const { left, right, top } = box('launcher');
        expect([left, right, top < 422]).to.deep.equal([8, 382, placement === 'top-start']);
        expect(mounted.text('launcher')).to.equal('Listening');
        await expectAccessible(mounted);
        await mounted.click('launcher');
        expect(box('panel').width).to.equal(390);
      });
    }
  });
});
