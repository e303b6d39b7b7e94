import { expect, waitUntil } from '@open-wc/testing';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

const KEY = 'realtime-voice-settings';

describe('the settings', () => {
  let mounted: Mounted;
  const field = <Field extends Element>(selector: string): Field =>
    mounted.element.shadowRoot!.querySelector<Field>(`.settings ${selector}`)!;
  const open = async (): Promise<void> => {
    await mounted.click('settings-button');
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.element.updateComplete;
  };
  const set = async (input: HTMLInputElement, value: string | boolean): Promise<void> => {
    if (typeof value === 'boolean') input.checked = value;
    else input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await mounted.element.updateComplete;
  };
  beforeEach(async () => {
    localStorage.clear();
    mounted = await mount();
  });
  after(() => localStorage.clear());

  it('open and close, and store nothing by that', async () => {
    expect(mounted.part('settings')).to.equal(null);
    await open();
    expect([mounted.part('settings-button')!.ariaExpanded, localStorage.length]).to.deep.equal(['true', 0]);
    await expectAccessible(mounted);
    await open();
    expect(mounted.part('settings')).to.equal(null);
  });

  it('make way for a failure, which says what to do', async () => {
    await mounted.call();
    await open();
    field<HTMLElement>('select').focus();
    mounted.session.fail('connection-lost');
    await mounted.element.updateComplete;
    expect(mounted.part('settings') === null).to.equal(true);
    expect(mounted.element.shadowRoot!.activeElement === mounted.part('start-button')).to.equal(true);
  });

  it('show by their button that they are open', async () => {
    const look = (): string => {
      const { backgroundColor, color } = getComputedStyle(mounted.part('settings-button')!);
      return `${backgroundColor} ${color}`;
    };
    const closed = look();
    await open();
    expect(look()).to.not.equal(closed);
    await open();
    expect(look()).to.equal(closed);
  });

  it('are gone with `no-settings`, also when they are open', async () => {
    await open();
    mounted.element.noSettings = true;
    await mounted.element.updateComplete;
    expect([mounted.part('settings'), mounted.part('settings-button')]).to.deep.equal([null, null]);
    mounted.element.removeAttribute('no-settings');
    await mounted.element.updateComplete;
    expect(mounted.part('settings-button')).to.not.equal(null);
  });

  it('change the volume, also for the next element of the site', async () => {
    await open();
    await set(field('[type=range]'), '0.5');
    expect(mounted.session.options.volume).to.equal(0.5);
    expect(JSON.parse(localStorage.getItem(KEY)!)).to.deep.equal({ volume: 0.5 });

    mounted = await mount();
    expect(mounted.session.options.volume).to.equal(
      undefined,
      'nothing stored is read before the visitor does something',
    );
    await mounted.call();
    expect(mounted.session.options.volume).to.equal(0.5);
  });

  it('choose the microphone, unless the page has chosen one', async () => {
    await open();
    const select = field<HTMLSelectElement>('select');
    select.append(new Option('Headset', 'headset'));
    await set(select as unknown as HTMLInputElement, 'headset');
    expect(mounted.session.options.inputDeviceId).to.equal('headset');
    mounted.element.inputDeviceId = 'of the page';
    await mounted.element.updateComplete;
    expect(mounted.session.options.inputDeviceId).to.equal('of the page');
  });

  it('hide the captions, or show them large', async () => {
    await mounted.call();
    mounted.session.say({ id: '1', text: 'Hello', status: 'final' });
    await open();
    const [captions, large] =
      mounted.element.shadowRoot!.querySelectorAll<HTMLInputElement>('.settings [type=checkbox]');
    const words = (): Element => mounted.element.shadowRoot!.querySelector('.words')!;
    const size = (): number => parseFloat(getComputedStyle(words()).fontSize);
    const before = size();
    await set(large!, true);
    expect(size()).to.be.greaterThan(before * 1.3);
    await set(captions!, false);
    expect(mounted.part('transcript')).to.equal(null);
    await set(captions!, true);
    expect(words().textContent).to.equal('Hello');
  });

  it('show the level of the microphone during a call, without rendering', async () => {
    await open();
    const level = (): HTMLProgressElement | null => field('progress');
    expect(level()).to.equal(null, 'there is no level before a call');
    await mounted.call();
    expect([level()!.value, level()!.ariaHidden]).to.deep.equal([0, 'true']);
    // Once the devices are listed, nothing is left to draw.
    await navigator.mediaDevices.enumerateDevices();
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.element.updateComplete;
    let renders = 0;
    mounted.element.addController({ hostUpdated: () => renders++ });
    mounted.session.inputLevel = 0.7;
    await waitUntil(() => level()!.value > 0.6);
    mounted.session.inputLevel = 0;
    await waitUntil(() => level()!.value < 0.1);
    expect(renders).to.equal(0);
    await expectAccessible(mounted);
  });

  it('work when something else is stored under their name', async () => {
    for (const stored of ['', '{', '"x"', '7', 'null', '[]']) {
      localStorage.setItem(KEY, stored);
      mounted = await mount();
      await open();
      await set(field('[type=range]'), '0.2');
      expect(mounted.session.options.volume).to.equal(0.2);
    }
  });
});
