import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { CARD_STATES, mount, type Mounted } from '../../support/scripted-voice.js';

/** Ends a call that had an answer: the visitor is asked how it was. */
const STATES: typeof CARD_STATES = {
  ...CARD_STATES,
  rating: async ({ call, element, session }) => {
    element.collectFeedback = true;
    await call();
    session.say({ id: '1', role: 'assistant', text: 'Two are left.', status: 'final' });
    element.stop();
  },
  disabled: ({ element }) => void (element.disabled = true),
  'not signed in': ({ element, session }) => {
    void element.start();
    session.fail('token-unauthorized');
  },
};
/** In a pill, a notice takes this place for as long as it is shown. */
const WITH_NOTICE = ['thinking', 'muted', 'a question', 'about to end'];

describe('that the assistant is an AI', () => {
  let mounted: Mounted;
  after(() => setViewport({ width: 800, height: 600 }));

  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const show = async (state: string, attributes: Readonly<Record<string, string>>): Promise<void> => {
    mounted = await mount(attributes);
    await STATES[state]!(mounted);
    await mounted.element.updateComplete;
  };
  /** Where it is said now. A card is never higher than the window. */
  const said = (): string[] => {
    const card = mounted.part('panel')!.getBoundingClientRect();
    const places = [...root().querySelectorAll<HTMLElement>('.hint, .is-ai')];
    return places.flatMap((place) => {
      const { top, bottom, height } = place.getBoundingClientRect();
      const isInView = height > 0 && place.checkVisibility({ visibilityProperty: true });
      const isInCard = top >= card.top && bottom <= card.bottom;
      return isInView && /\bAI\b/.test(place.innerText) ? [isInCard ? 'in the card' : 'below it'] : [];
    });
  };

  for (const [width, height] of [
    [800, 700],
    [320, 740],
    [640, 400],
  ] as const) {
    for (const variant of ['inline', 'floating']) {
      for (const state of Object.keys(STATES)) {
        it(`is said once: ${state}, ${variant}, ${width} × ${height}`, async () => {
          await setViewport({ width, height });
          await show(state, { variant, open: '' });
          expect(said()).to.deep.equal(['in the card']);
        });
      }
    }
  }

  for (const state of Object.keys(STATES).filter((it) => !WITH_NOTICE.includes(it))) {
    it(`is said below a pill: ${state}`, async () => {
      await setViewport({ width: 360, height: 740 });
      await show(state, { variant: 'compact' });
      expect(said()).to.deep.equal(['below it']);
    });
  }

  it('keeps a distance from the edge of the card and from the buttons', async () => {
    for (const height of [700, 340]) {
      await setViewport({ width: 640, height });
      await show('text only', {});
      const [card, line] = [mounted.part('panel')!, root().querySelector('.is-ai span')!];
      const { bottom, top } = line.getBoundingClientRect();
      expect(card.getBoundingClientRect().bottom - bottom, `${height}`).to.be.within(6, 12);
      expect(top - mounted.part('end-button')!.getBoundingClientRect().bottom, `${height}`).to.be.within(2, 12);
    }
  });

  it('has the same place before, in and after a call, and the card the same height', async () => {
    const places: string[] = [];
    for (const state of Object.keys(STATES)) {
      await show(state, {});
      const { top, height } = mounted.part('panel')!.getBoundingClientRect();
      places.push(`${Math.round(root().querySelector('.is-ai')!.getBoundingClientRect().top - top)} of ${height}`);
    }
    expect([...new Set(places)]).to.have.length(1);
  });
});
