import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ask, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

/** Keys that were meant for a button that has gone must not press the one that has the focus now. */
describe('a key that goes on after its button has gone', function () {
  this.timeout(30_000);
  let mounted: Mounted;

  const part = (name: string): HTMLElement => mounted.part(name)!;
  const focused = (): string | null => mounted.element.shadowRoot!.activeElement?.getAttribute('part') ?? null;
  /** What the session was asked to do, without what only prepares a call. */
  const calls = (): string[] => mounted.session.calls.filter((call) => !/^(warm|press|release)$/.test(call));
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    await mounted.call();
    mounted.session.calls.length = 0;
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await sendKeys({ press: key });
    await mounted.element.updateComplete;
  };
  const hold = async (key: string, ms: number): Promise<void> => {
    const since = performance.now();
    do await sendKeys({ down: key });
    while (performance.now() - since < ms);
    await sendKeys({ up: key });
    await mounted.element.updateComplete;
  };

  it('held on End, does not start another call', async () => {
    await begin();
    part('end-button').focus();
    await hold('Enter', 900);
    expect([calls(), mounted.element.state]).to.deep.equal([['stop stopped'], 'idle']);
  });

  it('held on Start, does not try again and again', async () => {
    mounted = await mount();
    mounted.element.addEventListener('voice-state-change', ({ detail }) => {
      if (detail.state === 'connecting') queueMicrotask(() => mounted.session.fail('token-failed'));
    });
    part('start-button').focus();
    await hold('Enter', 900);
    expect(calls()).to.deep.equal(['start']);
  });

  it('held on the launcher, does not start a call', async () => {
    mounted = await mount({ variant: 'floating' });
    part('launcher').focus();
    await hold('Enter', 900);
    expect([focused(), calls()]).to.deep.equal(['start-button', []]);
  });

  for (const key of ['Enter', ' ']) {
    const name = key === ' ' ? 'Space' : key;

    it(`${name} again on Start does not cancel the call`, async () => {
      mounted = await mount();
      part('start-button').focus();
      await press(key, key, key);
      expect(calls()).to.deep.equal(['start']);
      mounted.session.ready();
      await mounted.element.updateComplete;
      await press(key);
      expect([calls(), focused(), mounted.element.muted]).to.deep.equal([['start'], 'mute-button', false]);
    });

    it(`${name} again on End does not start another call, but does after half a second`, async () => {
      await begin();
      part('end-button').focus();
      await press(key, key);
      expect([calls(), focused()]).to.deep.equal([['stop stopped'], 'start-button']);
      await untilItCounts();
      await press(key);
      expect(calls()).to.deep.equal(['stop stopped', 'start']);
    });

    it(`${name} on Interrupt does nothing when the answer has ended by itself`, async () => {
      await begin();
      mounted.session.to('speaking');
      await mounted.element.updateComplete;
      part('settings-button').focus();
      await press('Tab');
      expect(focused()).to.equal('interrupt-button');
      mounted.session.to('listening');
      await mounted.element.updateComplete;
      expect([focused(), part('interrupt-button').ariaDisabled]).to.deep.equal(['interrupt-button', 'true']);
      await untilItCounts();
      await press(key);
      expect([mounted.element.state, mounted.element.muted]).to.deep.equal(['listening', false]);
    });

    it(`${name} again on Interrupt does not end the call`, async () => {
      await begin();
      mounted.session.to('speaking');
      await mounted.element.updateComplete;
      part('interrupt-button').focus();
      await press(key);
      mounted.session.to('listening');
      await mounted.element.updateComplete;
      await press(key);
      expect([calls().includes('stop stopped'), mounted.element.muted]).to.deep.equal([false, false]);
    });

    it(`${name} again on Accept, or on the remedy of a warning, does nothing more`, async () => {
      await begin();
      const accepted = ask(mounted, 'Pay?');
      await mounted.element.updateComplete;
      part('accept-button').focus();
      await untilItCounts();
      await press(key, key);
      expect([await accepted, calls(), mounted.element.muted]).to.deep.equal([true, [], false]);

      mounted.session.warn('idle', 15);
      await mounted.element.updateComplete;
      part('remedy-button').focus();
      await untilItCounts();
      await press(key, key);
      expect([calls(), mounted.element.muted]).to.deep.equal([['still here'], false]);
    });
  }

  it('never finds End under the focus by itself', async () => {
    for (const attributes of [{}, { variant: 'compact' }, { 'no-text-input': '' }, { 'push-to-talk': '' }]) {
      mounted = await mount(attributes as Readonly<Record<string, string>>);
      part('start-button').focus();
      await press('Enter');
      expect(focused()).to.match(/^(mute|talk)-button$/);
      mounted.session.ready();
      await mounted.element.updateComplete;
      mounted.session.warn('idle', 15);
      await mounted.element.updateComplete;
      part('remedy-button').focus();
      await untilItCounts();
      await press('Enter');
      expect(focused()).to.match(/^(mute|talk)-button$/);
    }
  });
});
