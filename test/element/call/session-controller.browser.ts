import { aTimeout, expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { type SessionEvent, SessionController } from '../../../src/element/call/session-controller.js';
import type { VoiceState } from '../../../src/session/index.js';
import type { VoiceSession } from '../../../src/session/voice-session.js';
import { ScriptedSession } from '../../support/scripted-session.js';

/** The smallest element that has a session. It writes down what its controller tells. */
class SessionHostElement extends LitElement {
  static override properties = { muted: { type: Boolean, reflect: true, noAccessor: true } };
  readonly script = new ScriptedSession();
  readonly told: string[] = [];
  renderings = 0;
  readonly controller = new SessionController(this, this.script as unknown as VoiceSession, {
    sessionEvent: (event: SessionEvent) => this.told.push(`${event.type} ${this.getAttribute('state')}`),
    sessionChanged: () => this.told.push('change'),
  });

  get state(): VoiceState {
    return this.script.state;
  }
  get muted(): boolean {
    return this.script.muted;
  }
  get userSpeaking(): boolean {
    return this.script.userSpeaking;
  }
  protected override render(): void {
    this.renderings += 1;
  }
}

describe('the session controller', () => {
  let element: SessionHostElement;
  let session: ScriptedSession;
  const call = async (): Promise<void> => {
    void session.start();
    session.ready();
    await element.updateComplete;
    element.told.length = 0;
    element.renderings = 0;
  };
  before(() => customElements.define('session-host', SessionHostElement));
  beforeEach(async () => {
    element = document.body.appendChild(document.createElement('session-host')) as SessionHostElement;
    session = element.script;
    await element.updateComplete;
  });
  afterEach(() => element.remove());

  describe('passes options on', () => {
    it('as the object that it got, when any of them has changed', () => {
      const options = { tokenUrl: '/t', greet: false };
      element.controller.configure(options);
      expect(session.configured).to.deep.equal([options]);
      expect(session.configured[0]).to.equal(options);
      element.controller.configure({ tokenUrl: '/t', greet: true });
      expect(session.configured.length).to.equal(2);
    });

    it('only once when an equal object follows', () => {
      const tools = [{ name: 'clock' }];
      element.controller.configure({ tokenUrl: '/t', tools });
      element.controller.configure({ tokenUrl: '/t', tools });
      expect(session.configured.length).to.equal(1);
      element.controller.configure({ tokenUrl: '/t', tools: [{ name: 'clock' }] });
      expect(session.configured.length, 'another array').to.equal(2);
    });

    it('without a rendering', async () => {
      await call();
      session.configure = () => session.changed();
      element.controller.configure({ tokenUrl: '/other' });
      await element.updateComplete;
      expect(element.renderings).to.equal(0);
    });
  });

  describe('forwards an event', () => {
    it('as one copy with the same detail', async () => {
      await call();
      const events: CustomEvent[] = [];
      element.addEventListener('voice-transcript', (event) => events.push(event));
      session.say({ id: '1', text: 'Hello' });
      expect(events.length).to.equal(1);
      expect(events[0]!.detail.entry).to.equal(session.transcript[0]);
      expect([events[0]!.target, events[0]!.constructor.name]).to.deep.equal([element, 'VoiceTranscriptEvent']);
    });

    it('after the element has changed', async () => {
      const order: string[] = [];
      element.addEventListener('voice-state-change', () => order.push(`page ${element.told.at(-1)}`));
      void session.start();
      expect(order).to.deep.equal(['page voice-state-change connecting']);
    });

    it('and takes preventDefault() back to the session', async () => {
      element.addEventListener('voice-start', (event) => event.preventDefault());
      const error = (await session.start().catch((reason: unknown) => reason)) as DOMException;
      expect([error.name, session.state]).to.deep.equal(['AbortError', 'idle']);
    });
  });

  describe('renders the element', () => {
    it('not for a word, however many come', async () => {
      await call();
      session.say({ id: '1', text: 'Do' });
      await element.updateComplete;
      expect(element.renderings, 'the first entry brings the buttons of the transcript').to.equal(1);
      for (const text of ['Do you', 'Do you still', 'Do you still have']) {
        session.say({ id: '1', text });
        await element.updateComplete;
      }
      expect(element.renderings).to.equal(1);
      expect(element.told.filter((what) => what === 'change').length).to.equal(4);
    });

    it('not when nothing has changed', async () => {
      await call();
      session.changed();
      session.changed();
      await element.updateComplete;
      expect(element.renderings).to.equal(0);
    });

    for (const [what, change] of Object.entries<(session: ScriptedSession) => void>({
      'the state': (session) => session.to('thinking'),
      'the microphone': (session) => (session.microphone = 'off'),
      'the running tools': (session) => (session.runningTools = ['check_stock']),
      'the kind of session': (session) => (session.kind = 'transcription'),
      muting: (session) => (session.muted = true),
    })) {
      it(`once when ${what} changes`, async () => {
        await call();
        change(session);
        session.changed();
        session.changed();
        await element.updateComplete;
        expect(element.renderings).to.equal(1);
      });
    }

    it('with the attribute muted, when the session was muted', async () => {
      session.muted = true;
      await element.updateComplete;
      expect(element.hasAttribute('muted')).to.equal(true);
      session.muted = false;
      await element.updateComplete;
      expect(element.hasAttribute('muted')).to.equal(false);
    });
  });

  describe('when the element is removed', () => {
    it('ends the call after a second', async () => {
      await call();
      element.remove();
      await aTimeout(700);
      expect(session.state).to.equal('listening');
      await aTimeout(500);
      expect(session.calls.at(-1)).to.equal('stop removed');
    });

    it('goes on when the element is back before', async () => {
      await call();
      element.remove();
      await aTimeout(300);
      document.body.append(element);
      await aTimeout(1000);
      expect(session.state).to.equal('listening');
    });

    it('without a call takes back what was made ahead of one', async () => {
      element.remove();
      await aTimeout(1100);
      expect(session.calls).to.deep.equal(['stop removed']);
    });

    it('keeps a failure', async () => {
      void session.start();
      session.fail('connection-lost');
      const { length } = session.calls;
      element.remove();
      await aTimeout(1100);
      expect([session.calls.slice(length), session.state]).to.deep.equal([[], 'failed']);
    });
  });
});
