import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { ask, button, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const SHAPES: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'no-transcript': '', 'no-text-input': '' },
  { variant: 'compact' },
  { variant: 'floating', open: '' },
  { variant: 'floating', open: '', placement: 'top-start' },
];

const named = (key: string): string => (key === ' ' ? 'Space' : key);

describe('a question is not answered by input that was not meant for it:', function () {
  this.timeout(30_000);
  let mounted: Mounted;
  beforeEach(() => localStorage.clear());
  // The pointer must not rest on what the next test draws.
  afterEach(() => sendMouse({ type: 'move', position: [1, 1] }));
  after(() => localStorage.clear());

  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const focused = (): Element | null => mounted.element.shadowRoot!.activeElement;
  const part = (name: string): HTMLElement => mounted.part(name)!;
  const consents = (): number => localStorage.length;
  /** Holds a key down for longer than a question has to be in view. */
  const hold = async (key: string): Promise<void> => {
    const since = performance.now();
    do await sendKeys({ down: key });
    while (performance.now() - since < 900);
    await sendKeys({ up: key });
    await drawn();
  };
  const middle = (element: Element): [number, number] => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  };
  const click = (position: [number, number]): Promise<unknown> => sendMouse({ type: 'click', position });
  const answersOf = (...asked: Promise<boolean>[]): (boolean | undefined)[] => {
    const answers: (boolean | undefined)[] = asked.map(() => undefined);
    asked.forEach((each, index) => void each.then((accepted) => (answers[index] = accepted)));
    return answers;
  };
  const call = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    await mounted.call();
  };

  describe('the consent', () => {
    beforeEach(async () => {
      mounted = await mount({ consent: '1' });
      part('start-button').focus();
    });

    for (const key of ['Enter', ' ']) {
      it(`by holding ${named(key)} on Start`, async () => {
        await hold(key);
        expect([consents(), focused()!.id, focused()!.textContent!.trim().slice(0, 6)]).to.deep.equal([
          0,
          'question',
          'Before',
        ]);
        expect(mounted.session.calls).to.deep.equal([]);
      });

      it(`by ${named(key)} twice`, async () => {
        await sendKeys({ press: key });
        await sendKeys({ press: key });
        await drawn();
        expect([consents(), focused()!.id]).to.deep.equal([0, 'question']);
      });

      it(`but by Tab to Accept and ${named(key)}`, async () => {
        await sendKeys({ press: key });
        await sendKeys({ press: 'Tab' });
        await sendKeys({ press: 'Tab' });
        expect(focused()).to.equal(part('accept-button'));
        await untilItCounts();
        await sendKeys({ press: key });
        await drawn();
        expect([consents(), mounted.session.calls.includes('start')]).to.deep.equal([1, true]);
      });
    }

    it('by a key that was held while the focus went to Accept', async () => {
      await sendKeys({ press: 'Enter' });
      await drawn();
      part('accept-button').focus();
      const since = performance.now();
      while (performance.now() - since < 900) {
        await sendKeys({ down: 'Enter' });
      }
      await sendKeys({ up: 'Enter' });
      expect(consents()).to.equal(0);
    });

    it('by clicks that go on, but by one after half a second without any', async () => {
      await sendKeys({ press: 'Enter' });
      await drawn();
      const accept = middle(part('accept-button'));
      const since = performance.now();
      while (performance.now() - since < 900) await click(accept);
      expect(consents()).to.equal(0);
      await untilItCounts();
      await click(accept);
      expect(consents()).to.equal(1);
    });

    it('by the second click of a double click, but by assistive technology', async () => {
      await sendKeys({ press: 'Enter' });
      await untilItCounts();
      const second = new MouseEvent('click', { detail: 2, bubbles: true, composed: true, cancelable: true });
      part('accept-button').dispatchEvent(second);
      expect(consents()).to.equal(0);
      part('accept-button').click();
      expect(consents()).to.equal(1);
    });

    it('but Start waits meanwhile, and has the focus again when the visitor declines', async () => {
      await sendKeys({ press: 'Enter' });
      await untilItCounts();
      await click(middle(part('start-button')));
      await click(middle(part('decline-button')));
      await new Promise((resolve) => setTimeout(resolve));
      await drawn();
      expect([focused(), mounted.session.calls.join()]).to.deep.equal([part('start-button'), '']);
    });
  });

  describe('several tools', () => {
    beforeEach(() => call());

    it('by one double click', async () => {
      const answers = answersOf(ask(mounted, 'Pay 1?'), ask(mounted, 'Pay 1000?'));
      await drawn();
      await untilItCounts();
      const accept = middle(part('accept-button'));
      await click(accept);
      await click(accept);
      expect(answers).to.deep.equal([true, undefined]);
      await untilItCounts();
      await click(middle(part('accept-button')));
      expect(answers).to.deep.equal([true, true]);
    });

    for (const key of ['Enter', ' ']) {
      it(`by holding ${named(key)} on Accept`, async () => {
        const answers = answersOf(ask(mounted, 'Pay 1?'), ask(mounted, 'Pay 1000?'), ask(mounted, 'Pay 10000?'));
        await drawn();
        const first = part('notice');
        part('accept-button').focus();
        await untilItCounts();
        await hold(key);
        // Enter counts when it goes down, Space when it comes up, and then it was held.
        const accepted = key === 'Enter' ? true : undefined;
        expect(answers).to.deep.equal([accepted, undefined, undefined]);
        if (!accepted) return;
        expect(part('notice')).to.not.equal(first, 'each question is a node of its own');
        expect(focused()!.id).to.equal('question');
      });
    }
  });

  for (const [shape, height] of SHAPES.flatMap((shape) => [900, 500].map((height) => [shape, height] as const))) {
    describe(`in ${JSON.stringify(shape)} and ${height} px no control becomes Accept, by`, () => {
      before(() => setViewport({ width: 800, height }));
      after(() => setViewport({ width: 800, height: 600 }));
      /** The places of all controls, and of their middles. */
      const places = (): [HTMLElement, [number, number]][] =>
        [...mounted.element.shadowRoot!.querySelectorAll<HTMLElement>('button, textarea')].map((control) => [
          control,
          middle(control),
        ]);
      const assertKept = (before: readonly [HTMLElement, [number, number]][]): void => {
        const { left, right, top, bottom } = part('accept-button').getBoundingClientRect();
        for (const [control, [x, y]] of before) {
          const name = control.getAttribute('part')!;
          const covered = x >= left && x <= right && y >= top && y <= bottom;
          expect(covered, `${name} is under Accept`).to.equal(false);
          // Where the panel is as high as the window, it begins to scroll.
          if (control.isConnected && height > 500) expect(middle(control), name).to.deep.equal([x, y]);
        }
      };

      it('a question of a tool, and End is pressed when the pointer rested on it', async () => {
        await call(shape);
        mounted.session.to('speaking');
        await drawn();
        const before = places();
        const end = middle(part('end-button'));
        await sendMouse({ type: 'move', position: end });
        const answers = answersOf(ask(mounted, 'Pay for it?', { amount: 1000, currency: 'EUR' }));
        await drawn();
        assertKept(before);
        await untilItCounts();
        await click(end);
        await drawn();
        expect(mounted.session.calls).to.include('stop stopped');
        expect(answers).to.deep.equal([false]);
      });

      it('the consent', async () => {
        mounted = await mount({ consent: '1', ...shape });
        const before = places();
        const start = middle(part('start-button'));
        await click(start);
        await drawn();
        assertKept(before);
        await untilItCounts();
        await click(start);
        expect(consents()).to.equal(0);
      });
    });
  }

  it('an answer is not asked for again by a click that was on its way', async () => {
    const asked = (): boolean => mounted.session.calls.includes('ask again');
    await call();
    mounted.session.warn('idle', 15);
    await drawn();
    const remedy = part('remedy-button');
    await untilItCounts();
    mounted.session.warn('no-answer');
    await drawn();
    await click(middle(remedy));
    await drawn();
    expect(part('remedy-button')).to.not.equal(remedy, 'each warning is a node of its own');
    await click(middle(part('remedy-button')));
    expect(asked()).to.equal(false);
    await untilItCounts();
    await click(middle(part('remedy-button')));
    expect(asked()).to.equal(true);
  });

  it('while the visitor types, the focus stays in the text field', async () => {
    await call();
    part('text-field').focus();
    void ask(mounted, 'Pay?');
    await drawn();
    await sendKeys({ type: 'no ' });
    expect([focused(), button(mounted, 'Accept') !== undefined]).to.deep.equal([part('text-field'), true]);
  });
});
