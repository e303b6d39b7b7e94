import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoiceError } from '../../src/errors.js';
import { NO_USAGE } from '../../src/protocol/usage.js';
import { VoiceSession, type VoiceEndEvent } from '../../src/session/index.js';
import { heard, saying } from '../protocol/conversation.js';

it('changed options dispatch `change` only if a property of the session has changed', () => {
  const session = new VoiceSession({ tokenUrl: '/token' });
  let changes = 0;
  session.addEventListener('change', () => (changes += 1));
  session.configure({ tokenUrl: '/other', greet: true, pushToTalk: true, volume: 0.5, tools: [] });
  session.configure({ muted: false });
  session.configure({});
  assert.equal(changes, 0);
  session.configure({ muted: true });
  assert.deepEqual([changes, session.muted], [1, true]);
  session.muted = true;
  assert.equal(changes, 1);
  session.muted = false;
  assert.deepEqual([changes, session.muted], [2, false]);
});

it('a session without a call is idle, empty and silent, and has nothing to stop or to send to', () => {
  const session = new VoiceSession();
  let events = 0;
  for (const type of ['change', 'voice-end', 'voice-state-change']) session.addEventListener(type, () => (events += 1));
  session.stop();
  session.interrupt();
  session.beginTurn();
  session.endTurn();
  session.disableMicrophone();
  session.stillHere();
  session.resumePlayback();
  assert.deepEqual(
    [session.state, session.transcript, session.microphone, session.inputLevel, session.outputLevel, session.callId],
    ['idle', [], 'off', 0, 0, undefined],
  );
  assert.throws(() => session.send({ type: 'response.create' }), { name: 'VoiceError', code: 'configuration' });
  assert.equal(events, 0);
});

it('a call that has ended tells its own figures, although a listener has started the next one', () => {
  const session = new VoiceSession();
  // What a call does with its record.
  const record = session['record'];
  for (const type of ['start', 'ready'] as const) record.write({ type });
  for (const signal of [heard('item_1', 'Hello'), saying('item_2', 'Good mor')]) record.write(signal);
  record.write({ type: 'usage', of: 'resp_1', usage: { ...NO_USAGE, totalTokens: 7 } });
  const ends: VoiceEndEvent['detail'][] = [];
  session.addEventListener('voice-end', ({ detail }) => ends.push(detail));
  session.addEventListener('voice-state-change', () => void session.start(), { once: true });
  session.stop();
  const { durationMs, usage, transcript } = ends.find(({ reason }) => reason === 'stopped')!;
  assert.ok(durationMs > 0);
  assert.deepEqual(
    [usage.totalTokens, transcript.map(({ text, status }) => [text, status])],
    [
      7,
      [
        ['Hello', 'final'],
        ['Good mor', 'interrupted'],
      ],
    ],
  );
  // That one fails at once, because it has nothing to call.
  assert.deepEqual([session.state, session.usage, session.transcript], ['failed', NO_USAGE, []]);
});

describe('a start in a listener of the end of a call', () => {
  /** A session in a call, and its events in their order. */
  function running(): { session: VoiceSession; events: string[] } {
    const session = new VoiceSession({ fault: new VoiceError('configuration', 'The next call fails at once.') });
    for (const type of ['start', 'ready'] as const) session['record'].write({ type });
    const events: string[] = [];
    session.addEventListener('voice-start', () => events.push('start'));
    session.addEventListener('voice-state-change', ({ detail }) => events.push(detail.state));
    session.addEventListener('voice-error', ({ detail }) => events.push(`error ${detail.error.code}`));
    session.addEventListener('voice-end', ({ detail }) => events.push(`end ${detail.reason}`));
    return { session, events };
  }
  const NEXT = ['start', 'connecting', 'failed', 'error configuration', 'end error'];

  for (const type of ['voice-state-change', 'voice-end'] as const)
    it(`has its first event after the last one of that call: ${type}`, async () => {
      const { session, events } = running();
      let next: Promise<void> | undefined;
      session.addEventListener(type, () => void (next = session.start()), { once: true });
      session.addEventListener('voice-end', () => events.push('the last listener'), { once: true });
      session.stop();
      assert.deepEqual(events, ['idle', 'end stopped', 'the last listener', ...NEXT]);
      await assert.rejects(next!, { code: 'configuration' });
    });

  it('is cancelled by a stop after it, and the one after that counts', async () => {
    const { session, events } = running();
    const starts: Promise<void>[] = [];
    session.addEventListener(
      'voice-state-change',
      () => {
        starts.push(session.start());
        assert.equal(session.start(), starts[0]);
        session.stop();
        starts.push(session.start());
      },
      { once: true },
    );
    session.stop();
    assert.deepEqual(events, ['idle', 'end stopped', ...NEXT]);
    await assert.rejects(starts[0]!, { name: 'AbortError' });
    await assert.rejects(starts[1]!, { code: 'configuration' });
  });
});

it('a start that a listener of voice-start stops is cancelled', async () => {
  const session = new VoiceSession();
  const events: string[] = [];
  session.addEventListener('voice-start', () => session.stop());
  session.addEventListener('voice-state-change', ({ detail }) => events.push(detail.state));
  await assert.rejects(session.start(), { name: 'AbortError' });
  assert.deepEqual([session.state, events], ['idle', []]);
});

it('an earlier conversation is shown before the first call, and every id can be sent', () => {
  const session = new VoiceSession({
    initialTranscript: [
      { id: 'item_1', role: 'user', text: 'Do you have blue ones?', source: 'speech', status: 'partial', createdAt: 5 },
      { id: 'item_1', role: 'assistant', text: 'We do, un', status: 'interrupted' },
      { id: 'x'.repeat(33), role: 'user', text: 'Thanks' },
    ],
  });
  const [first, second, third] = session.transcript;
  assert.deepEqual(first, {
    id: 'item_1',
    role: 'user',
    text: 'Do you have blue ones?',
    status: 'final',
    source: 'speech',
    createdAt: 5,
  });
  assert.deepEqual([second?.role, second?.text, second?.status], ['assistant', 'We do, un', 'interrupted']);
  const ids = session.transcript.map(({ id }) => id);
  assert.equal(new Set(ids).size, 3);
  assert.ok(ids.every((id) => id.length <= 32));
  assert.ok(Date.now() - third!.createdAt < 60_000);
});

it('an earlier conversation can be set later, and taken back, while there is no call', () => {
  const session = new VoiceSession();
  let changes = 0;
  session.addEventListener('change', () => (changes += 1));
  session.addEventListener('voice-transcript', () => assert.fail('Nobody has said it now.'));
  session.configure({ initialTranscript: [{ role: 'user', text: 'Hello' }] });
  const shown = session.transcript;
  session.configure({ greet: true });
  assert.deepEqual([session.transcript === shown, shown.length, changes], [true, 1, 1]);
  session.configure({ initialTranscript: undefined });
  assert.deepEqual([session.transcript.length, changes], [0, 2]);
});
