import { expect, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

describe('large captions, when the visitor chooses them', () => {
  let mounted: Mounted;
  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const entries = (): HTMLElement[] => [...root().querySelectorAll<HTMLElement>('.entry')];
  /** The words that can be seen. Others are cut off for the eye, and stay for screen readers. */
  const seen = (): string[] =>
    entries()
      .filter((entry) => getComputedStyle(entry).clipPath === 'none')
      .map((entry) => entry.querySelector('.words')!.textContent);
  const words = (): HTMLElement => mounted.part('entry-latest')!.querySelector('.words')!;
  /** What the voice has still to say. */
  const toCome = (): Range | undefined =>
    [...(CSS.highlights.get('realtime-voice-to-come') ?? [])][0] as Range | undefined;

  before(() => setViewport({ width: 400, height: 700 }));
  after(() => {
    localStorage.clear();
    return setViewport({ width: 800, height: 600 });
  });
  beforeEach(async () => {
    localStorage.clear();
    mounted = await mount();
    await mounted.click('settings-button');
    root().querySelector<HTMLElement>('[name=largeCaptions]')!.click();
    await mounted.click('settings-button');
    await mounted.call();
    mounted.session.say({ id: '1', text: 'Is it in stock?', status: 'final' });
    mounted.session.to('thinking');
  });
  afterEach(() => mounted.session.stop());

  it('are the latest words alone, in one large line, which follows the voice', async () => {
    expect(seen()).to.deep.equal(['Is it in stock?']);
    mounted.session.say({ id: '2', role: 'assistant', text: 'We have two left.' });
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    expect(seen()).to.deep.equal(['We have two left.']);
    const { fontSize, textAlign } = getComputedStyle(words());
    expect([fontSize, textAlign, words().getClientRects().length]).to.deep.equal(['22.5px', 'center', 1]);
    const rest = new Set<string>();
    for (let range = toCome(); range; range = toCome()) {
      rest.add(String(range));
      await nextFrame();
    }
    const lengths = [...rest].map(({ length }) => length);
    expect(lengths.length).to.be.at.least(3);
    expect(lengths).to.deep.equal([...lengths].sort((one, other) => other - one));
  });

  it('scroll with the voice: the word that is being said is in view', async function () {
    this.timeout(20_000);
    mounted.element.style.setProperty('--realtime-voice-height', '460px');
    mounted.session.say({ id: '2', role: 'assistant', text: 'One two three four five six seven eight. '.repeat(8) });
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    const log = mounted.part('transcript')!;
    expect(log.scrollHeight, 'more than there is room for').to.be.above(log.clientHeight);
    const outside: string[] = [];
    const moves = new Set<number>();
    const until = performance.now() + 12_000;
    while (performance.now() < until && moves.size < 3) {
      const next = toCome()!.getClientRects()[0]!;
      const box = log.getBoundingClientRect();
      if (next.top < box.top - 1 || next.bottom > box.bottom + 1) outside.push(`${next.top} to ${next.bottom}`);
      moves.add(log.scrollTop);
      await nextFrame();
    }
    expect([outside, moves.size]).to.deep.equal([[], 3]);
  });

  it('leave the other words to screen readers, and show all of them when the call is over', async () => {
    mounted.session.say({ id: '2', role: 'assistant', text: 'We have two left.', status: 'final' });
    mounted.session.to('listening');
    await mounted.element.updateComplete;
    expect(entries().map((entry) => entry.checkVisibility())).to.deep.equal([true, true]);
    await expectAccessible(mounted);
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect(seen()).to.deep.equal(['Is it in stock?', 'We have two left.']);
  });
});
