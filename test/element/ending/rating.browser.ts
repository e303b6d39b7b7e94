import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { FeedbackDetail } from '../../../src/element/ending/feedback-event.js';
import { recordAnnouncements } from '../../support/live-regions.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

describe('the rating of a call', () => {
  let mounted: Mounted;
  let heard: FeedbackDetail[];
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const root = (): ShadowRoot => mounted.element.shadowRoot!;
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount({ 'collect-feedback': '', ...attributes });
    heard = [];
    mounted.element.parentElement!.addEventListener('voice-feedback', ({ detail }) => heard.push(detail));
  };
  /** A call with an answer. */
  const call = async (): Promise<void> => {
    await mounted.call();
    mounted.session.say({ id: '1', role: 'assistant', text: 'Two are left.', status: 'final' });
  };
  const end = async (): Promise<void> => {
    mounted.session.end('stopped');
    await drawn();
    await untilItCounts();
  };
  const thumb = (label: string): HTMLElement => root().querySelector(`[part="rating"] [aria-label="${label}"]`)!;
  const comment = (): HTMLInputElement | null => root().querySelector('.comment input');

  it('is asked for when the page wants it and a call with an answer has ended', async () => {
    await begin();
    expect(mounted.part('rating')).to.equal(null);
    await call();
    await drawn();
    expect(mounted.part('rating')).to.equal(null);
    await end();
    expect([mounted.part('rating')!.role, mounted.part('rating')!.ariaLabel]).to.deep.equal([
      'group',
      'Was this helpful?',
    ]);
    expect(mounted.text('status')).to.equal('Call ended');
    await expectAccessible(mounted);
    void mounted.element.start();
    await drawn();
    expect(mounted.part('rating')).to.equal(null);
  });

  it('goes with the conversation that is forgotten', async () => {
    await begin();
    await call();
    await end();
    mounted.element.forget();
    await drawn();
    expect([mounted.part('rating'), mounted.text('status')]).to.deep.equal([null, 'Ready to talk']);
  });

  const NOT_ASKED: Readonly<Record<string, () => Promise<void>>> = {
    'the page does not want it': async () => {
      await begin();
      mounted.element.collectFeedback = false;
      await call();
      await end();
    },
    'nobody has answered': async () => {
      await begin();
      await mounted.call();
      mounted.session.say({ id: '1', text: 'Hello?', status: 'final' });
      await end();
    },
    'only the call before had an answer': async () => {
      await begin();
      await call();
      await end();
      await mounted.call();
      await end();
    },
    'the call has failed': async () => {
      await begin();
      await call();
      mounted.session.fail('connection-lost');
      await drawn();
    },
    'there is no room': async () => {
      await begin({ variant: 'compact' });
      await call();
      await end();
    },
  };
  for (const [reason, act] of Object.entries(NOT_ASKED))
    it(`is not asked for if ${reason}`, async () => {
      await act();
      expect(mounted.part('rating')).to.equal(null);
    });

  it('goes to the page at once, and again when the visitor thinks better of it', async () => {
    await begin();
    await call();
    await end();
    thumb('Not helpful').click();
    await drawn();
    thumb('Helpful').click();
    await drawn();
    expect(heard).to.deep.equal([{ rating: 'poor' }, { rating: 'good' }]);
    expect([thumb('Helpful').ariaPressed, thumb('Not helpful').ariaPressed]).to.deep.equal(['true', 'false']);
    await expectAccessible(mounted);
  });

  it('comes after the start button, on the card and by keyboard, and the focus is on that', async () => {
    await begin({ 'no-text-input': '' });
    await call();
    await drawn();
    mounted.part('end-button')!.focus();
    await end();
    expect(root().activeElement).to.equal(mounted.part('start-button'));
    expect(mounted.part('rating')!.getBoundingClientRect().top).to.be.at.least(
      mounted.part('start-button')!.getBoundingClientRect().bottom,
    );
    await sendKeys({ press: 'Tab' });
    expect(root().activeElement).to.equal(thumb('Helpful'));
  });

  it('counts no press that was meant for the end of the call', async () => {
    await begin();
    await call();
    mounted.session.end('stopped');
    await drawn();
    thumb('Helpful').click();
    expect(heard).to.deep.equal([]);
  });

  it('is given by keyboard, with a comment, and the focus stays with it', async () => {
    await begin({ 'no-text-input': '', 'no-export': '' });
    await call();
    await end();
    thumb('Helpful').focus();
    await sendKeys({ press: 'Tab' });
    expect(root().activeElement?.ariaLabel).to.equal('Not helpful');
    await sendKeys({ press: 'Enter' });
    await drawn();
    expect(root().activeElement?.ariaLabel).to.equal('Not helpful');
    expect(mounted.part('text-field'), 'no other field').to.equal(null);
    comment()!.focus();
    await sendKeys({ type: ' Too long  ' });
    await sendKeys({ press: 'Enter' });
    await drawn();
    expect(heard).to.deep.equal([{ rating: 'poor' }, { rating: 'poor', comment: 'Too long' }]);
    expect(comment()).to.equal(null);
    expect(root().activeElement?.ariaLabel).to.equal('Not helpful');
  });

  it('needs no comment: an empty one closes the field and tells nobody', async () => {
    await begin();
    await call();
    await end();
    thumb('Helpful').click();
    await drawn();
    comment()!.form!.requestSubmit();
    await drawn();
    expect([heard, comment()]).to.deep.equal([[{ rating: 'good' }], null]);
    thumb('Not helpful').click();
    await drawn();
    expect(comment()).to.equal(null);
  });

  it('is thanked for once, politely', async () => {
    await begin();
    await call();
    await end();
    const said = recordAnnouncements(mounted.element);
    thumb('Helpful').click();
    await waitUntil(() => said.some((line) => line.includes('Thank')), 'no thanks', { timeout: 3000 });
    thumb('Not helpful').click();
    await drawn();
    comment()!.value = 'Well';
    comment()!.form!.requestSubmit();
    await drawn();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(said.filter((line) => line.includes('Thank'))).to.deep.equal(['polite: Thank you. Add a comment']);
  });

  it('moves nothing', async () => {
    await begin();
    await call();
    await end();
    const places = (): DOMRect[] =>
      ['[part=start-button]', '.composer', '[part=status]', '[part=transcript]'].map(
        (selector) => root().querySelector(selector)!.getBoundingClientRect().toJSON() as DOMRect,
      );
    const before = places();
    mounted.element.collectFeedback = false;
    await drawn();
    expect(places()).to.deep.equal(before);
    mounted.element.collectFeedback = true;
    await drawn();
    thumb('Helpful').click();
    await drawn();
    expect(places()).to.deep.equal(before);
  });
});
