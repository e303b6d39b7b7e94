import { expect } from '@open-wc/testing';
import type { EndReason } from '../../src/session/events.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { Practice } from './support/practice.js';
import { Prompt } from './support/prompt.js';

describe('a call that a listener stops', function () {
  this.timeout(30_000);
  let practice: Practice;
  let session: VoiceSession;
  let ends: EndReason[];
  let secrets: number;
  before(async () => {
    practice = await Practice.find('stop-in-listener');
  });
  beforeEach(() => {
    [ends, secrets] = [[], 0];
    const tokenSource = () => ((secrets += 1), practice.mint());
    session = new VoiceSession({ ...practice.options, tokenSource });
    session.addEventListener('voice-end', ({ detail }) => ends.push(detail.reason));
  });
  afterEach(() => session.stop());
  const failure = (promise: Promise<void>): Promise<unknown> => promise.catch((reason: unknown) => reason);

  it('as soon as it is ready never counts as started', async () => {
    session.addEventListener('voice-state-change', ({ detail }) => detail.state === 'listening' && session.stop());
    expect(await failure(session.start({ microphone: false }))).to.include({ name: 'AbortError' });
    expect([session.state, ends]).to.deep.equal(['idle', ['stopped']]);
  });

  it('ends no later call', async () => {
    await session.start({ microphone: false });
    const first = session['call']!;
    session.stop();
    await session.start({ microphone: false });
    first.end('idle');
    expect([session.state, ends]).to.deep.equal(['listening', ['stopped']]);
  });

  it('and that the same listener starts anew ends before the next one begins', async () => {
    await session.start({ microphone: false });
    const events: string[] = [];
    for (const type of ['voice-start', 'voice-state-change', 'voice-end'])
      session.addEventListener(type, () => events.push(`${type} ${session.state}`));
    let next: Promise<void> | undefined;
    session.addEventListener('voice-state-change', () => void (next = session.start({ microphone: false })), {
      once: true,
    });
    session.stop();
    const ended = ['voice-state-change idle', 'voice-end idle'];
    expect(events).to.deep.equal([...ended, 'voice-start idle', 'voice-state-change connecting']);
    await next;
    expect([session.state, ends]).to.deep.equal(['listening', ['stopped']]);
  });

  it('while another one ends for it asks for no microphone', async () => {
    const other = new VoiceSession(practice.options);
    await other.start({ microphone: false });
    other.addEventListener('voice-end', () => session.stop());
    const prompt = new Prompt();
    expect(await failure(session.start())).to.include({ name: 'AbortError' });
    prompt.close();
    expect([prompt.asked, session.state, ends]).to.deep.equal([[], 'idle', ['stopped']]);
  });

  it('at the event that loses the session does not dial again', async () => {
    await session.start({ microphone: false });
    const { callId } = session;
    const response = { id: 'resp_last', object: 'realtime.response', status: 'in_progress', output: [] };
    const error = { type: 'server_error', code: 'session_expired', message: 'Over.' };
    const stopped = new Promise<void>((resolve) =>
      session.addEventListener('voice-state-change', ({ detail }) => {
        if (detail.state !== 'listening') return;
        session.stop();
        resolve();
      }),
    );
    void practice.send(
      callId!,
      { type: 'response.created', response },
      { type: 'response.done', response: { ...response, status: 'failed', status_details: { type: 'failed', error } } },
    );
    await stopped;
    // A first try to dial again has no delay, so it would have asked for its secret before this one is there.
    await practice.mint();
    expect([secrets, ends]).to.deep.equal([1, ['stopped']]);
  });
});
