import { aTimeout, expect, oneEvent } from '@open-wc/testing';
import type { VoiceEndEvent, VoiceStateChangeEvent } from '../../src/session/events.js';
import { button, expectAccessible, CARD_STATES, mount } from '../support/scripted-voice.js';

describe('<realtime-voice>', () => {
  for (const [name, show] of Object.entries(CARD_STATES)) {
    it(`is accessible: ${name}`, async () => {
      const mounted = await mount({ label: 'Ask us' });
      await show(mounted);
      await expectAccessible(mounted);
    });
  }

  it('has its label as heading and accessible name, or else default words', async () => {
    const { element, text } = await mount();
    expect(text('heading')).to.equal('Voice assistant');
    element.label = 'Ask Fern';
    await element.updateComplete;
    expect(text('heading')).to.equal('Ask Fern');
    expect(element.shadowRoot!.querySelector('section')!.getAttribute('aria-labelledby')).to.equal('heading');
  });

  it('does nothing before the visitor does', async () => {
    const { session } = await mount({ 'token-url': '/token' });
    await aTimeout(50);
    expect(session.calls).to.deep.equal([]);
  });

  it('opens a call when a pointer goes down on the start button, not when the focus comes', async () => {
    const { part, session } = await mount();
    part('start-button')!.focus();
    part('start-button')!.dispatchEvent(new PointerEvent('pointerenter'));
    expect(session.calls).to.deep.equal([]);
    part('start-button')!.dispatchEvent(new PointerEvent('pointerdown'));
    expect(session.calls).to.deep.equal(['press']);
    part('start-button')!.dispatchEvent(new PointerEvent('pointerleave'));
    expect(session.calls).to.deep.equal(['press', 'release']);
  });

  it('opens no call ahead while it is disabled or the visitor has not consented', async () => {
    for (const attributes of [{ disabled: '' }, { consent: '1' }] as Record<string, string>[]) {
      const { part, session, element } = await mount(attributes);
      session.calls.length = 0;
      part('start-button')!.dispatchEvent(new PointerEvent('pointerdown'));
      element.warm();
      expect(session.calls.filter((call) => call === 'press' || call === 'warm')).to.deep.equal([]);
    }
  });

  it('prepares no call for a pointer that is on the start button after a call, but opens one for a press', async () => {
    const { part, session, call, element } = await mount();
    await call();
    session.end('stopped');
    await element.updateComplete;
    session.calls.length = 0;
    part('start-button')!.dispatchEvent(new PointerEvent('pointermove'));
    await aTimeout(150);
    part('start-button')!.dispatchEvent(new PointerEvent('pointerdown'));
    expect(session.calls).to.deep.equal(['press']);
  });

  describe('a call', () => {
    it('starts, mutes and ends with its buttons', async () => {
      const { element, session, part, text, click } = await mount();
      await click('start-button');
      expect(element.state).to.equal('connecting');
      expect(text('end-button')).to.equal('Cancel');
      session.ready();
      await element.updateComplete;
      expect(text('status')).to.equal('Listening');
      await click('mute-button');
      expect([element.muted, session.muted, text('mute-button')]).to.deep.equal([true, true, 'Unmute']);
      expect(part('mute-button')!.hasAttribute('aria-pressed'), 'its label says the state').to.equal(false);
      await click('mute-button');
      expect(element.muted).to.equal(false);
      await click('end-button');
      expect(text('status')).to.equal('Call ended');
      expect(element.shadowRoot!.textContent).to.contain('1 min 24 sec');
      expect(text('start-button')).to.equal('Start again');
    });

    it('is not ended by the second half of a double click on the start button', async () => {
      const { part, element, session } = await mount();
      part('start-button')!.click();
      await element.updateComplete;
      part('end-button')!.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
      expect(session.state).to.equal('connecting');
      part('end-button')!.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
      expect(session.state).to.equal('idle');
    });

    it('leaves the card as it was when it is cancelled at once', async () => {
      const { element, session, text } = await mount();
      void element.start();
      session.end('stopped', 0);
      await element.updateComplete;
      expect(text('status')).to.equal('Ready to talk');
      expect(text('start-button')).to.equal('Start talking');
    });

    it('moves the focus to what takes the place of a focused button', async () => {
      const { element, session, part } = await mount();
      part('start-button')!.focus();
      part('start-button')!.click();
      await element.updateComplete;
      expect(element.shadowRoot!.activeElement, 'not the button that ends the call').to.equal(part('mute-button'));
      session.ready();
      await element.updateComplete;
      session.calls.length = 0;
      part('end-button')!.focus();
      part('end-button')!.click();
      await element.updateComplete;
      expect(element.shadowRoot!.activeElement).to.equal(part('start-button'));
      expect(session.calls, 'focus that the visitor did not move prepares no call').to.deep.equal(['stop stopped']);
    });

    it('does not take the focus from elsewhere', async () => {
      const { call, element } = await mount();
      await call();
      expect(element.shadowRoot!.activeElement).to.equal(null);
    });

    it('has an interrupt button, which waits while the assistant does not speak', async () => {
      const { call, session, element, part, click } = await mount();
      await call();
      expect(part('interrupt-button')!.ariaDisabled).to.equal('true');
      await click('interrupt-button');
      expect(session.calls).not.to.include('interrupt');
      session.to('speaking');
      await element.updateComplete;
      expect(part('interrupt-button')!.ariaDisabled).to.equal(null);
      await click('interrupt-button');
      expect(session.calls).to.include('interrupt');
    });

    for (const variant of ['inline', 'compact', 'floating']) {
      it(`${variant}: is announced as one with a machine, before the first one only`, async () => {
        const { call, element } = await mount({ variant, open: '' });
        const saysSo = (): boolean => /AI assistant/.test(element.shadowRoot!.querySelector('.card')!.textContent!);
        expect(saysSo()).to.equal(true);
        await call();
        expect(saysSo()).to.equal(false);
      });
    }

    it('may be muted before it is ready', async () => {
      const { element, session, click, text } = await mount();
      void element.start();
      await element.updateComplete;
      await click('mute-button');
      session.ready();
      await element.updateComplete;
      expect([session.muted, text('status')]).to.deep.equal([true, 'Microphone muted']);
    });

    it('leaves no mark struck through when a muted one has ended', async () => {
      const { call, element } = await mount();
      const isStruck = (): boolean =>
        getComputedStyle(element.shadowRoot!.querySelector('.strike')!).display !== 'none';
      element.muted = true;
      await call();
      expect(isStruck()).to.equal(true);
      element.stop();
      await element.updateComplete;
      expect([isStruck(), element.muted]).to.deep.equal([false, true]);
    });

    it('turns the microphone on in a call without one', async () => {
      const mounted = await mount();
      await mounted.call({ microphone: false });
      expect(mounted.text('status')).to.equal('Your turn');
      button(mounted, 'Turn on microphone')!.click();
      expect(mounted.session.calls).to.include('enable microphone');
      await mounted.element.updateComplete;
      expect(mounted.text('mute-button')).to.equal('Mute');
    });

    it('shows whether the microphone is on or muted', async () => {
      const { call, element } = await mount();
      expect(element.shadowRoot!.querySelector('.microphone')).to.equal(null);
      await call();
      const indicator = (): string => element.shadowRoot!.querySelector('.microphone')!.textContent!;
      expect(indicator()).to.equal('Microphone on');
      element.muted = true;
      await element.updateComplete;
      expect(indicator()).to.equal('Microphone muted');
    });

    it('says that the connection is weak, and no longer when it is good again', async () => {
      const { call, session, element } = await mount();
      await call();
      const hint = (): string | undefined => element.shadowRoot!.querySelector('.hint')?.textContent?.trim();
      session.reportQuality('poor');
      await element.updateComplete;
      expect(hint()).to.equal('The connection is weak');
      session.reportQuality('good');
      await element.updateComplete;
      expect(hint()).to.equal(undefined);
    });
  });

  describe('state', () => {
    it('is reflected before the page gets the event', async () => {
      const { element } = await mount();
      expect(element.getAttribute('state')).to.equal('idle');
      const seen: string[] = [];
      element.addEventListener('voice-state-change', ({ detail }) =>
        seen.push(`${detail.state} ${element.getAttribute('state')}`),
      );
      void element.start();
      expect(seen).to.deep.equal(['connecting connecting']);
    });

    it('is a custom state', async () => {
      const { element, session, call } = await mount();
      await call();
      expect(element.matches(':state(listening)')).to.equal(true);
      expect(element.matches(':state(idle)')).to.equal(false);
      element.muted = true;
      session.userSpeaking = true;
      session.changed();
      expect(element.matches(':state(muted):state(user-speaking)')).to.equal(true);
    });
  });

  describe('events', () => {
    it('are copies that bubble through shadow roots', async () => {
      const { element, session } = await mount();
      const heard = oneEvent(element.parentElement!, 'voice-state-change') as Promise<VoiceStateChangeEvent>;
      void element.start();
      const event = await heard;
      expect(event.constructor.name).to.equal('VoiceStateChangeEvent');
      expect(event.detail).to.deep.equal({ state: 'connecting', previousState: 'idle' });
      expect(event.composed).to.equal(true);
      expect(event.target).to.equal(element);
      const ended = oneEvent(element, 'voice-end') as Promise<VoiceEndEvent>;
      session.end('remote');
      expect((await ended).detail.reason).to.equal('remote');
    });

    it('can prevent a start', async () => {
      const { element, session } = await mount();
      element.addEventListener('voice-start', (event) => event.preventDefault());
      const refused = await element.start().catch((error: unknown) => error);
      expect((refused as DOMException).name).to.equal('AbortError');
      expect(session.state).to.equal('idle');
    });
  });

  describe('properties', () => {
    it('reach the session as one options object per change', async () => {
      const { element, session } = await mount({
        'token-url': '/t',
        'idle-timeout': '60',
        greet: '',
        'push-to-talk': '',
      });
      expect(session.configured.length).to.equal(1);
      expect(session.options).to.include({
        tokenUrl: '/t',
        idleTimeout: 60,
        greet: true,
        pushToTalk: true,
        tokenMethod: 'POST',
      });
      element.setAttribute('max-duration', '90');
      element.removeAttribute('token-url');
      await element.updateComplete;
      expect(session.configured.length).to.equal(2);
      expect(session.options).to.include({ maxDuration: 90, tokenUrl: undefined, idleTimeout: 60 });
      element.label = 'Ask us';
      await element.updateComplete;
      expect(session.configured.length, 'a label is not an option of a call').to.equal(2);
    });

    it('set just before start() count for that call', async () => {
      const { element, session } = await mount();
      element.sessionUrl = '/session';
      void element.start();
      expect(session.options.sessionUrl).to.equal('/session');
    });

    it('muted is passed on both ways and reflected', async () => {
      const { element, session } = await mount({ muted: '' });
      expect(session.muted).to.equal(true);
      session.muted = false;
      await element.updateComplete;
      expect([element.muted, element.hasAttribute('muted')]).to.deep.equal([false, false]);
      element.muted = true;
      expect(session.muted).to.equal(true);
    });

    it('report what the session reports', async () => {
      const { element, session, call } = await mount();
      expect([element.state, element.session, element.error, element.callId]).to.deep.equal([
        'idle',
        undefined,
        undefined,
        undefined,
      ]);
      await call();
      session.callId = 'rtc_1';
      session.inputLevel = 0.5;
      expect([element.callId, element.inputLevel, element.outputLevel, element.usage.totalTokens]).to.deep.equal([
        'rtc_1',
        0.5,
        0,
        7,
      ]);
      expect(element.session).to.equal(session);
      session.fail('connection-lost');
      expect(element.error!.code).to.equal('connection-lost');
      expect(element.session).to.equal(undefined);
    });

    it('disabled refuses a start and ends a call', async () => {
      const { element, session, call, part } = await mount({ disabled: '' });
      const refused = (await element.start().catch((error: unknown) => error)) as { code: string };
      expect([refused.code, session.calls]).to.deep.equal(['configuration', []]);
      void element.start(); // A refusal that nobody handles is not reported, or the test would fail.
      expect((part('start-button') as HTMLButtonElement).disabled).to.equal(true);
      element.disabled = false;
      await call();
      element.disabled = true;
      await element.updateComplete;
      expect(session.calls.at(-1)).to.equal('stop stopped');
    });

    it('disabled takes back what was made ahead of a call, and keeps a failure', async () => {
      const { element, session } = await mount();
      element.disabled = true;
      await element.updateComplete;
      expect(session.calls).to.deep.equal(['stop stopped']);
      element.disabled = false;
      void element.start();
      session.fail('connection-lost');
      element.disabled = true;
      await element.updateComplete;
      expect([session.calls.at(-1), element.state]).to.deep.equal(['start', 'failed']);
    });

    it('hide the transcript and the text field', async () => {
      const { call, part } = await mount({ 'no-transcript': '', 'no-text-input': '' });
      await call();
      expect([part('transcript'), part('text-field')]).to.deep.equal([null, null]);
    });
  });

  it('passes the methods on to the session', async () => {
    const { call, element, session } = await mount();
    await call();
    element.interrupt();
    element.beginTurn();
    element.endTurn();
    element.disableMicrophone();
    element.send({ type: 'response.create' });
    await element.sendText('Hi');
    element.stop();
    expect(session.calls.slice(1)).to.deep.equal([
      'interrupt',
      'begin turn',
      'end turn',
      'disable microphone',
      'send response.create',
      'text Hi',
      'stop stopped',
    ]);
  });

  describe('in the document', () => {
    it('can be moved, also with a pause, without ending its call', async () => {
      const { call, element, session } = await mount();
      await call();
      const parent = element.parentElement!;
      parent.append(element);
      element.remove();
      await aTimeout(300);
      parent.append(element);
      await aTimeout(1100);
      expect(session.state).to.equal('listening');
    });

    it('can be moved by moveBefore() without being disconnected', async () => {
      const { call, element, session } = await mount();
      await call();
      let disconnected = 0;
      element.addController({ hostDisconnected: () => disconnected++ });
      const parent = element.parentElement! as HTMLElement & { moveBefore(node: Node, before: Node | null): void };
      parent.moveBefore(element, parent.firstChild);
      await element.updateComplete;
      expect([disconnected, session.state]).to.deep.equal([0, 'listening']);
    });

    it('ends its call a second after it was removed', async () => {
      const { call, element, session } = await mount();
      await call();
      element.remove();
      await aTimeout(700);
      expect(session.state).to.equal('listening');
      await aTimeout(500);
      expect(session.calls.at(-1)).to.equal('stop removed');
    });
  });
});
