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
/** In a pill, a text that asks for nothing takes this place for as long as it is shown. */
const NOTICE_BELOW_PILL = ['thinking', 'muted'];

describe('that the assistant is an AI', () => {
  let mounted: Mounted;
  after(() => setViewport({ width: 800, height: 600 }));

  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const show = async (state: string, attributes: Readonly<Record<string, string>>): Promise<void> => {
    mounted = await mount(attributes);
    await STATES[state]!(mounted);
    await mounted.element.updateComplete;
  };
  /** The places that say so now, and where each is in the card and in the window. */
  const said = (): string[] => {
    const card = mounted.part('panel')!.getBoundingClientRect();
    const places = [...root().querySelectorAll<HTMLElement>('.hint, .is-ai')];
    return places.flatMap((place) => {
      const { top, bottom, height } = place.getBoundingClientRect();
      const isInView = height > 0 && place.checkVisibility({ visibilityProperty: true }) && bottom <= innerHeight;
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

  for (const state of Object.keys(STATES).filter((it) => !NOTICE_BELOW_PILL.includes(it))) {
    it(`is said below a pill: ${state}`, async () => {
      await setViewport({ width: 360, height: 740 });
      await show(state, { variant: 'compact' });
      expect(said()).to.deep.equal(['below it']);
    });
  }

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
