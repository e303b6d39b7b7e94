import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { recordAnnouncements } from '../../support/live-regions.js';
import { ask, button, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

describe('announcements', function () {
  this.timeout(30_000);
  let mounted: Mounted;
  let said: string[];
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    said = recordAnnouncements(mounted.element);
  };
  beforeEach(() => begin());
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  /** Waits until this is said, and takes everything that was said until then. */
  const hear = async (line: string): Promise<string[]> => {
    await waitUntil(() => said.includes(line), `“${line}” is not said, but ${said.join(' | ')}`, { timeout: 5000 });
    return said.splice(0);
  };
  const start = async (): Promise<void> => {
    await mounted.call();
    await hear('polite: Listening');
  };

  it('have their live regions before there is anything to say', () => {
    const regions = [...mounted.element.shadowRoot!.querySelectorAll('[role=status], [role=alert]')];
    expect(regions.map((region) => [region.getAttribute('role'), region.textContent])).to.deep.equal([
      ['alert', ''],
      ['status', ''],
    ]);
  });

  for (const variant of ['inline', 'floating'] as const) {
    it(`of a whole call are one script, in this order: ${variant}`, async () => {
      await begin(variant === 'floating' ? { variant, open: '' } : {});
      const { session, element } = mounted;
      const script: string[] = [];
      const then = async (line: string): Promise<void> => void script.push(...(await hear(line)));

      const started = element.start();
      await then('polite: Allow the microphone. Your browser is asking. Choose “Allow” to be heard.');
      session.microphone = 'on';
      session.changed();
      await then('polite: Connecting…');
      session.ready();
      await started;
      await then('polite: Listening');
      session.say({ id: '1', text: 'Do you' });
      session.say({ id: '1', text: 'Do you have it?', status: 'final' });
      session.to('thinking');
      await then('log: You Do you have it?');
      session.runningTools = ['check_stock'];
      session.changed();
      await then('polite: Working on it: check stock');
      void ask(mounted, 'Book it?', { day: 'Tuesday' });
      await then('polite: Book it? day: Tuesday');
      await untilItCounts();
      button(mounted, 'Accept')!.click();
      session.runningTools = [];
      session.changed();
      session.say({ id: '2', role: 'assistant', text: 'It is booked, and' });
      session.to('speaking');
      session.say({ id: '2', text: 'It is booked, and two are left.', status: 'final' });
      element.muted = true;
      await then('polite: Microphone muted');
      session.say({ id: '2', status: 'interrupted' });
      session.to('listening');
      await then('log: Assistant It is booked, and two are left. cut off');
      session.warn('muted-speech');
      await then('polite: You are speaking while muted.');
      element.muted = false;
      await then('polite: Microphone on');
      session.warn('idle', 15);
      session.warn('idle', 14);
      await then('polite: Are you still there? The call ends in 15 seconds.');
      session.retract('idle');
      session.to('reconnecting');
      await then('polite: Reconnecting…');
      session.to('listening');
      await then('polite: Listening');
      session.end('remote', 84_000);
      await then('polite: Call ended. 1 min 24 sec · The call was ended.');
      void element.start();
      session.fail('connection-lost');
      await then('alert: The connection was lost. Check your internet connection, then try again.');

      expect(script).to.deep.equal([
        'polite: Allow the microphone. Your browser is asking. Choose “Allow” to be heard.',
        'polite: Connecting…',
        'polite: Listening',
        'log: You Do you have it?',
        'polite: Working on it: check stock',
        'polite: Book it? day: Tuesday',
        'polite: Microphone muted',
        'log: Assistant It is booked, and two are left. cut off',
        'polite: You are speaking while muted.',
        'polite: Microphone on',
        'polite: Are you still there? The call ends in 15 seconds.',
        'polite: Reconnecting…',
        'polite: Listening',
        'polite: Call ended. 1 min 24 sec · The call was ended.',
        'alert: The connection was lost. Check your internet connection, then try again.',
      ]);
    });
  }

  it('say the same while the panel is closed, and leave it closed', async () => {
    await begin({ variant: 'floating' });
    await start();
    mounted.element.muted = true;
    await hear('polite: Microphone muted');
    mounted.session.warn('max-duration', 15);
    await hear('polite: The call reaches its time limit in 15 seconds.');
    mounted.session.reportError('microphone-lost');
    await hear('alert: The microphone was disconnected. Connect a microphone, then try again.');
    expect(mounted.element.open).to.equal(false);
  });

  it('of a failure are its cause and its fix together, at once and once', async () => {
    const { session, element } = mounted;
    void element.start();
    await drawn();
    session.fail('microphone-denied');
    const fix = 'Click the icon beside the address, allow the microphone, then try again.';
    expect(await hear(`alert: Microphone is blocked. ${fix}`)).to.have.length(2);
    await aTimeout(1100);
    expect(said).to.deep.equal([]);
  });

  it('stay for a second at least, and the last of several that wait on one topic is said', async () => {
    const { session, element } = mounted;
    void element.start();
    await drawn();
    const region = element.shadowRoot!.querySelector('[role=status]')!;
    const first = region.textContent;
    const since = performance.now();
    session.microphone = 'on';
    session.changed();
    await drawn();
    session.ready();
    await waitUntil(() => region.textContent !== first, 'nothing else is said', { timeout: 5000 });
    expect(performance.now() - since).to.be.at.least(950);
    expect(region.textContent).to.equal('Listening');
  });

  it('leave out the changes between turns, and what the mute button tells itself', async () => {
    await start();
    for (const state of ['thinking', 'speaking', 'listening'] as const) {
      mounted.session.to(state);
      await drawn();
    }
    mounted.part('mute-button')!.focus();
    await mounted.click('mute-button');
    mounted.session.to('reconnecting');
    expect(await hear('polite: Reconnecting…')).to.deep.equal(['polite: Reconnecting…']);
  });

  it('tell what the page mutes, also while the mute button has the focus', async () => {
    await start();
    mounted.part('mute-button')!.focus();
    mounted.element.muted = true;
    await hear('polite: Microphone muted');
    await mounted.click('mute-button');
    mounted.element.muted = true;
    expect(await hear('polite: Microphone muted')).to.deep.equal(['polite: Microphone muted']);
  });

  it('say that the microphone is on, or muted, when it is turned on in a call', async () => {
    await mounted.call({ microphone: false });
    await hear('polite: Your turn');
    const { session } = mounted;
    session.microphone = 'asking';
    session.changed();
    await hear('polite: Allow the microphone. Your browser is asking. Choose “Allow” to be heard.');
    session.microphone = 'on';
    session.changed();
    await hear('polite: Microphone on');
  });

  it('read the consent, unless the focus goes to it', async () => {
    await begin({ consent: '1' });
    void mounted.element.start();
    const words = 'polite: Before you start. You will speak with an AI assistant. Your voice and words are sent to';
    await hear(`${words} the service that runs it.`);
    await begin({ consent: '1' });
    mounted.part('start-button')!.focus();
    await mounted.click('start-button');
    await drawn();
    expect(mounted.element.shadowRoot!.activeElement!.id).to.equal('question');
    expect(said).to.deep.equal([]);
  });

  it('are in the language of the element', async () => {
    const region = mounted.element.shadowRoot!.querySelector<HTMLElement>('[role=status]')!;
    expect(region.lang).to.equal('en');
  });
});
