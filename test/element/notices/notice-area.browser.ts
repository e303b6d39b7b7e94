import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { VoiceErrorCode } from '../../../src/errors.js';
import { en } from '../../../src/locales/en.js';
import { ask, button, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

describe('the notices', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
  });
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  /** A notice stays for a second. */
  const gone = (): Promise<unknown> =>
    waitUntil(() => mounted.part('notice') === null, 'the notice stays', { timeout: 5000 });
  const press = async (label: string): Promise<void> => {
    await untilItCounts();
    button(mounted, label)!.click();
    await drawn();
  };

  describe('typed words that could not be sent', () => {
    const typed = { id: '1', text: 'Far too long.', status: 'failed', source: 'text' } as const;

    it('are reported until somebody says something else', async () => {
      await mounted.call();
      mounted.session.say(typed);
      await drawn();
      expect(mounted.text('notice')).to.equal('The message is too long Shorten it, then send it again.');
      mounted.session.say({ id: '2', text: 'Short.', status: 'final', source: 'text' });
      await gone();
      expect(mounted.part('notice')).to.equal(null);
    });

    it('are not reported after the call, nor are spoken ones', async () => {
      await mounted.call();
      mounted.session.say({ ...typed, source: 'speech' });
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
      mounted.session.say({ ...typed, id: '2' });
      mounted.session.end('stopped');
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
    });
  });

  describe('a failure', () => {
    for (const code of Object.keys(en.errors) as VoiceErrorCode[]) {
      it(`${code}: says what happened and what to do`, async () => {
        void mounted.element.start();
        mounted.session.fail(code);
        await drawn();
        expect(mounted.text('status')).to.equal(en.errors[code][0]);
        expect(mounted.text('notice')).to.equal(en.errors[code][1]);
      });
    }

    it('can be tried again', async () => {
      void mounted.element.start();
      mounted.session.fail('connection-failed');
      await drawn();
      expect(mounted.text('start-button')).to.equal('Try again');
      await mounted.click('start-button');
      expect(mounted.element.state).to.equal('connecting');
      expect(mounted.part('notice')).to.equal(null);
    });

    for (const code of ['unsupported', 'insecure-context', 'configuration', 'quota-exceeded'] as const) {
      it(`${code}: offers no button, because trying again cannot help`, async () => {
        void mounted.element.start();
        mounted.session.fail(code);
        await drawn();
        expect([mounted.part('start-button'), mounted.part('text-field')]).to.deep.equal([null, null]);
      });
    }

    it('of a server that would refuse again says whom to tell, and not to try again', async () => {
      void mounted.element.start();
      mounted.session.fail('token-failed', { retriable: false });
      await drawn();
      expect([mounted.text('status'), mounted.text('notice'), mounted.part('start-button')]).to.deep.equal([
        'The call could not be started',
        'Tell the owner of this site.',
        null,
      ]);
    });

    it('of a visitor who is not signed in invites to do that, and then to start', async () => {
      void mounted.element.start();
      mounted.session.fail('token-unauthorized');
      await drawn();
      expect([mounted.text('status'), mounted.text('start-button')]).to.deep.equal([
        'Please sign in to talk to the assistant',
        'Start talking',
      ]);
    });

    const signIn = (): HTMLAnchorElement => {
      const link = Object.assign(document.createElement('a'), { href: '#login', slot: 'sign-in', text: 'Sign in' });
      mounted.element.append(link);
      return link;
    };
    const focusedSignIn = async (): Promise<HTMLAnchorElement> => {
      const link = signIn();
      void mounted.element.start();
      mounted.session.fail('token-unauthorized');
      await drawn();
      link.focus();
      return link;
    };

    it('of a visitor who is not signed in shows the link of the page, before the start button by Tab', async () => {
      const link = signIn();
      const isShown = (): boolean => link.getClientRects().length > 0;
      const failed = async (code: VoiceErrorCode): Promise<void> => {
        void mounted.element.start();
        mounted.session.fail(code);
        await drawn();
      };
      const isInNotice = (): boolean => mounted.part('notice')!.contains(link.assignedSlot);
      expect(isShown(), 'before a call').to.equal(false);
      await failed('connection-failed');
      expect(isShown(), 'with another failure').to.equal(false);
      await failed('token-unauthorized');
      expect([isShown(), isInNotice()]).to.deep.equal([true, true]);
      expect(link.getBoundingClientRect().height, 'large enough to be hit').to.be.at.least(24);
      await expectAccessible(mounted);
      mounted.part('start-button')!.focus();
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ up: 'Shift' });
      expect(document.activeElement === link, 'the link has the focus').to.equal(true);
      expect(getComputedStyle(link).outlineStyle).to.equal('solid');
      await sendKeys({ press: 'Tab' });
      expect(mounted.element.shadowRoot!.activeElement!.getAttribute('part')).to.equal('start-button');
    });

    it('takes its link along, and the focus stays in the element', async () => {
      await focusedSignIn();
      void mounted.element.start();
      await drawn();
      expect(mounted.element.shadowRoot!.activeElement?.getAttribute('part')).to.equal('mute-button');
    });

    it('keeps the focus in the element when the page removes its link', async () => {
      const link = await focusedSignIn();
      link.remove();
      await waitUntil(() => mounted.element.shadowRoot!.activeElement?.getAttribute('part') === 'start-button');
    });

    it('of the configuration ends when the page names an endpoint', async () => {
      void mounted.element.start();
      mounted.session.fail('configuration');
      await drawn();
      mounted.element.tokenUrl = '/token';
      await drawn();
      expect([mounted.element.state, mounted.text('start-button')]).to.deep.equal(['idle', 'Start talking']);
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of the microphone offers to type instead', async () => {
      void mounted.element.start();
      mounted.session.fail('microphone-denied');
      await drawn();
      await press('Type instead');
      expect(mounted.session.calls.at(-1)).to.equal('start without microphone');
      await drawn();
      expect(mounted.element.shadowRoot!.activeElement).to.equal(mounted.part('text-field'));
    });

    it('does not offer to type where there is no text field', async () => {
      mounted.element.noTextInput = true;
      void mounted.element.start();
      mounted.session.fail('microphone-denied');
      await drawn();
      expect(button(mounted, 'Type instead')).to.equal(undefined);
    });

    it('inside a call is shown until the microphone is on', async () => {
      await mounted.call({ microphone: false });
      mounted.session.reportError('microphone-busy');
      await drawn();
      expect(mounted.text('notice')).to.match(/^The microphone is in use Close other calls/);
      expect(mounted.element.state).to.equal('listening');
      await mounted.element.enableMicrophone();
      await gone();
    });
  });

  describe('a warning', () => {
    beforeEach(() => mounted.call());

    it('shows each second', async () => {
      mounted.session.warn('idle', 15);
      await drawn();
      expect(mounted.text('notice')).to.contain('in 15 seconds');
      mounted.session.warn('idle', 14);
      await drawn();
      expect(mounted.text('notice')).to.contain('in 14 seconds');
    });

    it('shows one of two countdowns, and the other after that', async () => {
      mounted.session.warn('idle', 15);
      mounted.session.warn('max-duration', 12);
      mounted.session.warn('idle', 14);
      await drawn();
      expect(mounted.text('notice')).to.contain('Are you still there?');
      await press('I’m still here');
      expect(mounted.text('notice')).to.contain('time limit in 12 seconds');
    });

    it('that counts down goes before one that does not', async () => {
      mounted.session.warn('muted-speech');
      mounted.session.warn('idle', 15);
      await drawn();
      expect(mounted.text('notice')).to.contain('Are you still there?');
      await press('I’m still here');
      expect(mounted.text('notice')).to.contain('speaking while muted');
    });

    it('of silence ends when the visitor presses its button', async () => {
      mounted.session.warn('idle', 15);
      await drawn();
      await press('I’m still here');
      expect(mounted.session.calls).to.include('still here');
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of an answer that does not begin offers to ask again', async () => {
      mounted.session.to('thinking');
      mounted.session.warn('no-answer');
      await drawn();
      expect(mounted.text('notice')).to.contain('This is taking longer than usual.');
      await press('Ask again');
      expect(mounted.session.calls).to.include('ask again');
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of an answer that failed offers to try again', async () => {
      mounted.session.warn('answer-failed');
      await drawn();
      expect(mounted.text('notice')).to.contain('The assistant could not answer.');
      await press('Try again');
      expect(mounted.session.calls).to.include('ask again');
      expect(mounted.part('notice')).to.equal(null);
    });

    for (const code of ['idle', 'no-answer', 'answer-failed'] as const) {
      it(`of ${code} stays until the session takes it back, whatever the state`, async () => {
        mounted.session.warn(code);
        mounted.session.to('thinking');
        await drawn();
        expect(mounted.part('notice')).not.to.equal(null);
        mounted.session.retract(code);
        await gone();
      });
    }

    it('of silence ends when somebody speaks', async () => {
      mounted.session.warn('microphone-silent');
      mounted.session.userSpeaking = true;
      mounted.session.changed();
      await gone();
    });

    it('of the time limit stays until the end', async () => {
      mounted.session.warn('max-duration', 15);
      mounted.session.to('speaking');
      await drawn();
      expect(mounted.text('notice')).to.contain('time limit in 15 seconds');
      mounted.element.stop();
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of blocked playback offers a button', async () => {
      mounted.session.warn('playback-blocked');
      await drawn();
      await press('Turn on sound');
      expect(mounted.session.calls).to.include('resume playback');
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of speaking while muted leaves the way to unmute to the one button for it, and ends then', async () => {
      mounted.element.muted = true;
      mounted.session.warn('muted-speech');
      await drawn();
      expect(mounted.text('notice')).to.equal('You are speaking while muted.');
      expect(mounted.text('mute-button')).to.equal('Unmute');
      await mounted.click('mute-button');
      expect(mounted.element.muted).to.equal(false);
      await gone();
    });
  });

  describe('a microphone that is off', () => {
    for (const [code, muted] of [
      ['muted-speech', true],
      ['microphone-silent', false],
    ] as const) {
      it(`is not warned of by ${code} any more`, async () => {
        await mounted.call();
        mounted.element.muted = muted;
        mounted.session.warn(code);
        await drawn();
        expect(mounted.part('notice')).to.not.equal(null);
        mounted.session.microphone = 'off';
        mounted.session.changed();
        await gone();
      });
    }
  });

  describe('a tool', () => {
    beforeEach(() => mounted.call());
    it('is named while it runs', async () => {
      mounted.session.runningTools = ['check_stock'];
      mounted.session.changed();
      await drawn();
      expect(mounted.text('notice')).to.equal('Working on it: check stock');
    });

    it("waits for the visitor's answer, one question after another", async () => {
      const [first, second] = [ask(mounted, 'Book it?'), ask(mounted, 'And pay?')];
      await drawn();
      expect(mounted.text('notice')).to.contain('Book it?');
      await press('Accept');
      expect(mounted.text('notice')).to.contain('And pay?');
      await press('Decline');
      expect(await Promise.all([first, second])).to.deep.equal([true, false]);
      expect(mounted.part('notice')).to.equal(null);
    });

    it('is declined when its signal aborts and when the call ends', async () => {
      const asking = new AbortController();
      const [aborted, left] = [ask(mounted, 'Book it?', {}, asking.signal), ask(mounted, 'And pay?')];
      asking.abort();
      expect(await aborted).to.equal(false);
      mounted.element.stop();
      expect(await left).to.equal(false);
      expect(await ask(mounted, 'Too late?', {}, AbortSignal.abort())).to.equal(false);
    });
  });

  describe('stay for a second at least:', () => {
    beforeEach(() => mounted.call());
    const SHORTEST_MS = 1000;
    /** How long the notice with this text is on the card from now on. */
    const shownFor = async (text: string): Promise<number> => {
      await drawn();
      const since = performance.now();
      expect(mounted.text('notice')).to.contain(text);
      await waitUntil(() => !mounted.text('notice').includes(text), `“${text}” stays`, { timeout: 5000 });
      return performance.now() - since;
    };
    // The clock of a timer may be a little behind.
    const expectReadable = (ms: number): void => void expect(ms).to.be.at.least(SHORTEST_MS - 50);

    it('a tool that is done at once', async () => {
      mounted.session.runningTools = ['check_stock'];
      mounted.session.changed();
      await drawn();
      mounted.session.runningTools = [];
      mounted.session.changed();
      expectReadable(await shownFor('Working on it'));
    });

    it('a warning that is over at once', async () => {
      mounted.session.warn('microphone-silent');
      await drawn();
      mounted.session.to('speaking');
      expectReadable(await shownFor('No sound comes'));
    });

    it('a setback that is over at once', async () => {
      mounted.session.reportError('microphone-lost');
      await drawn();
      mounted.session.changed();
      expectReadable(await shownFor('was disconnected'));
    });

    it('one that is followed by a question, which waits', async () => {
      mounted.session.warn('muted-speech');
      await drawn();
      void ask(mounted, 'Book it?');
      expectReadable(await shownFor('while muted'));
      await drawn();
      expect(mounted.text('notice')).to.contain('Book it?');
    });

    it('but not when the call ends', async () => {
      mounted.session.warn('muted-speech');
      await drawn();
      mounted.element.stop();
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
    });

    it('and a button of one that is over does nothing', async () => {
      mounted.session.warn('no-answer');
      await drawn();
      mounted.session.retract('no-answer');
      await press('Ask again');
      expect(mounted.session.calls).not.to.include('ask again');
    });
  });
});
