import { expect } from '@open-wc/testing';
import type { VoiceErrorCode } from '../../../src/errors.js';
import { en } from '../../../src/locales/en.js';
import { button, mount, type Mounted } from '../../support/scripted-voice.js';

describe('the notice', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
  });
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const press = async (label: string): Promise<void> => {
    button(mounted, label)!.click();
    await drawn();
  };

  it('has its live regions ready before there is anything to say', () => {
    const regions = [...mounted.element.shadowRoot!.querySelectorAll('.notices > *')];
    expect(regions.map((region) => [region.getAttribute('role'), region.textContent!.trim()])).to.deep.equal([
      ['alert', ''],
      ['status', ''],
    ]);
  });

  describe('a failure', () => {
    for (const code of Object.keys(en.errors) as VoiceErrorCode[]) {
      it(`${code}: says what happened and what to do`, async () => {
        void mounted.element.start();
        mounted.session.fail(code);
        await drawn();
        expect(mounted.text('status')).to.equal(en.errors[code][0]);
        expect(mounted.text('notice')).to.equal(en.errors[code][1]);
        expect(mounted.part('notice')!.closest('[role=alert]')).to.not.equal(null);
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

    it('offers no button where trying again cannot help', async () => {
      void mounted.element.start();
      mounted.session.fail('unsupported');
      await drawn();
      expect([mounted.part('start-button'), mounted.part('text-field')]).to.deep.equal([null, null]);
    });

    it('of the microphone offers to continue by typing', async () => {
      void mounted.element.start();
      mounted.session.fail('microphone-denied');
      await drawn();
      await press('Type instead');
      expect(mounted.session.asked.at(-1)).to.equal('start without microphone');
      await drawn();
      expect(mounted.element.shadowRoot!.activeElement).to.equal(mounted.part('text-field'));
    });

    it('offers no typing where there is no text field', async () => {
      mounted.element.noTextInput = true;
      void mounted.element.start();
      mounted.session.fail('microphone-denied');
      await drawn();
      expect(button(mounted, 'Type instead')).to.equal(undefined);
    });

    it('inside a call is told, and forgotten when the microphone is on', async () => {
      await mounted.call({ microphone: false });
      mounted.session.stumble('microphone-busy');
      await drawn();
      expect(mounted.text('notice')).to.match(/^The microphone is in use Close other calls/);
      expect(mounted.element.state).to.equal('listening');
      await mounted.element.enableMicrophone();
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
    });
  });

  describe('a warning', () => {
    beforeEach(() => mounted.call());

    it('counts down for the eye, and is spoken once', async () => {
      mounted.session.warn('idle', 15);
      await drawn();
      const [spoken, seen] = mounted.part('notice')!.querySelectorAll('span');
      expect(spoken!.textContent).to.contain('in 15 seconds');
      mounted.session.warn('idle', 14);
      await drawn();
      expect([spoken!.textContent, seen!.ariaHidden]).to.deep.equal([
        'Are you still there? The call ends in 15 seconds.',
        'true',
      ]);
      expect(seen!.textContent).to.contain('in 14 seconds');
    });

    it('shows one countdown of two, and the other when that is over', async () => {
      mounted.session.warn('idle', 15);
      mounted.session.warn('max-duration', 12);
      mounted.session.warn('idle', 14);
      await drawn();
      expect(mounted.text('notice')).to.contain('Are you still there?');
      await press('I’m still here');
      expect(mounted.text('notice')).to.contain('time limit in 12 seconds');
    });

    it('that counts down comes before one that does not', async () => {
      mounted.session.warn('muted-speech');
      mounted.session.warn('idle', 15);
      await drawn();
      expect(mounted.text('notice')).to.contain('Are you still there?');
      await press('I’m still here');
      expect(mounted.text('notice')).to.contain('speaking while muted');
    });

    it('of silence ends when the visitor says that they are there', async () => {
      mounted.session.warn('idle', 15);
      await drawn();
      await press('I’m still here');
      expect(mounted.session.asked).to.include('still here');
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of silence ends when somebody speaks', async () => {
      mounted.session.warn('idle', 15);
      mounted.session.userSpeaking = true;
      mounted.session.changed();
      await drawn();
      expect(mounted.part('notice')).to.equal(null);
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

    it('of silenced sound offers a tap', async () => {
      mounted.session.warn('playback-blocked');
      await drawn();
      await press('Tap to hear');
      expect(mounted.session.asked).to.include('resume playback');
      expect(mounted.part('notice')).to.equal(null);
    });

    it('of speaking while muted offers to unmute, and ends with the muting', async () => {
      mounted.element.muted = true;
      mounted.session.warn('muted-speech');
      await drawn();
      await press('Turn on microphone');
      expect(mounted.element.muted).to.equal(false);
      expect(mounted.part('notice')).to.equal(null);
    });
  });

  describe('a tool', () => {
    beforeEach(() => mounted.call());
    const ask = (question: string, signal = new AbortController().signal): Promise<boolean> =>
      mounted.session.options.confirmTool!({ name: 'book_visit', question, signal });

    it('is named while it runs', async () => {
      mounted.session.runningTools = ['check_stock'];
      mounted.session.changed();
      await drawn();
      expect(mounted.text('notice')).to.equal('Working on it: check stock');
    });

    it('waits for the visitor to accept, question by question', async () => {
      const [first, second] = [ask('Book it?'), ask('And pay?')];
      await drawn();
      expect(mounted.text('notice')).to.contain('Book it?');
      await press('Accept');
      expect(mounted.text('notice')).to.contain('And pay?');
      await press('Decline');
      expect(await Promise.all([first, second])).to.deep.equal([true, false]);
      expect(mounted.part('notice')).to.equal(null);
    });

    it('is declined when nobody can answer any more', async () => {
      const asking = new AbortController();
      const [aborted, left] = [ask('Book it?', asking.signal), ask('And pay?')];
      asking.abort();
      expect(await aborted).to.equal(false);
      mounted.element.stop();
      expect(await left).to.equal(false);
      expect(await ask('Too late?', AbortSignal.abort())).to.equal(false);
    });
  });
});
