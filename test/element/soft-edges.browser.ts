import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { ask, mount, type Mounted } from '../support/scripted-voice.js';

describe('where there is more, text ends softly:', () => {
  let mounted: Mounted;
  before(() => setViewport({ width: 800, height: 700 }));
  after(() => setViewport({ width: 800, height: 600 }));

  const box = (name: string): HTMLElement => mounted.element.shadowRoot!.querySelector<HTMLElement>(name)!;
  /** At which edges of a box there is more, and whether its content fades out there. */
  const edges = (name: string): string => {
    const { dataset } = box(name);
    const fades = getComputedStyle(box(name)).maskImage.includes('gradient');
    return [...['above', 'below'].filter((edge) => edge in dataset), fades ? 'soft' : 'clean'].join(' ');
  };
  const talk = async (entries: number): Promise<void> => {
    mounted = await mount();
    await mounted.call();
    for (let id = 0; id < entries; id++) mounted.session.say({ id: `${id}`, text: 'Some more words', status: 'final' });
    await mounted.element.updateComplete;
  };
  /** What has another size is reported before the next frame is painted. */
  const laidOut = (): Promise<unknown> =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  it('neither edge of a short conversation', async () => {
    await talk(2);
    expect([edges('.log'), edges('.scene')]).to.deep.equal(['clean', 'clean']);
  });

  it('with next to nothing to be seen of a name that is half outside', async () => {
    await talk(20);
    const half = box('.who').getBoundingClientRect().height / 2;
    const stops = [...getComputedStyle(box('.log')).maskImage.matchAll(/rgba?\(([^)]*)\) ([\d.]+)px/g)];
    const seen = stops.map(([, colour, at]) => ({ alpha: Number(colour!.split(', ')[3] ?? 1), at: Number(at) }));
    const faint = seen.filter(({ at }) => at > 1 && at >= half)[0]!;
    expect(faint.alpha, JSON.stringify(seen)).to.be.at.most(0.1);
  });

  it('the upper edge at the end, and the lower one at the beginning', async () => {
    await talk(20);
    expect(edges('.log')).to.equal('above soft');
    const scrolled = new Promise((resolve) => box('.log').addEventListener('scroll', resolve, { once: true }));
    box('.log').scrollTop = 0;
    await scrolled;
    expect(edges('.log')).to.equal('below soft');
  });

  it('none while the box has a focus ring', async () => {
    await talk(20);
    box('.log').focus({ focusVisible: true } as FocusOptions);
    expect(edges('.log')).to.equal(box('.log').matches(':focus-visible') ? 'above clean' : 'above soft');
  });

  it('the starters of a low card that come late, and neither edge when they have gone', async () => {
    mounted = await mount();
    mounted.element.style.setProperty('--realtime-voice-height', '520px');
    await laidOut();
    expect(edges('.scene')).to.equal('clean');
    mounted.element.starters = [1, 2, 3, 4].map((number) => `Can you mend the chair number ${number} of my aunt?`);
    await mounted.element.updateComplete;
    await laidOut();
    expect(edges('.scene')).to.equal('below soft');
    mounted.element.starters = [];
    await mounted.element.updateComplete;
    await laidOut();
    expect(edges('.scene')).to.equal('clean');
  });

  it('the settings of a low card, whose end can be scrolled to', async () => {
    mounted = await mount();
    await mounted.click('settings-button');
    await laidOut();
    expect(edges('.settings')).to.equal('clean');
    mounted.element.style.setProperty('--realtime-voice-height', '430px');
    await laidOut();
    expect(edges('.settings')).to.equal('below soft');
    const scrolled = new Promise((resolve) => box('.settings').addEventListener('scroll', resolve, { once: true }));
    box('.settings').scrollTop = 1000;
    await scrolled;
    expect(edges('.settings')).to.equal('above soft');
  });

  it('the stage above a long question, whose end can be scrolled to', async () => {
    await talk(2);
    const word = box('.word').getBoundingClientRect();
    void ask(mounted, 'Pay? '.repeat(30), { amount: 12, currency: 'EUR', delivery: 'Tuesday' });
    await mounted.element.updateComplete;
    await laidOut();
    expect(edges('.scene')).to.equal('below soft');
    expect(box('.word').getBoundingClientRect().toJSON()).to.deep.equal(word.toJSON());
    const scrolled = new Promise((resolve) => box('.scene').addEventListener('scroll', resolve, { once: true }));
    box('.scene').scrollTop = 1000;
    await scrolled;
    expect(edges('.scene')).to.equal('above soft');
    const last = [...mounted.element.shadowRoot!.querySelectorAll('.entry')].at(-1)!.getBoundingClientRect();
    expect(last.bottom).to.be.at.most(box('.notice').getBoundingClientRect().top);
  });
});
