import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { VoiceErrorCode } from '../../../src/errors.js';
import type { Suggestion } from '../../../src/session/index.js';
import { warningsOf } from '../../support/console-warnings.js';
import { recordAnnouncements } from '../../support/live-regions.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';
import type { ScriptedVoiceElement } from '../../support/scripted-session.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const RUST = 'Show me the rust one';
const HOURS = { label: 'Opening hours', text: 'When are you open?' };

describe('starters', () => {
  let mounted: Mounted;
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const chips = (): HTMLElement[] => [
    ...mounted.element.shadowRoot!.querySelectorAll<HTMLElement>('[part~="starter"]'),
  ];
  const labels = (): string[] => chips().map(({ textContent }) => textContent!.trim());
  const set = async (
    starters: readonly Suggestion[] = [RUST, HOURS],
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    mounted = await mount(attributes);
    mounted.element.starters = starters;
    await drawn();
  };

  it('are chips in a named group, and no card has any by default', async () => {
    await set([]);
    expect(mounted.element.shadowRoot!.querySelector('.starters, .greeting')).to.equal(null);
    mounted.element.starters = [RUST, HOURS];
    await drawn();
    expect(labels()).to.deep.equal([RUST, 'Opening hours']);
    const group = chips()[0]!.parentElement!;
    expect([group.getAttribute('role'), group.ariaLabel]).to.deep.equal(['group', 'Suggestions']);
  });

  it('start the call with microphone, and are said', async () => {
    await set();
    chips()[1]!.click();
    expect(mounted.session.calls).to.deep.equal(['start', 'text When are you open?']);
    await drawn();
    expect(chips()).to.deep.equal([]);
  });

  it('wait for the consent, and are not said without it', async () => {
    await set([RUST], { consent: '1' });
    chips()[0]!.click();
    await drawn();
    expect(mounted.session.calls).to.deep.equal([]);
    await untilItCounts();
    await mounted.click('decline-button');
    expect([mounted.session.calls, labels()]).to.deep.equal([[], [RUST]]);
    chips()[0]!.click();
    await drawn();
    await untilItCounts();
    await mounted.click('accept-button');
    expect(mounted.session.calls).to.deep.equal(['start', `text ${RUST}`]);
  });

  describe('that a call could not be started with', () => {
    const field = (): HTMLTextAreaElement => mounted.part('text-field') as HTMLTextAreaElement;
    const fails = async (code: VoiceErrorCode): Promise<void> => {
      chips()[0]!.click();
      await drawn();
      mounted.session.fail(code);
      await aTimeout(0);
      await drawn();
    };
    const type = (text: string): void => {
      field().value = text;
      field().dispatchEvent(new Event('input'));
    };

    it('are in the text field after a failed token, and are sent from there', async () => {
      await set();
      await fails('token-failed');
      expect([labels(), field().value]).to.deep.equal([[], RUST]);
      await mounted.click('send-button');
      expect(mounted.session.calls.at(-2)).to.equal(`text ${RUST}`);
      expect(field().value).to.equal('');
    });

    it('are in the text field when the visitor types instead of a blocked microphone', async () => {
      await set();
      await fails('microphone-denied');
      expect([labels(), field()]).to.deep.equal([[], null]);
      await mounted.click('type-button');
      await drawn();
      expect([field().value, mounted.element.shadowRoot!.activeElement]).to.deep.equal([RUST, field()]);
    });

    it('are in the text field when the microphone is allowed at the next try', async () => {
      await set();
      await fails('microphone-dismissed');
      await mounted.click('start-button');
      mounted.session.ready();
      await drawn();
      expect(field().value).to.equal(RUST);
    });

    it('are in the text field when the page starts again at once', async () => {
      await set();
      mounted.element.addEventListener('voice-error', () => void mounted.element.start().catch(() => {}), {
        once: true,
      });
      await fails('token-failed');
      expect([mounted.element.error, field().value]).to.deep.equal([undefined, RUST]);
    });

    it('replace no words that were typed before', async () => {
      await set();
      type('And in moss?');
      await fails('token-failed');
      expect(field().value).to.equal('And in moss?');
    });

    it('are chips again when the visitor cancels the start, and in no field', async () => {
      await set();
      chips()[0]!.click();
      await drawn();
      mounted.element.stop();
      await aTimeout(0);
      await drawn();
      expect([labels(), field().value]).to.deep.equal([[RUST, 'Opening hours'], '']);
    });

    for (const code of ['token-failed', 'microphone-denied'] as const) {
      it(`leave typed words that were not sent where they are: ${code}`, async () => {
        await set();
        type('And in moss?');
        void mounted.element.start();
        mounted.session.fail(code);
        await drawn();
        await mounted.click('start-button');
        mounted.session.ready();
        await drawn();
        expect(field().value).to.equal('And in moss?');
      });
    }
  });

  it('without a text field are there again after a failure, and need no microphone where there is none', async () => {
    await set([RUST, HOURS], { 'no-text-input': '' });
    chips()[0]!.click();
    mounted.session.fail('microphone-denied');
    await drawn();
    expect(labels()).to.deep.equal([RUST, 'Opening hours']);
    mounted.session.calls.length = 0;
    chips()[0]!.click();
    expect(mounted.session.calls).to.deep.equal([`text ${RUST}`, 'start without microphone']);
  });

  it('are not offered where they could only fail, where nothing can start, and on a pill', async () => {
    await set();
    void mounted.element.start();
    mounted.session.fail('unsupported');
    await drawn();
    expect(labels()).to.deep.equal([]);
    await set([RUST], { disabled: '' });
    expect(labels()).to.deep.equal([]);
    await set([RUST], { variant: 'compact', greeting: 'Hello!' });
    expect([labels(), mounted.element.shadowRoot!.querySelector('.greeting')]).to.deep.equal([[], null]);
  });

  it('are text and never HTML', async () => {
    await set(['<img src=x><b>Rust</b>']);
    expect([labels(), chips()[0]!.childElementCount]).to.deep.equal([['<img src=x><b>Rust</b>'], 0]);
  });

  describe('in the markup', () => {
    const page = async (json: string): Promise<ScriptedVoiceElement> => {
      const host = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement('scripted-voice');
      const script = document.createElement('script');
      Object.assign(script, { type: 'application/json', slot: 'starters', textContent: json });
      element.append(script);
      host.append(element);
      await element.updateComplete;
      mounted = { ...mounted, element, session: element.script };
      return element;
    };

    it('are read from the script, and a property goes before them', async () => {
      const element = await page(JSON.stringify([RUST, HOURS]));
      expect(labels()).to.deep.equal([RUST, 'Opening hours']);
      element.starters = ['Hello'];
      await drawn();
      expect(labels()).to.deep.equal(['Hello']);
      element.starters = null as never;
      await drawn();
      expect(labels()).to.deep.equal([RUST, 'Opening hours']);
    });

    it('are read again when the page writes other ones, adds them late or takes them away', async () => {
      const element = await page(JSON.stringify([RUST]));
      const script = element.querySelector('script')!;
      script.textContent = JSON.stringify([HOURS]);
      await aTimeout(0);
      expect(labels()).to.deep.equal(['Opening hours']);
      (script.firstChild as Text).data = JSON.stringify(['Hello']);
      await aTimeout(0);
      expect(labels()).to.deep.equal(['Hello']);
      script.remove();
      await aTimeout(0);
      expect(labels()).to.deep.equal([]);
      element.append(script);
      await aTimeout(0);
      expect(labels()).to.deep.equal(['Hello']);
      script.textContent = JSON.stringify([RUST]);
      await aTimeout(0);
      expect(labels()).to.deep.equal([RUST]);
    });

    it('are watched only while the element is on the page, and read when it comes back', async () => {
      const element = await page(JSON.stringify([RUST]));
      const { parentElement: place } = element;
      element.remove();
      await drawn();
      element.querySelector('script')!.textContent = JSON.stringify([HOURS]);
      await aTimeout(0);
      expect(labels()).to.deep.equal([RUST]);
      place!.append(element);
      await drawn();
      expect(labels()).to.deep.equal(['Opening hours']);
    });

    it('are all that is watched: the element is not drawn again for other children', async () => {
      const element = await page(JSON.stringify([RUST]));
      let drawings = 0;
      element.addController({ hostUpdated: () => (drawings += 1) });
      element.append(document.createElement('p'));
      await aTimeout(0);
      expect(drawings).to.equal(0);
    });

    it('that are no JSON are one message in the console, and calls work', async () => {
      const told = await warningsOf(async () => {
        const element = await page('[Rust]');
        element.requestUpdate();
        await drawn();
        void element.start();
      });
      expect(told).to.have.length(1);
      expect(told[0]).to.match(/^<realtime-voice> slot="starters" holds no JSON: /);
      expect(mounted.session.calls).to.deep.equal(['start']);
    });
  });

  it('that cannot be used are one message in the console, with the right form', async () => {
    await set([]);
    const told = await warningsOf(async () => {
      mounted.element.starters = [RUST, {}] as never;
      await drawn();
      mounted.element.label = 'Ask us';
      await drawn();
    });
    expect(told).to.deep.equal([
      '<realtime-voice> The property starters: number 2 cannot be used and is left out. ' +
        'Each is a text, or { label, text } with two texts.',
    ]);
    expect(labels()).to.deep.equal([RUST]);
  });

  describe('that come with the answer of a tool', () => {
    const suggest = (...suggestions: Suggestion[]): void => mounted.session.options.showSuggestions!(suggestions);
    beforeEach(async () => {
      await set();
      await mounted.call();
    });

    it('are shown and announced when the answer is over', async () => {
      const said = recordAnnouncements(mounted.element);
      mounted.session.to('thinking');
      suggest('And in moss?', HOURS);
      mounted.session.to('speaking');
      await drawn();
      expect(labels()).to.deep.equal([]);
      mounted.session.to('listening');
      await untilItCounts();
      await untilItCounts();
      expect(labels()).to.deep.equal(['And in moss?', 'Opening hours']);
      expect(said).to.include('polite: Suggestions: And in moss?, Opening hours');
    });

    it('are said by one press, which counts when they have been there for a moment', async () => {
      suggest('And in moss?');
      await drawn();
      chips()[0]!.click();
      expect(mounted.session.calls).not.to.include('text And in moss?');
      await untilItCounts();
      chips()[0]!.click();
      expect(mounted.session.calls.at(-1)).to.equal('text And in moss?');
      await drawn();
      expect(labels()).to.deep.equal([]);
    });

    for (const [what, happens] of [
      ['speaks', ({ session }: Mounted) => Object.assign(session, { userSpeaking: true }).changed()],
      ['types', ({ session }: Mounted) => session.say({ id: '9', text: 'No.', status: 'final', source: 'text' })],
    ] as const) {
      it(`go when the visitor ${what}`, async () => {
        suggest('And in moss?');
        await drawn();
        happens(mounted);
        mounted.session.userSpeaking = false;
        mounted.session.to('thinking');
        await drawn();
        mounted.session.to('listening');
        await drawn();
        expect(labels()).to.deep.equal([]);
      });
    }

    it('go with the call', async () => {
      suggest('And in moss?');
      mounted.element.stop();
      await drawn();
      expect(labels()).to.deep.equal([RUST, 'Opening hours']);
    });

    it('that cannot be used are one message in the console', async () => {
      expect(await warningsOf(() => suggest('And?', 5 as never))).to.have.length(1);
      await drawn();
      expect(labels()).to.deep.equal(['And?']);
    });
  });

  describe('the greeting', () => {
    it('is one line of text before the first words', async () => {
      await set([RUST], { greeting: 'Hi! Ask me about <b>fabrics</b>.' });
      const greeting = (): string | undefined =>
        mounted.element.shadowRoot!.querySelector('.greeting')?.textContent?.trim();
      expect(greeting()).to.equal('Hi! Ask me about <b>fabrics</b>.');
      await mounted.call();
      expect(greeting()).to.equal(undefined);
      mounted.session.say({ id: '1', text: 'Hello', status: 'final' });
      mounted.element.stop();
      await drawn();
      expect([greeting(), labels()], 'the room is for what was said').to.deep.equal([undefined, []]);
    });
  });

  for (const variant of ['inline', 'floating']) {
    it(`are accessible: ${variant}`, async () => {
      await set([RUST, HOURS], { variant, open: '', greeting: 'Hello!' });
      await expectAccessible(mounted);
    });
  }
});
