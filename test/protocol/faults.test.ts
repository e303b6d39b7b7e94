import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoiceErrorCode } from '../../src/errors.js';
import type { Fault, ResponseEnded } from '../../src/protocol/signals.js';
import { read } from './wire.js';

/** The service's code, what it does to the session, the code that pages see. */
const TABLE: [string, Fault['severity'], VoiceErrorCode][] = [
  ['session_expired', 'fatal', 'session-expired'],
  ['insufficient_quota', 'fatal', 'quota-exceeded'],
  ['invalid_api_key', 'fatal', 'token-unauthorized'],
  ['beta_api_shape_disabled', 'fatal', 'configuration'],
  ['conversation_already_has_active_response', 'busy', 'server-error'],
  ['response_cancel_not_active', 'outdated', 'server-error'],
  ['input_audio_buffer_commit_empty', 'outdated', 'server-error'],
  ['cannot_update_voice', 'passing', 'server-error'],
  ['unknown_parameter', 'passing', 'server-error'],
  ['invalid_value', 'passing', 'server-error'],
  ['unsupported_content_type', 'passing', 'server-error'],
  ['rate_limit_exceeded', 'passing', 'rate-limited'],
  ['inference_rate_limit_exceeded', 'passing', 'rate-limited'],
  ['server_error', 'passing', 'server-error'],
  ['a_code_nobody_has_seen', 'passing', 'server-error'],
];

const error = (fields: unknown) => read({ type: 'error', event_id: 'event_1', error: fields });
const failed = (error: unknown) =>
  read({
    type: 'response.done',
    response: { id: 'resp_1', status: 'failed', status_details: { type: 'failed', error } },
  });

describe('faults', () => {
  for (const [code, severity, voiceCode] of TABLE) {
    it(`${code} is ${severity}: ${voiceCode}`, () => {
      const own = code === 'server_error' ? ({ isServerFailure: true } as const) : undefined;
      const fault: Fault = { type: 'fault', severity, code: voiceCode, message: 'As the service puts it.', ...own };
      const discarded = code === 'input_audio_buffer_commit_empty' ? [{ type: 'turn-discarded' }] : [];
      assert.deepEqual(error({ type: 'invalid_request_error', code, message: 'As the service puts it.' }), [
        ...discarded,
        fault,
      ]);
      assert.deepEqual(failed({ code, message: 'As the service puts it.' }), [
        { type: 'response-ended', responseId: 'resp_1', outcome: 'failed', fault } satisfies ResponseEnded,
      ]);
    });
  }

  it('are read by their type if there is no code', () => {
    assert.deepEqual(error({ type: 'insufficient_quota', code: null, message: 'No more.' }), [
      { type: 'fault', severity: 'fatal', code: 'quota-exceeded', message: 'No more.' },
    ]);
  });

  it('name the client event that the service has rejected, by either field', () => {
    const rejected = (fields: object) => (error({ code: 'invalid_value', ...fields })[0] as Fault).rejectedEventId;
    assert.equal(rejected({ event_id: 'mine' }), 'mine');
    assert.equal(rejected({ client_event_id: 'mine', event_id: 'another' }), 'mine');
    for (const nothing of [null, undefined, '', 7, {}]) assert.equal(rejected({ event_id: nothing }), undefined);
  });

  it('always have a message', () => {
    const message = (fields: unknown) => (error(fields)[0] as Fault).message;
    assert.equal(message({ code: 'server_error' }), 'server_error');
    for (const nothing of [undefined, null, 'text', [], {}, { message: 7 }, { code: '', message: null }]) {
      assert.match(message(nothing), /\w/);
    }
  });

  it('tell a failure of the service itself from what it refuses', () => {
    const isServerFailure = (fields: unknown) => (error(fields)[0] as Fault).isServerFailure;
    assert.equal(isServerFailure({ type: 'server_error', code: 'internal_error' }), true);
    assert.equal(isServerFailure({ type: 'server_error', code: null }), true);
    assert.equal(isServerFailure(undefined), true, 'nothing speaks against it');
    for (const type of ['invalid_request_error', 'rate_limit_exceeded', 'content_filter'])
      assert.equal(isServerFailure({ type }), undefined, type);
  });

  it('name the reason of an incomplete response', () => {
    const [ended] = read({
      type: 'response.done',
      response: { id: 'resp_1', status: 'incomplete', status_details: { reason: 'content_filter' } },
    });
    const { fault } = ended as ResponseEnded;
    assert.deepEqual([fault?.severity, fault?.isServerFailure], ['passing', undefined]);
    assert.equal(fault!.message, 'content_filter');
  });

  it('are read only of failed and incomplete responses', () => {
    for (const status of ['completed', 'cancelled', 'in_progress', undefined]) {
      const [ended] = read({
        type: 'response.done',
        response: { id: 'resp_1', status, status_details: { error: { code: 'session_expired' } } },
      });
      assert.equal((ended as ResponseEnded).fault, undefined, status);
    }
  });
});
