import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServiceRefusal } from '../../src/errors.js';
import type { Fault, Signal } from '../../src/protocol/signals.js';
import { outcomeOf } from '../../src/session/call-outcome.js';
import { cut, discarded, drained, ended, failed, opened, placed, said, userStopped } from '../protocol/conversation.js';

const fault = (severity: Fault['severity'], code: Fault['code']): Fault => ({
  type: 'fault',
  severity,
  code,
  message: 'As the service puts it.',
});
const closed = (reason: string | undefined): Signal => ({ type: 'session-closed', reason });

/** What becomes of the call, in one line. */
function outcome(signal: Signal): string | undefined {
  const outcome = outcomeOf(signal);
  if (outcome?.type === 'lost') return `lost: ${outcome.code}`;
  return outcome && [outcome.reason, outcome.error?.code, outcome.error?.message].filter(Boolean).join(', ');
}

describe('what a signal means for the call', () => {
  it('is nothing for what happens in a call', () => {
    const signals = [
      opened(),
      placed('u', null),
      said('a', 'Hi'),
      failed('u'),
      discarded,
      userStopped('u'),
      drained('resp_1'),
      cut('resp_1'),
      ended('resp_1'),
      ended('resp_1', 'failed'),
      fault('passing', 'server-error'),
      fault('passing', 'rate-limited'),
      fault('busy', 'server-error'),
    ];
    for (const signal of signals) assert.equal(outcomeOf(signal), undefined, signal.type);
  });

  it('is a failure for a fatal fault, of its own or in a response', () => {
    const quota = fault('fatal', 'quota-exceeded');
    const response: Signal = { type: 'response-ended', responseId: 'resp_1', outcome: 'failed', fault: quota };
    for (const signal of [quota, response])
      assert.equal(outcome(signal), 'error, quota-exceeded, As the service puts it.');
  });

  it("is the service's own refusal, which the site cannot mend, for a refused key", () => {
    for (const code of ['token-unauthorized', 'quota-exceeded'] as const) {
      const outcome = outcomeOf(fault('fatal', code));
      const error = outcome?.type === 'ended' ? outcome.error : undefined;
      assert.deepEqual([error?.code, error instanceof ServiceRefusal], [code, code === 'token-unauthorized']);
    }
  });

  it('is a loss, after which the conversation can go on, for an expired session', () => {
    const expired = fault('fatal', 'session-expired');
    const response: Signal = { type: 'response-ended', responseId: 'resp_1', outcome: 'failed', fault: expired };
    for (const signal of [expired, response, closed('expired')]) assert.equal(outcome(signal), 'lost: session-expired');
    assert.equal(outcome(closed('connection_lost')), 'lost: connection-lost');
  });

  it('is an end without a failure when somebody has closed the session', () => {
    for (const reason of ['close_requested', 'remote_hangup']) assert.equal(outcome(closed(reason)), 'remote');
  });

  it('is a failure when the service closes the session for any other reason', () => {
    assert.equal(
      outcome(closed('content_filter')),
      'error, server-error, The service closed the session: content_filter.',
    );
    assert.equal(outcome(closed(undefined)), 'error, server-error, The service closed the session: no reason given.');
  });
});
