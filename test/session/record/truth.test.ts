import assert from 'node:assert/strict';
import { it } from 'node:test';
import { next, voiceState, type CallState, type StateInput } from '../../../src/session/record/session-state.js';
import { Conversation } from '../../../src/session/record/conversation.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { TurnTaking } from '../../../src/session/turns/turn-taking.js';
import { Clock } from '../../protocol/clock.js';
import { answer, ended, heard, placed, said, toolCall, userStarted } from '../../protocol/conversation.js';
import { read } from '../../protocol/wire.js';

function shown(...inputs: StateInput[]): string[] {
  const conversation = new Conversation();
  for (const [index, input] of inputs.entries()) conversation.apply(input, index);
  return conversation.entries.map(({ role, status, text }) => `${role} ${status}: ${text}`);
}
function orders<T>(all: readonly T[]): T[][] {
  return all.length === 0
    ? [[]]
    : all.flatMap((one) => orders(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}

it('a system message has no entry', () => {
  const item = {
    id: 's',
    type: 'message',
    role: 'system',
    content: [{ type: 'input_text', text: 'Never mention prices.' }],
  };
  assert.deepEqual(shown(...read({ type: 'conversation.item.added', previous_item_id: null, item })), []);
});

for (const held of [0, 150]) {
  it(`the service's word that the buffer is clear, ${held} ms after the press, does not end the visitor's turn`, () => {
    const clock = new Clock();
    let state: CallState = next({ phase: 'connecting' }, { type: 'ready' });
    const record = {
      get turn() {
        return 'turn' in state ? state.turn : undefined;
      },
      write: (input: StateInput) => void (state = next(state, input)),
    };
    const turns = new TurnTaking({
      record: record as never,
      command() {},
      media: { speaker: { muted: false } },
      answers: true,
      session: undefined,
      microphone: { setTalking() {} },
    });
    turns.begin();
    clock.pass(held);
    if (held) turns.end();
    for (const signal of read({ type: 'input_audio_buffer.cleared' })) {
      if (turns.isInterruptedPlayback(signal)) continue;
      state = next(state, signal);
      turns.receive(signal);
    }
    turns.close();
    clock.stop();
    if (held) assert.equal(voiceState(state), 'thinking');
    else assert.equal('turn' in state && state.turn.userSpeaking, true);
  });
}

it('a second report of the start of speech does not remove the text', () => {
  assert.deepEqual(shown(userStarted('u'), placed('u', null), heard('u', 'Hello'), userStarted('u')), [
    'user final: Hello',
  ]);
});

it('the order is that of the items, in whatever order they are reported', () => {
  const items = [
    placed('u1', null, { text: '1' }),
    toolCall('call', 'u1'),
    answer('a', 'call'),
    placed('u2', 'a', { text: '3' }),
  ];
  for (const order of orders(items))
    assert.deepEqual(
      shown(...order, said('a', '2')).map((line) => line.at(-1)),
      ['1', '2', '3'],
    );
});

// malformed.test.ts: add '__proto__', 'constructor' and { toString: null, valueOf: null } to SPOILED
it('a type that cannot be made a string does not throw', () => {
  assert.doesNotThrow(() =>
    read({
      type: 'conversation.item.added',
      item: { id: 'a', content: [{ type: { toString: null, valueOf: null } }] },
    }),
  );
});

it('a code named like a method of objects is not fatal', () => {
  assert.deepEqual(read({ type: 'error', error: { code: 'constructor', message: 'x' } }), [
    { type: 'fault', severity: 'passing', code: 'server-error', message: 'x' },
  ]);
});

it('an answer that was cancelled before its text arrived does not come back with its item', () => {
  assert.deepEqual(
    shown(
      answer('a', null),
      ended('resp_1', 'cancelled'),
      placed('a', null, { role: 'assistant', text: 'Never heard' }),
    ),
    [],
  );
});

it('the same text reported twice is one change', () => {
  const target = new EventTarget();
  let told = 0;
  target.addEventListener('voice-transcript', () => (told += 1));
  const recorder = new CallRecord(target);
  recorder.write(said('a', 'Hi'));
  recorder.write(said('a', 'Hi'));
  assert.equal(told, 1);
});
