import { expect, waitUntil } from '@open-wc/testing';
import { button, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const CONSENT = 'realtime-voice-consent';
const SETTINGS = 'realtime-voice-settings';

describe('what the visitor has chosen elsewhere', () => {
  let mounted: Mounted;
  /** Another document of the site, as a second tab is. */
  let tab: HTMLIFrameElement;
  beforeEach(async () => {
    localStorage.clear();
    tab = document.createElement('iframe');
    document.body.append(tab);
  });
  afterEach(() => {
    tab.remove();
    localStorage.clear();
  });
  const elsewhere = (): Storage => tab.contentWindow!.localStorage;
  const start = async ({ element }: Mounted): Promise<void> => {
    void element.start();
    await element.updateComplete;
  };
  const isAsked = (on: Mounted): boolean => button(on, 'Accept') !== undefined;
  const accept = async (on: Mounted): Promise<void> => {
    await untilItCounts();
    button(on, 'Accept')!.click();
    await waitUntil(() => on.session.calls.includes('start'));
    on.session.ready();
    await on.element.updateComplete;
  };

  it('a consent given in another element or tab counts here, although this element was asked before', async () => {
    const other = await mount({ consent: '1' });
    mounted = await mount({ consent: '1' });
    mounted.element.warm();
    await start(other);
    await accept(other);
    await start(mounted);
    expect([isAsked(mounted), mounted.session.calls.includes('start')]).to.deep.equal([false, true]);

    mounted = await mount({ consent: '2' });
    mounted.element.warm();
    elsewhere().setItem(CONSENT, '"2"');
    await start(mounted);
    expect(isAsked(mounted)).to.equal(false);
  });

  it('a consent withdrawn in another element or tab is asked for again, and its call ends', async () => {
    for (const withdraw of [
      async () => (await mount({ consent: '1' })).element.withdrawConsent(),
      async () => elsewhere().removeItem(CONSENT),
      async () => elsewhere().clear(),
      async () => elsewhere().setItem(CONSENT, '{"version":"1"}'),
    ]) {
      mounted = await mount({ consent: '1' });
      await start(mounted);
      await accept(mounted);
      expect(mounted.element.state).to.equal('listening');
      await withdraw();
      await waitUntil(() => mounted.element.state === 'idle');
      await start(mounted);
      expect(isAsked(mounted)).to.equal(true);
    }
  });

  it('a question stays when an earlier consent is withdrawn elsewhere', async () => {
    localStorage.setItem(CONSENT, '"1"');
    const other = await mount({ consent: '1' });
    mounted = await mount({ consent: '2' });
    await start(mounted);
    await start(other);
    other.session.ready();
    elsewhere().removeItem(CONSENT);
    await waitUntil(() => other.element.state === 'idle', 'the event has arrived');
    await mounted.element.updateComplete;
    expect(isAsked(mounted)).to.equal(true);
  });

  it('a newer consent, given elsewhere, does not end a call', async () => {
    mounted = await mount({ consent: '1' });
    await start(mounted);
    await accept(mounted);
    elsewhere().setItem(CONSENT, '"2"');
    elsewhere().setItem(SETTINGS, '{"volume":0.5}');
    await waitUntil(() => mounted.session.options.volume === 0.5, 'both changes have arrived');
    expect(mounted.element.state).to.equal('listening');
  });

  it('a question goes when its consent is given in another element, and nothing starts by that', async () => {
    const other = await mount({ consent: '1' });
    mounted = await mount({ consent: '1' });
    await start(mounted);
    await start(other);
    await accept(other);
    await waitUntil(() => !isAsked(mounted));
    expect(mounted.session.calls).to.not.include('start');
    expect([localStorage.getItem(CONSENT), other.element.state]).to.deep.equal(['"1"', 'listening']);
  });

  it('a call without consent goes on when something is removed from the storage', async () => {
    mounted = await mount();
    await mounted.call();
    elsewhere().setItem(CONSENT, '"1"');
    elsewhere().setItem(SETTINGS, '{"volume":0.5}');
    elsewhere().removeItem(CONSENT);
    await waitUntil(() => mounted.session.options.volume === 0.5, 'the volume has changed, too');
    expect(mounted.element.state).to.equal('listening');
  });

  it('settings of another element apply to a call that goes on', async () => {
    mounted = await mount();
    const other = await mount();
    await mounted.call();
    await other.click('settings-button');
    const volume = other.part('settings')!.querySelector<HTMLInputElement>('[name=volume]')!;
    volume.value = '0.25';
    volume.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await mounted.element.updateComplete;
    expect(mounted.session.options.volume).to.equal(0.25);
  });

  for (const stored of ['7', 'true', '["1"]', '{"version":"1"}', 'null', '{', '']) {
    it(`a consent stored as ${stored} is none`, async () => {
      localStorage.setItem(CONSENT, stored);
      mounted = await mount({ consent: '1' });
      await start(mounted);
      expect(isAsked(mounted)).to.equal(true);
      mounted.element.withdrawConsent();
    });
  }

  it('settings of the wrong shape are as if they were absent', async () => {
    const wrong = { volume: 'loud', captions: 'no', largeCaptions: 1, inputDeviceId: {}, outputDeviceId: 5, more: {} };
    localStorage.setItem(SETTINGS, JSON.stringify(wrong));
    mounted = await mount();
    await mounted.call();
    const { volume, inputDeviceId, outputDeviceId } = mounted.session.options;
    expect([volume, inputDeviceId, outputDeviceId]).to.deep.equal([undefined, undefined, undefined]);
    expect(mounted.part('transcript')).to.not.equal(null);
    expect(mounted.part('panel')!.classList.contains('large')).to.equal(false);

    localStorage.setItem(SETTINGS, '{"volume":0.5,"captions":"no","inputDeviceId":"front"}');
    mounted = await mount();
    await mounted.call();
    expect([mounted.session.options.volume, mounted.session.options.inputDeviceId]).to.deep.equal([0.5, 'front']);
  });
});
