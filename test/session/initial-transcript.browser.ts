import { expect, waitUntil } from '@open-wc/testing';
import type { VoiceSessionOptions } from '../../src/session/session-options.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { Practice } from './support/practice.js';

const QUESTION = { id: 'item_1', role: 'user', text: 'Do you have blue ones?', source: 'speech' } as const;
const ANSWER = {
  id: 'item_2',
  role: 'assistant',
  text: 'We do, unless',
  source: 'speech',
  status: 'interrupted',
} as const;

describe('an earlier conversation', function () {
  this.timeout(30_000);
  let practice: Practice;
  let session: VoiceSession;
  /** What the service says that it knows, in its order. */
  let known: [string, string][];
  before(async () => {
    practice = await Practice.find('initial-transcript');
  });
  afterEach(() => session.stop());

  const call = async (options: VoiceSessionOptions): Promise<void> => {
    session = new VoiceSession({ ...practice.options, ...options });
    known = [];
    session.addEventListener('voice-server-event', ({ detail }) => {
      if (detail.type !== 'conversation.item.added') return;
      const { id, content } = detail['item'] as { id: string; content?: { text?: string }[] };
      known.push([id, content?.[0]?.text ?? '']);
    });
    await session.start({ microphone: false });
  };
  const texts = (): string[] => session.transcript.map(({ text }) => text);

  it('is told to the session with all its words, and is shown before what is said now', async () => {
    await call({ initialTranscript: [QUESTION, ANSWER] });
    await waitUntil(() => known.length === 2, 'the service knows both', { timeout: 5000 });
    expect(known).to.deep.equal([
      [QUESTION.id, QUESTION.text],
      [ANSWER.id, ANSWER.text],
    ]);
    await session.sendText('hello');
    await waitUntil(() => session.transcript.at(-1)?.role === 'assistant' && session.transcript.length === 4);
    expect(texts().slice(0, 3)).to.deep.equal([QUESTION.text, ANSWER.text, 'hello']);
  });

  it('that ends with a question gets an answer, and no greeting', async () => {
    await call({ initialTranscript: [{ ...QUESTION, text: 'hello' }], greet: true });
    await waitUntil(() => session.transcript.length === 2, 'there is an answer', { timeout: 5000 });
    await waitUntil(() => /^Hello to you/.test(texts()[1]!), 'it answers the question', { timeout: 5000 });
  });

  it('is what each further call begins with', async () => {
    await call({ initialTranscript: [QUESTION, ANSWER] });
    await session.sendText('silence');
    session.stop();
    expect(texts()).to.deep.equal([QUESTION.text, ANSWER.text, 'silence']);
    await session.start({ microphone: false });
    expect(texts()).to.deep.equal([QUESTION.text, ANSWER.text]);
  });
});
