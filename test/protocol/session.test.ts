import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionOpened } from '../../src/protocol/signals.js';
import { realtime } from '../../src/protocol/realtime.js';
import { readOne } from './wire.js';

function opened(session: unknown): SessionOpened {
  const signal = readOne({ type: 'session.created', session });
  assert.equal(signal.type, 'session-opened');
  return signal as SessionOpened;
}

describe('the announced session', () => {
  it('transcribes speech only if it has a transcription model, in GA or beta fields', () => {
    assert.equal(
      opened({ type: 'realtime', audio: { input: { transcription: { model: 'gpt-transcribe' } } } }).transcribesInput,
      true,
    );
    assert.equal(opened({ input_audio_transcription: { model: 'whisper-1' } }).transcribesInput, true);
    for (const session of [
      { audio: { input: { transcription: null } } },
      { input_audio_transcription: null },
      { type: 'realtime' },
      {},
      null,
    ]) {
      assert.equal(opened(session).transcribesInput, false, JSON.stringify(session));
    }
  });

  it('responds to turns unless that is turned off', () => {
    const detection = { type: 'semantic_vad', create_response: false };
    assert.equal(opened({ audio: { input: { turn_detection: detection } } }).answersTurns, false);
    assert.equal(opened({ turn_detection: detection }).answersTurns, false);
    assert.equal(opened({ turn_detection: { type: 'server_vad' } }).answersTurns, true);
    // A proxy that hides the configuration says nothing; the service's own default is to answer.
    assert.equal(opened({}).answersTurns, true);
  });

  it('keeps the turn detection as it is announced', () => {
    const detection = { type: 'server_vad', threshold: 0.7, idle_timeout_ms: null };
    assert.deepEqual(opened({ audio: { input: { turn_detection: detection } } }).turnDetection, detection);
    assert.deepEqual(opened({ turn_detection: detection }).turnDetection, detection);
    assert.equal(opened({ audio: { input: { turn_detection: null } } }).turnDetection ?? null, null);
  });

  it('lists its tools, if any', () => {
    const tools = [
      { type: 'function', name: 'opening_hours' },
      { type: 'mcp', server_label: 'shop' },
    ];
    assert.deepEqual(opened({ tools }).tools, tools);
    for (const none of [undefined, null, 'all', {}]) assert.deepEqual(opened({ tools: none }).tools, []);
  });

  it('is reported again, as a whole, when it is updated', () => {
    const updated = (input: unknown, type = 'realtime'): unknown[] =>
      realtime.read({ type: 'session.updated', session: { type, audio: { input } } });
    const signal = (transcribesInput: boolean, answersTurns: boolean): unknown[] => [
      { type: 'session-updated', transcribesInput, answersTurns },
    ];
    const transcription = { model: 'gpt-transcribe' };
    const quiet = { type: 'server_vad', create_response: false };
    assert.deepEqual(updated({ transcription, turn_detection: { type: 'server_vad' } }), signal(true, true));
    assert.deepEqual(updated({ transcription, turn_detection: quiet }), signal(true, false));
    assert.deepEqual(updated({ transcription: null, turn_detection: null }), signal(false, false));
    assert.deepEqual(updated({ turn_detection: { type: 'server_vad' } }, 'transcription'), signal(true, false));
    for (const hidden of [undefined, null, {}, { transcription }]) assert.deepEqual(updated(hidden), []);
  });

  it('of kind transcription never responds', () => {
    const { kind, transcribesInput, answersTurns } = opened({ type: 'transcription' });
    assert.deepEqual(
      { kind, transcribesInput, answersTurns },
      { kind: 'transcription', transcribesInput: true, answersTurns: false },
    );
  });

  it('tells the language of the transcription, if it is set, in GA or beta fields', () => {
    const transcription = { model: 'whisper-1', language: 'de' };
    assert.equal(opened({ audio: { input: { transcription } } }).language, 'de');
    assert.equal(opened({ input_audio_transcription: transcription }).language, 'de');
    for (const language of [undefined, null, '', 7, {}])
      assert.equal(opened({ audio: { input: { transcription: { language } } } }).language, undefined);
  });

  it('has its end in milliseconds, if it is reported', () => {
    assert.equal(opened({ expires_at: 1_900_000_000 }).expiresAt, 1_900_000_000_000);
    for (const expires_at of [undefined, null, 0, -5, '1900000000', {}])
      assert.equal(opened({ expires_at }).expiresAt, undefined);
  });
});
