import { aTimeout, expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the talk button', () => {
  let mounted: Mounted;
  let talk: HTMLElement;
  const turns = (): string[] => mounted.session.calls.filter((what) => what.endsWith('turn'));
  const pointer = (type: string): void =>
    void talk.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, bubbles: true }));
  const key = (type: string, init: KeyboardEventInit): boolean =>
    talk.dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init }));
  const pressed = async (): Promise<string | null> => {
    await mounted.element.updateComplete;
    return talk.getAttribute('aria-pressed');
  };

  beforeEach(async () => {
    mounted = await mount({ 'push-to-talk': '' });
    await mounted.call();
    talk = mounted.part('talk-button')!;
    talk.setPointerCapture = () => {}; // Refused for a pointer that does not exist.
  });

  it('is there only with push-to-talk, and then the mute button is not', async () => {
    expect(mounted.part('mute-button')).to.equal(null);
    const other = await mount();
    await other.call();
    expect(other.part('talk-button')).to.equal(null);
  });

  it('keeps the turn open as long as it is held', async () => {
    pointer('pointerdown');
    expect(turns()).to.deep.equal(['begin turn']);
    expect(await pressed()).to.equal('true');
    expect(mounted.text('status')).to.equal('Listening');
    await aTimeout(320);
    pointer('pointerup');
    expect(turns()).to.deep.equal(['begin turn', 'end turn']);
    expect(await pressed()).to.equal('false');
  });

  it('keeps the turn open after a tap, until the next tap', async () => {
    pointer('pointerdown');
    pointer('pointerup');
    pointer('lostpointercapture');
    expect(turns()).to.deep.equal(['begin turn']);
    expect(await pressed()).to.equal('true');
    expect(mounted.element.shadowRoot!.querySelector('.hint')!.textContent).to.equal('Tap again to send');
    pointer('pointerdown');
    pointer('pointerup');
    expect(turns()).to.deep.equal(['begin turn', 'end turn']);
  });

  for (const begin of ['a click on', 'Enter on', 'a script instead of']) {
    it(`begins a turn at once after ${begin} Start`, async () => {
      const middle = (part: string): [number, number] => {
        const { left, top, width, height } = mounted.part(part)!.getBoundingClientRect();
        return [Math.round(left + width / 2), Math.round(top + height / 2)];
      };
      mounted = await mount({ 'push-to-talk': '' });
      mounted.part('start-button')!.focus();
      if (begin === 'a click on') await sendMouse({ type: 'click', position: middle('start-button') });
      else if (begin === 'Enter on') await sendKeys({ press: 'Enter' });
      else mounted.part('start-button')!.click();
      mounted.session.ready();
      await mounted.element.updateComplete;
      await sendMouse({ type: 'move', position: middle('talk-button') });
      await sendMouse({ type: 'down' });
      expect(turns()).to.deep.equal(['begin turn']);
      await sendMouse({ type: 'up' });
    });
  }

  for (const name of [' ', 'Enter']) {
    it(`can be held by ${name === ' ' ? 'the space bar' : name}, without scrolling the page`, async () => {
      expect(key('keydown', { key: name })).to.equal(false);
      key('keydown', { key: name, repeat: true });
      expect(turns()).to.deep.equal(['begin turn']);
      await aTimeout(320);
      expect(key('keyup', { key: name })).to.equal(false);
      expect(turns()).to.deep.equal(['begin turn', 'end turn']);
    });
  }

  it('begins no turn while the key that ended the last one is still down', () => {
    key('keydown', { key: ' ' });
    key('keyup', { key: ' ' });
    key('keydown', { key: ' ' });
    key('keydown', { key: ' ', repeat: true });
    expect(turns()).to.deep.equal(['begin turn', 'end turn']);
  });

  it('ignores other keys and buttons', () => {
    expect(key('keydown', { key: 'Tab' })).to.equal(true);
    talk.dispatchEvent(new PointerEvent('pointerdown', { button: 2 }));
    expect(turns()).to.deep.equal([]);
  });

  it('is a toggle for clicks without a pointer', () => {
    talk.click();
    expect(turns()).to.deep.equal(['begin turn']);
    talk.click();
    expect(turns()).to.deep.equal(['begin turn', 'end turn']);
  });

  for (const type of ['blur', 'pointercancel']) {
    it(`ends the turn on ${type}`, () => {
      pointer('pointerdown');
      talk.dispatchEvent(new Event(type));
      expect(turns()).to.deep.equal(['begin turn', 'end turn']);
      pointer('pointerup');
      expect(turns()).to.deep.equal(['begin turn', 'end turn']);
    });
  }

  it('ends the turn when the page is hidden', () => {
    pointer('pointerdown');
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete (document as { visibilityState?: string }).visibilityState;
    expect(turns()).to.deep.equal(['begin turn', 'end turn']);
  });

  it('is not pressed in the next call', async () => {
    pointer('pointerdown');
    mounted.session.end('remote');
    await mounted.call();
    talk = mounted.part('talk-button')!;
    expect(await pressed()).to.equal('false');
  });
});
