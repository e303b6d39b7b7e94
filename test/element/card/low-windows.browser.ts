import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { ask, mount, type Mounted } from '../../support/scripted-voice.js';

const SHAPES: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'push-to-talk': '' },
  { variant: 'compact' },
  { variant: 'floating', open: '' },
  { variant: 'floating', open: '', 'push-to-talk': '' },
  { variant: 'floating', open: '', placement: 'top-start' },
];

/** What may take room from the controls. */
const SCENES: Readonly<Record<string, (mounted: Mounted) => unknown>> = {
  'a long conversation': ({ session }) => {
    for (let id = 0; id < 20; id++) session.say({ id: String(id), text: 'Some more words', status: 'final' });
  },
  'open settings': ({ click, part }) => part('settings-button') && click('settings-button'),
  'a warning': ({ session }) => session.warn('idle', 15),
  'a tall footer': ({ element }) => {
    const footer = Object.assign(document.createElement('p'), {
      slot: 'footer',
      textContent: 'Some words. '.repeat(80),
    });
    element.append(footer);
  },
  'a question': (mounted) => void ask(mounted, 'Pay? '.repeat(40), { amount: 9800, currency: 'NOK' }),
};

describe('in a low window, as at 200 % zoom,', () => {
  let mounted: Mounted;
  after(() => setViewport({ width: 800, height: 600 }));

  /** Whether the middle of a part can be seen, and clicked. */
  const isInReach = (name: string): boolean => {
    const part = mounted.part(name)!;
    const { left, top, width, height } = part.getBoundingClientRect();
    return part.contains(mounted.element.shadowRoot!.elementFromPoint(left + width / 2, top + height / 2));
  };

  const linesInView = (): number => {
    const log = mounted.part('transcript')!;
    const { paddingTop, paddingBottom, lineHeight } = getComputedStyle(log);
    return (log.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)) / parseFloat(lineHeight);
  };

  for (const [width, height] of [
    [640, 400],
    [320, 256],
  ] as const) {
    for (const shape of SHAPES) {
      for (const [name, bring] of Object.entries(SCENES)) {
        it(`${width} × ${height}: the controls of ${JSON.stringify(shape)} are in view with ${name}`, async () => {
          await setViewport({ width, height });
          mounted = await mount(shape);
          await mounted.call();
          await bring(mounted);
          await mounted.element.updateComplete;
          const controls = ['end-button', 'push-to-talk' in shape ? 'talk-button' : 'mute-button'];
          expect(controls.filter((control) => !isInReach(control))).to.deep.equal([]);
        });
      }
    }
  }

  it('the buttons of a long question are in view, and its words scroll', async () => {
    await setViewport({ width: 640, height: 400 });
    mounted = await mount({ variant: 'floating', open: '' });
    await mounted.call();
    void ask(mounted, 'Pay? '.repeat(80), { amount: 9800 });
    await mounted.element.updateComplete;
    const question = mounted.element.shadowRoot!.querySelector('#question')!;
    expect([isInReach('accept-button'), isInReach('decline-button')]).to.deep.equal([true, true]);
    expect([question.scrollTop, question.scrollHeight > question.clientHeight]).to.deep.equal([0, true]);
  });

  it('a tall footer can be scrolled to its end, and leaves room for words', async () => {
    await setViewport({ width: 640, height: 400 });
    mounted = await mount();
    await mounted.call();
    SCENES['a tall footer']!(mounted);
    const footer = mounted.element.shadowRoot!.querySelector('.footer')!;
    expect(footer.scrollHeight).to.be.above(footer.clientHeight);
    expect(footer.clientHeight).to.be.within(40, 100);
    footer.scrollTop = footer.scrollHeight;
    const words = mounted.element.querySelector('[slot=footer]')!.getBoundingClientRect();
    expect(words.bottom).to.be.at.most(footer.getBoundingClientRect().bottom);
  });

  for (const [width, height] of [
    [640, 400],
    [740, 360],
  ] as const) {
    for (const shape of [SHAPES[0]!, SHAPES[3]!].flatMap((one) => [
      one,
      { ...one, 'handover-label': 'Ask a person' },
    ])) {
      it(`${width} × ${height}: ${JSON.stringify(shape)} shows three lines after a call`, async () => {
        await setViewport({ width, height });
        mounted = await mount({ 'collect-feedback': '', ...shape });
        await mounted.call();
        SCENES['a long conversation']!(mounted);
        mounted.session.say({ id: 'answer', role: 'assistant', text: 'One more', status: 'final' });
        await mounted.element.updateComplete;
        const person = mounted.part('handover-button')?.getBoundingClientRect();
        mounted.element.stop();
        await mounted.element.updateComplete;
        // Start comes where nobody was about to press.
        expect(mounted.part('handover-button')?.getBoundingClientRect()).to.deep.equal(person);
        expect(linesInView()).to.be.at.least(3);
        const { bottom } = mounted.element.shadowRoot!.querySelector('.scene')!.getBoundingClientRect();
        expect(mounted.part('transcript')!.getBoundingClientRect().bottom).to.be.at.most(bottom + 0.5);
      });
    }
  }

  it('the button to talk keeps its place beside the way to a person when the call is ready', async () => {
    await setViewport({ width: 740, height: 360 });
    mounted = await mount({ 'push-to-talk': '', 'handover-label': 'Talk to a person' });
    const place = (): DOMRect => mounted.part('talk-button')!.getBoundingClientRect();
    const started = mounted.element.start();
    await mounted.element.updateComplete;
    const before = place();
    expect(mounted.part('handover-button')).to.equal(null);
    mounted.session.ready();
    await started;
    await mounted.element.updateComplete;
    const person = mounted.part('handover-button')!.getBoundingClientRect();
    expect(person.width > 50 && person.top < before.bottom).to.equal(true);
    expect(place()).to.deep.equal(before);
  });

  it('words that were not sent are in view beside a failure, and make room for a question', async () => {
    await setViewport({ width: 640, height: 300 });
    mounted = await mount();
    const field = (): HTMLElement => mounted.part('text-field')!;
    void mounted.element.start().catch(() => {});
    mounted.session.fail('token-failed');
    await mounted.element.updateComplete;
    expect(field().getClientRects().length).to.equal(1);
    mounted = await mount();
    await mounted.call();
    void ask(mounted, 'Pay?');
    await mounted.element.updateComplete;
    expect(field().getClientRects().length).to.equal(0);
  });

  it('three lines are in view after a call, however high the window is', async () => {
    const found: string[] = [];
    for (let height = 400; height <= 600; height += 10) {
      await setViewport({ width: 800, height });
      mounted = await mount();
      await mounted.call();
      SCENES['a long conversation']!(mounted);
      mounted.element.stop();
      await mounted.element.updateComplete;
      if (linesInView() < 3) found.push(`${height} px: ${linesInView()} lines`);
    }
    expect(found).to.deep.equal([]);
  });

  it('the button to interrupt is 44 px high and has its word in it', async () => {
    await setViewport({ width: 740, height: 360 });
    mounted = await mount();
    await mounted.call();
    const interrupt = mounted.part('interrupt-button')!;
    const { width, height, top, bottom } = interrupt.getBoundingClientRect();
    expect([width >= 44, height >= 44, interrupt.textContent!.trim()]).to.deep.equal([true, true, 'Interrupt']);
    const word = document.createRange();
    word.selectNodeContents(interrupt.querySelector('span')!);
    const seen = word.getBoundingClientRect();
    expect([seen.width > 20, seen.top >= top, seen.bottom <= bottom]).to.deep.equal([true, true, true]);
  });
});
