import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DetectedDialect } from '../../src/protocol/detected-dialect.js';
import type { Signal } from '../../src/protocol/signals.js';
import { Clock } from './clock.js';

const types = (signals: readonly { type: string }[]): string[] => signals.map(({ type }) => type);
const mute = { type: 'mute', muted: true } as const;

it('a service speaks Realtime until it says otherwise', () => {
  const dialect = new DetectedDialect(() => assert.fail());
  assert.deepEqual(types(dialect.read({ type: 'session.created', session: {} })), ['session-opened']);
  assert.deepEqual(types(dialect.write({ type: 'respond' })), ['response.create']);
  assert.deepEqual(dialect.write(mute), []);
  dialect.close();
});

it('session.started is the first event of GPT-Live, whose utterances end by themselves', () => {
  const clock = new Clock();
  const signals: Signal[] = [];
  const dialect = new DetectedDialect((signal) => signals.push(signal));
  assert.deepEqual(types(dialect.read({ type: 'session.started', session: {} })), ['session-opened']);
  assert.deepEqual(types(dialect.write(mute)), ['session.input_audio.mute']);
  dialect.read({ type: 'session.input_transcript.delta', delta: 'Hello' });
  clock.pass(2_000);
  assert.deepEqual(types(signals), ['text-settled', 'user-stopped']);
  dialect.read({ type: 'session.input_transcript.delta', delta: 'Hello' });
  dialect.close();
  assert.equal(clock.pending, 0, 'a timer is left');
  clock.stop();
});

it('the name of the spoken text shows the beta, which reports no playback', () => {
  const dialect = new DetectedDialect(() => assert.fail());
  const delta = { type: 'response.audio_transcript.delta', item_id: 'a', response_id: 'resp_1', delta: 'Hi' };
  assert.deepEqual(types(dialect.read(delta)), ['playback-started', 'text-added']);
  assert.deepEqual(types(dialect.read({ type: 'response.done', response: { id: 'resp_1' } })), [
    'response-ended',
    'playback-ended',
  ]);
  dialect.close();
});
