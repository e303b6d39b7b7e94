import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ask, button, expectAccessible, CARD_STATES, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const FLOATING = { variant: 'floating', label: 'Ask us' };

describe('the floating variant', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount(FLOATING);
  });
  const focused = (): string | null | undefined => mounted.element.shadowRoot!.activeElement?.getAttribute('part');

  it('is at first a launcher in the top layer, at its corner', async () => {
    const { part, element } = mounted;
    expect(part('panel')).to.equal(null);
    const launcher = part('launcher')!;
    expect([launcher.ariaLabel, launcher.ariaExpanded]).to.deep.equal(['Ask us', 'false']);
    expect(element.shadowRoot!.querySelector('.dock')!.matches(':popover-open')).to.equal(true);
    for (const [placement, left, top] of [
      ['bottom-end', false, false],
      ['top-start', true, true],
      ['bottom-start', true, false],
      ['top-end', false, true],
    ] as const) {
      element.placement = placement;
      await element.updateComplete;
      const { x, y } = launcher.getBoundingClientRect();
      expect([x < innerWidth / 2, y < innerHeight / 2], placement).to.deep.equal([left, top]);
    }
  });

  it('follows the direction of the text', async () => {
    const { element, part } = mounted;
    element.dir = 'rtl';
    await element.updateComplete;
    expect(part('launcher')!.getBoundingClientRect().x).to.be.lessThan(innerWidth / 2);
  });

  it('opens a dialog with the focus on the start button, and closes it with Escape', async () => {
    const { element, part } = mounted;
    part('launcher')!.focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(element.hasAttribute('open')).to.equal(true);
    expect(element.shadowRoot!.querySelector('[role=dialog]')!.contains(part('panel'))).to.equal(true);
    expect([part('launcher')!.ariaExpanded, part('launcher')!.ariaLabel, focused()]).to.deep.equal([
      'true',
      'Close',
      'start-button',
    ]);
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect([element.open, part('panel'), focused()]).to.deep.equal([false, null, 'launcher']);
  });

  it('shows a running call on the launcher when the panel is closed', async () => {
    const { element, session, part, text, call } = mounted;
    element.open = true;
    await call();
    part('mute-button')!.focus();
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect([element.state, part('launcher')!.ariaLabel, text('launcher')]).to.deep.equal([
      'listening',
      'Ask us: Listening',
      'Listening',
    ]);
    session.to('speaking');
    await element.updateComplete;
    expect(text('launcher')).to.equal('Speaking');
    element.stop();
    await element.updateComplete;
    expect(text('launcher')).to.equal('');
  });

  for (const [what, happens] of [
    ['a question of a tool', (mounted: Mounted) => void ask(mounted, 'Book it?')],
    ['a warning', ({ session }: Mounted) => session.warn('idle', 15)],
    ['a failure', ({ session }: Mounted) => session.fail('connection-lost')],
  ] as const) {
    it(`opens once for ${what}`, async () => {
      const { element, call, part } = mounted;
      await call();
      expect(part('panel')).to.equal(null);
      happens(mounted);
      await element.updateComplete;
      await element.updateComplete;
      expect(part('notice')).to.not.equal(null);
      element.open = false;
      await element.updateComplete;
      element.requestUpdate();
      await element.updateComplete;
      expect(element.open).to.equal(false);
    });
  }

  for (const [what, happens] of [
    ['a warning that needs no answer', ({ session }: Mounted) => session.warn('muted-speech')],
    ['a limit that nobody can move', ({ session }: Mounted) => session.warn('max-duration', 15)],
    ['a setback', ({ session }: Mounted) => session.reportError('microphone-lost')],
    [
      'a tool that runs',
      ({ session }: Mounted) => {
        session.runningTools = ['check_stock'];
        session.changed();
      },
    ],
  ] as const) {
    it(`stays closed for ${what}`, async () => {
      const { element, call } = mounted;
      await call();
      happens(mounted);
      await element.updateComplete;
      await element.updateComplete;
      expect(element.open).to.equal(false);
    });
  }

  it('that the visitor has closed stays closed when a question inside another one is over', async () => {
    const { element, session, call } = mounted;
    await call();
    session.warn('idle', 15);
    await element.updateComplete;
    const asking = new AbortController();
    void ask(mounted, 'Book it?', {}, asking.signal);
    await element.updateComplete;
    element.open = false;
    await element.updateComplete;
    asking.abort();
    session.warn('idle', 14);
    await element.updateComplete;
    await element.updateComplete;
    expect(element.open).to.equal(false);
  });

  it('opens again for another question, whatever is open already', async () => {
    const { element, session, call } = mounted;
    await call();
    session.warn('idle', 15);
    for (const question of ['Book it?', 'Pay for it?']) {
      await element.updateComplete;
      element.open = false;
      await element.updateComplete;
      const answered = ask(mounted, question);
      await element.updateComplete;
      await element.updateComplete;
      expect(element.open, question).to.equal(true);
      // The notice before it stays for a second.
      await waitUntil(() => button(mounted, 'Decline'), 'there is no question', { timeout: 5000 });
      await untilItCounts();
      button(mounted, 'Decline')!.click();
      await answered;
    }
  });

  it('leaves the focus where it is when the page opens the panel', async () => {
    const { element } = mounted;
    const before = document.activeElement;
    element.open = true;
    await element.updateComplete;
    expect(document.activeElement).to.equal(before);
  });

  it('keeps what was typed when the panel is closed', async () => {
    const { element, part } = mounted;
    element.open = true;
    await element.updateComplete;
    (part('text-field') as HTMLTextAreaElement).focus();
    await sendKeys({ type: 'half a' });
    element.open = false;
    await element.updateComplete;
    element.open = true;
    await element.updateComplete;
    expect((part('text-field') as HTMLTextAreaElement).value).to.equal('half a');
  });

  for (const [name, show] of Object.entries(CARD_STATES)) {
    for (const variant of ['floating', 'compact']) {
      it(`is accessible as ${variant}: ${name}`, async () => {
        mounted.element.variant = variant as 'floating';
        mounted.element.open = true;
        await show(mounted);
        await expectAccessible(mounted);
      });
    }
  }
});
