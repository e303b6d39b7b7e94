import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { AnswerWatch } from '../../../src/session/watch/answer-watch.js';
import { Clock } from '../../protocol/clock.js';

const WORD = {
  itemId: 'answer_1',
  role: 'assistant',
  source: 'speech',
  part: 0,
  text: 'We',
  responseId: 'response_1',
} as const;

describe('watching for an answer', () => {
  let clock: Clock;
  let controller: AbortController;
  let record: CallRecord;
  let running: string[];
  let told: string[];
  let watch: AnswerWatch;

  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    record = new CallRecord(new EventTarget());
    for (const type of ['start', 'ready', 'response-awaited'] as const) record.write({ type });
    running = [];
    told = [];
    watch = new AnswerWatch({
      signal: controller.signal,
      record,
      tools: {
        get running() {
          return running;
        },
      },
      warn: (code) => told.push(code),
      retract: (code) => told.at(-1) === code && told.push('taken back'),
    });
  });
  afterEach(() => {
    controller.abort();
    assert.equal(clock.pending, 0);
    clock.stop();
  });

  it('reports after 20 seconds, and once', () => {
    clock.pass(20_000);
    assert.deepEqual(told, []);
    clock.pass(1_000);
    assert.deepEqual(told, ['no-answer']);
    clock.pass(60_000);
    assert.deepEqual(told, ['no-answer']);
  });

  it('counts on when the service announces an answer, and brings nothing of it', () => {
    clock.pass(15_000);
    record.write({ type: 'response-started', responseId: 'response_1' });
    clock.pass(6_000);
    assert.deepEqual(told, ['no-answer']);
  });

  it('takes the report back as soon as the answer begins', () => {
    for (const begin of [
      () => record.write({ type: 'playback-started', responseId: 'response_1' }),
      () => record.write({ ...WORD, type: 'text-added' }),
    ]) {
      record.write({ type: 'stop' });
      for (const type of ['start', 'ready', 'response-awaited'] as const) record.write({ type });
      watch.restart();
      told = [];
      clock.pass(21_000);
      begin();
      watch.check();
      assert.deepEqual(told, ['no-answer', 'taken back']);
    }
  });

  it('counts from 0 when the answer is asked for again', () => {
    clock.pass(21_000);
    watch.restart();
    clock.pass(20_000);
    assert.deepEqual(told, ['no-answer', 'taken back']);
    clock.pass(2_000);
    assert.deepEqual(told, ['no-answer', 'taken back', 'no-answer']);
  });

  it('does not count while the visitor speaks, or a tool runs or waits for the visitor', () => {
    running = ['pay'];
    clock.pass(60_000);
    running = [];
    record.write({ type: 'user-started', itemId: undefined });
    clock.pass(60_000);
    assert.deepEqual(told, []);
  });
});
