import { expect, waitUntil } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../../src/element/realtime-voice.js';
import '../../../src/index.js';
import { Practice } from '../../session/support/practice.js';

const KEY = 'realtime-voice-transcript';
const SECRET = 'This is a secret.';
const QUOTA = { code: 'insufficient_quota', message: 'No more.' };
const EXPIRED = { code: 'session_expired', message: 'Over.' };

describe('a conversation that is forgotten', function () {
  this.timeout(30_000);
  let practice: Practice;
  let element: RealtimeVoiceElement;
  /** What the service says that it knows. */
  let known: string[];
  before(async () => {
    practice = await Practice.find('kept-conversation');
  });
  beforeEach(async () => {
    element = document.createElement('realtime-voice');
    Object.assign(element, { ...practice.options, persist: 'session' });
    document.body.append(element);
    known = [];
    element.addEventListener('voice-server-event', ({ detail }) => {
      if (detail.type === 'conversation.item.added') known.push(JSON.stringify(detail['item']));
    });
    await ask(SECRET);
    known = [];
  });
  afterEach(() => {
    element.remove();
    sessionStorage.clear();
  });

  const ask = async (text: string): Promise<void> => {
    await element.sendText(text);
    const isAnswered = (): boolean => element.transcript.at(-1)!.role === 'assistant' && element.state === 'listening';
    await waitUntil(isAnswered, `"${text}" is answered`, { timeout: 10_000 });
  };
  const breaks = (error: object): Promise<void> => practice.send(element.session!.callId!, { type: 'error', error });
  const fail = async (): Promise<void> => {
    await breaks(QUOTA);
    await waitUntil(() => element.state === 'failed');
  };
  const expectForgotten = (): void => {
    const texts = element.transcript.map(({ text }) => text);
    for (const words of [...known, ...texts, sessionStorage.getItem(KEY)]) expect(words).not.to.contain('secret');
    expect(texts[0]).to.equal('hello');
    expect(known[0]).to.contain('hello');
  };

  it('after a failure is neither told to the next session nor kept again', async () => {
    await fail();
    expect(sessionStorage.getItem(KEY)).to.contain('secret');
    element.forget();
    expect([element.state, element.transcript, sessionStorage.getItem(KEY)]).to.deep.equal(['idle', [], null]);
    await ask('hello');
    expectForgotten();
  });

  it('before a failure does not come back by another try', async () => {
    element.forget();
    await fail();
    expect(sessionStorage.getItem(KEY)).to.equal(null);
    await ask('hello');
    expectForgotten();
  });

  it('in a call is not told to the session that takes over', async () => {
    element.forget();
    expect([element.state, element.transcript]).to.deep.equal(['listening', []]);
    const reconnected = new Promise((resolve) => element.addEventListener('voice-reconnect', resolve));
    await breaks(EXPIRED);
    await reconnected;
    await ask('hello');
    expectForgotten();
  });
});

describe('a conversation that is kept', function () {
  this.timeout(30_000);
  for (const type of ['voice-state-change', 'voice-end'] as const)
    it(`goes on in the call that a listener of ${type} starts when the last one ends`, async () => {
      const practice = await Practice.find('kept-conversation');
      const element = document.createElement('realtime-voice');
      Object.assign(element, { ...practice.options, persist: 'session' });
      document.body.append(element);
      const texts = (): string[] => element.transcript.map(({ text }) => text);
      const answered = new Promise<void>((resolve) =>
        element.addEventListener('voice-transcript', ({ detail: { entry } }) => {
          if (entry.role === 'assistant' && entry.status === 'final') resolve();
        }),
      );
      await element.sendText('hello');
      await answered;
      const said = texts();
      let again: Promise<void> | undefined;
      element.addEventListener(type, () => void (again = element.start({ microphone: false })), { once: true });
      element.stop();
      await again;
      expect([texts(), sessionStorage.getItem(KEY)?.includes('hello')]).to.deep.equal([said, true]);
      element.remove();
      sessionStorage.clear();
    });
});
