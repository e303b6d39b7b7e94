import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ask, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const SHAPES: readonly Readonly<Record<string, string>>[] = [
  {},
  { variant: 'compact' },
  { variant: 'floating', open: '' },
  { 'no-text-input': '' },
  { 'push-to-talk': '' },
];

describe('where the focus goes', function () {
  this.timeout(30_000);
  let mounted: Mounted;
  const part = (name: string): HTMLElement => mounted.part(name)!;
  const focused = (): string | null | undefined => mounted.element.shadowRoot!.activeElement?.getAttribute('part');
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const press = async (key: string): Promise<void> => {
    await untilItCounts();
    await sendKeys({ press: key });
    await new Promise((resolve) => setTimeout(resolve));
    await drawn();
  };

  for (const shape of SHAPES) {
    const safe = 'push-to-talk' in shape ? 'talk-button' : 'mute-button';

    it(`${JSON.stringify(shape)}: never to End or Cancel by itself`, async () => {
      localStorage.clear();
      mounted = await mount({ consent: '1', ...shape });
      const { element, session } = mounted;
      part('start-button').focus();
      await press('Enter');
      await sendKeys({ press: 'Tab' });
      await press('Tab');
      expect(focused(), 'the question for consent').to.equal('accept-button');
      await press('Enter');
      localStorage.clear();
      expect([element.state, focused()], 'after Accept and Start').to.deep.equal(['connecting', safe]);
      session.ready();
      await drawn();
      expect(focused(), 'when the call is ready').to.equal(safe);

      part('interrupt-button').focus();
      session.to('speaking');
      await press('Enter');
      expect(session.calls.at(-1)).to.equal('interrupt');
      session.to('listening');
      await drawn();
      expect([focused(), part('interrupt-button').ariaDisabled]).to.deep.equal(['interrupt-button', 'true']);
      await press('Enter');
      expect(session.calls.filter((call) => call === 'interrupt').length, 'Interrupt waits').to.equal(1);

      session.warn('idle', 15);
      await drawn();
      part('remedy-button').focus();
      await press('Enter');
      expect(focused(), 'after the remedy of a warning').to.equal(safe);

      session.warn('no-answer');
      await drawn();
      part('remedy-button').focus();
      session.retract('no-answer');
      await waitUntil(() => !mounted.part('remedy-button'), 'the warning stays', { timeout: 5000 });
      expect(focused(), 'when a warning goes by itself').to.equal(safe);

      const accepted = ask(mounted, 'Book it?');
      await drawn();
      part('accept-button').focus();
      await press('Enter');
      expect([await accepted, focused()], 'after a question').to.deep.equal([true, safe]);

      session.to('reconnecting');
      await drawn();
      expect(focused(), 'while the connection is restored').to.equal(safe);
      session.fail('connection-lost');
      await drawn();
      expect(focused(), 'after a failure').to.equal('start-button');
    });
  }

  it('to the text field when the visitor chooses to type', async () => {
    mounted = await mount();
    void mounted.element.start();
    mounted.session.fail('microphone-denied');
    await drawn();
    part('type-button').focus();
    await press('Enter');
    expect([mounted.element.state, focused()]).to.deep.equal(['connecting', 'text-field']);
    mounted.session.ready();
    await drawn();
    expect(focused()).to.equal('text-field');
  });

  it('goes to the text field in a typed call, and turns on no microphone by another Enter', async () => {
    mounted = await mount();
    await mounted.call({ microphone: false });
    const accepted = ask(mounted, 'Book it?');
    await drawn();
    part('accept-button').focus();
    await press('Enter');
    expect([await accepted, focused()]).to.deep.equal([true, 'text-field']);
  });

  it('stays on the button that turns on the microphone, while the browser asks', async () => {
    mounted = await mount();
    await mounted.call({ microphone: false });
    part('mute-button').focus();
    mounted.session.microphone = 'asking';
    mounted.session.changed();
    await drawn();
    expect([focused(), part('mute-button').ariaDisabled]).to.deep.equal(['mute-button', 'true']);
  });

  describe('with the settings open', () => {
    beforeEach(async () => {
      mounted = await mount({ variant: 'floating', open: '' });
      await mounted.call();
      await mounted.click('settings-button');
    });
    after(() => localStorage.clear());

    it('Escape closes the settings only, and the next one the panel', async () => {
      mounted.element.shadowRoot!.querySelector<HTMLElement>('[name=volume]')!.focus();
      await press('Escape');
      expect([mounted.part('settings'), mounted.element.open, focused()]).to.deep.equal([
        null,
        true,
        'settings-button',
      ]);
      await press('Escape');
      expect([mounted.element.open, focused()]).to.deep.equal([false, 'launcher']);
    });

    it('Escape on another control leaves the focus there', async () => {
      part('mute-button').focus();
      await press('Escape');
      expect([mounted.part('settings'), mounted.element.open, focused()]).to.deep.equal([null, true, 'mute-button']);
    });

    it('the page does not hear that Escape', async () => {
      const keys: string[] = [];
      const note = ({ key }: KeyboardEvent): void => void keys.push(key);
      document.addEventListener('keydown', note);
      part('settings-button').focus();
      await press('Escape');
      document.removeEventListener('keydown', note);
      expect(keys).to.deep.equal([]);
    });

    it('they close when the focus goes to what they cover', async () => {
      part('interrupt-button').focus();
      await drawn();
      expect([mounted.part('settings'), focused()]).to.deep.equal([null, 'interrupt-button']);
    });

    it('nothing else moves', async () => {
      const places = (): string[] =>
        ['heading', 'text-field', 'mute-button', 'end-button'].map((name) => {
          const { x, y, width, height } = part(name).getBoundingClientRect();
          return [name, x, y, width, height].join(' ');
        });
      const open = places();
      await mounted.click('settings-button');
      expect([mounted.part('settings'), places()]).to.deep.equal([null, open]);
    });
  });
});
