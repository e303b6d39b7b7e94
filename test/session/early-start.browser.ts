import { expect, waitUntil } from '@open-wc/testing';
import { VoiceError } from '../../src/errors.js';
import type { VoiceEventMap } from '../../src/session/events.js';
import type { VoiceSessionOptions } from '../../src/session/session-options.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { openedBy } from './support/opened-by.js';
import { Practice } from './support/practice.js';

/** A session on the practice server, with what it asks for and what it reports. */
class Test {
  readonly session: VoiceSession;
  readonly events: string[] = [];
  secrets = 0;

  constructor(practice: Practice, options: VoiceSessionOptions = {}) {
    const tokenSource = () => ((this.secrets += 1), practice.mint());
    this.session = new VoiceSession({ ...practice.options, tokenSource, ...options });
    const types: (keyof VoiceEventMap)[] = ['voice-start', 'voice-state-change', 'voice-server-event', 'voice-end'];
    for (const type of [...types, 'voice-error', 'change'])
      this.session.addEventListener(type, () => this.events.push(type));
  }

  /** How many calls the conversation has made so far. */
  get spent(): number {
    return 12 - this.session['record'].callBudget.left;
  }
}

describe('an early start', () => {
  let practice: Practice;
  let test: Test;
  before(async () => {
    practice = await Practice.find('early-start');
  });
  afterEach(() => test.session.stop());
  const begin = (options?: VoiceSessionOptions): VoiceSession => (test = new Test(practice, options)).session;

  it('is not seen before start(), which uses it and counts it once', async () => {
    const session = begin();
    await openedBy(() => session.press()).connect();
    expect([session.state, session.callId, test.events]).to.deep.equal(['idle', undefined, []]);
    await session.start({ microphone: false });
    expect([session.state, test.secrets, test.spent]).to.deep.equal(['listening', 1, 1]);
    expect(test.events.indexOf('voice-server-event')).to.be.above(test.events.indexOf('voice-state-change'));
  });

  it('that is taken back counts as a call, and a prepared one does not', () => {
    const session = begin();
    session.warm();
    session.stop();
    expect(test.spent).to.equal(0);
    const other = begin();
    other.press();
    other.release();
    expect([test.spent, test.events]).to.deep.equal([1, []]);
  });

  it('is taken back when the start is cancelled', async () => {
    const session = begin();
    session.addEventListener('voice-start', (event) => event.preventDefault());
    session.press();
    const error = await session.start().catch((reason: unknown) => reason);
    expect([(error as Error).name, test.spent, session.state]).to.deep.equal(['AbortError', 1, 'idle']);
  });

  it('in which the service has failed fails the start with its error', async () => {
    const session = begin();
    const connection = openedBy(() => session.press());
    await connection.connect();
    const received = async (): Promise<number> => {
      const reports = [...(await connection.transport.stats())!.values()] as { messagesReceived?: number }[];
      return reports.find(({ messagesReceived }) => messagesReceived)?.messagesReceived ?? 0;
    };
    const before = await received();
    await practice.send(connection.callId!, { type: 'error', error: { code: 'insufficient_quota', message: 'No.' } });
    await waitUntil(async () => (await received()) > before, 'the fault has not arrived');
    const error = await session.start({ microphone: false }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(VoiceError).and.to.include({ code: 'quota-exceeded' });
    expect([session.state, test.events.filter((type) => /error|end/.test(type))]).to.deep.equal([
      'failed',
      ['voice-error', 'voice-end'],
    ]);
  });

  it('is not made in a running call, nor while the settings of the page are wrong', async () => {
    const session = begin();
    await session.start({ microphone: false });
    session.press();
    expect([test.secrets, test.spent]).to.deep.equal([1, 1]);
    session.stop();
    begin({ fault: new VoiceError('configuration', 'Wrong.') }).press();
    expect([test.secrets, test.spent]).to.deep.equal([0, 0]);
  });
});
