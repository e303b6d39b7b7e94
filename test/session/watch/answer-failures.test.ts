import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Fault, Signal } from '../../../src/protocol/signals.js';
import type { VoiceWarningCode } from '../../../src/session/events.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { voiceState } from '../../../src/session/record/session-state.js';
import { TurnTaking } from '../../../src/session/turns/turn-taking.js';
import { AnswerFailures } from '../../../src/session/watch/answer-failures.js';
import { audible, ended, said, saying, started, userStarted, userStopped } from '../../protocol/conversation.js';

const fault = (message: string, of: Partial<Fault> = {}): Fault => ({
  type: 'fault',
  severity: 'passing',
  code: 'server-error',
  message,
  ...of,
});
const FAILURE = fault('The server had an error.', { isServerFailure: true });
const LIMITED = fault('Rate limit reached.', { code: 'rate-limited' });

const failed = (responseId: string, cause: Fault = FAILURE): Signal => ({
  type: 'response-ended',
  responseId,
  outcome: 'failed',
  fault: cause,
});
const incomplete = (responseId: string): Signal => ({
  type: 'response-ended',
  responseId,
  outcome: 'incomplete',
  fault: fault('content_filter'),
});

describe('an answer that fails', () => {
  let record: CallRecord;
  let turns: TurnTaking;
  let failures: AnswerFailures;
  let willContinue: boolean;
  let answers: boolean;
  let log: string[];
  let states: string[];

  beforeEach(() => {
    record = new CallRecord(new EventTarget());
    for (const type of ['start', 'ready'] as const) record.write({ type });
    [willContinue, answers, log, states] = [false, true, [], []];
    record.target.addEventListener('voice-state-change', () => states.push(voiceState(record.state)));
    const warnings = new Set<VoiceWarningCode>();
    const host = {
      record,
      warnings,
      session: { answersTurns: true },
      get answers() {
        return answers;
      },
      tools: {
        get willContinue() {
          return willContinue;
        },
      },
      media: { speaker: { muted: false } },
      microphone: { setTalking() {} },
      command: ({ type }: { type: string }) => void log.push(type),
      warn: (code: VoiceWarningCode, message: string) => void (warnings.add(code), log.push(`${code}: ${message}`)),
      retract: (code: VoiceWarningCode) => void (warnings.delete(code) && log.push('taken back')),
    };
    turns = new TurnTaking(host);
    failures = new AnswerFailures(Object.assign(host, { turns }));
  });

  /** What the call does with each signal. */
  function receive(...signals: readonly Signal[]): void {
    for (const signal of signals) {
      failures.receive(signal);
      record.write(signal);
      turns.receive(signal);
    }
  }
  function done(): string[] {
    return log.splice(0);
  }
  function type(): void {
    turns.sendText('item_1', 'hello');
    assert.deepEqual(done(), ['say', 'respond']);
  }

  it('because of the service is requested once more, without a gap', () => {
    type();
    receive(started('resp_1'), failed('resp_1'));
    assert.deepEqual(done(), ['respond']);
    assert.deepEqual(states, ['thinking']);
    receive(started('resp_2'), saying('answer', 'Hello'), ended('resp_2'));
    assert.deepEqual(done(), []);
  });

  it('again is a warning, until the next answer begins', () => {
    type();
    receive(started('resp_1'), failed('resp_1'), started('resp_2'), failed('resp_2'));
    assert.deepEqual(done(), ['respond', 'answer-failed: The server had an error.']);
    assert.equal(voiceState(record.state), 'listening');
    failures.restart();
    turns.requestResponseAgain();
    assert.deepEqual(done(), ['taken back', 'respond']);
    receive(started('resp_3'), failed('resp_3'));
    assert.deepEqual(done(), ['answer-failed: The server had an error.'], 'once per turn');
    receive(started('resp_4'));
    assert.deepEqual(done(), []);
    receive(saying('answer', 'Hello'));
    assert.deepEqual(done(), ['taken back']);
  });

  it('in the next turn is requested once more, too', () => {
    type();
    receive(started('resp_1'), failed('resp_1'), started('resp_2'), failed('resp_2'));
    done();
    receive(userStarted(), userStopped(), started('resp_3'), failed('resp_3'), started('resp_4'), failed('resp_4'));
    assert.deepEqual(done(), ['respond', 'answer-failed: The server had an error.']);
    receive(started('resp_5'), audible('resp_5'));
    assert.deepEqual(done(), ['taken back']);
  });

  it('because of a limit is a warning at once', () => {
    type();
    receive(started('resp_1'), failed('resp_1', LIMITED));
    assert.deepEqual(done(), ['answer-failed: Rate limit reached.']);
  });

  it('while the visitor speaks again is not asked for into their words', () => {
    type();
    receive(started('resp_1'), userStarted(), failed('resp_1'), userStopped());
    assert.deepEqual(done(), []);
  });

  it('without words, because it is incomplete, is a warning', () => {
    type();
    receive(started('resp_1'), incomplete('resp_1'));
    assert.deepEqual(done(), ['answer-failed: content_filter']);
  });

  it('is none if it is incomplete and has words, was cancelled, or ends the call', () => {
    type();
    receive(started('resp_1'), saying('answer', 'We are'), said('answer', 'We are'), incomplete('resp_1'));
    receive(started('resp_2'), ended('resp_2', 'cancelled'));
    receive(started('resp_3'), failed('resp_3', fault('No more.', { severity: 'fatal', code: 'quota-exceeded' })));
    assert.deepEqual(done(), []);
  });

  it('but has called tools goes on with their results', () => {
    willContinue = true;
    type();
    receive(started('resp_1'), failed('resp_1'));
    assert.deepEqual(done(), []);
  });

  it('is reported once if an error says the same', () => {
    for (const order of [
      [failed('resp_1', LIMITED), fault('Too many requests.')],
      [fault('Too many requests.'), failed('resp_1', LIMITED)],
    ]) {
      type();
      receive(started('resp_1'), ...order);
      assert.match(done().join(), /^answer-failed: [^,]+$/);
    }
  });

  it('and an error of the service are the same to the page: errors are one warning in a turn', () => {
    type();
    receive(fault('Odd.'), fault('Odd.'), started('resp_1'), saying('answer', 'Well'), fault('Odd.'), ended('resp_1'));
    assert.deepEqual(done(), ['answer-failed: Odd.', 'taken back']);
    type();
    receive(fault('Odd.'), fault('Strange.'));
    assert.deepEqual(done(), ['answer-failed: Odd.']);
  });

  it('is nothing that the page has asked for, that was out of date, or that happens where nothing is answered', () => {
    type();
    receive(fault('Refused.', { rejectedEventId: 'mine' }), fault('Late.', { severity: 'outdated' }));
    receive(fault('Busy.', { severity: 'busy' }));
    answers = false;
    receive(fault('Odd.'));
    assert.deepEqual(done(), []);
  });
});
