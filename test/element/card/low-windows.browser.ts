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
});
