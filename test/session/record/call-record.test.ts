import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { NO_USAGE, type Usage } from '../../../src/protocol/usage.js';
import { VoiceTranscriptEvent, VoiceUsageEvent } from '../../../src/session/events.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { Clock } from '../../protocol/clock.js';
import { answer, heard, placed, said, saying, userStarted } from '../../protocol/conversation.js';

let recorder: CallRecord;
let events: (VoiceTranscriptEvent | VoiceUsageEvent)[];
beforeEach(() => {
  const target = new EventTarget();
  events = [];
  for (const type of ['voice-transcript', 'voice-usage'])
    target.addEventListener(type, (event) => events.push(event as VoiceTranscriptEvent));
  recorder = new CallRecord(target);
});

describe('the record of a call', () => {
  it('dispatches the entry that changed, with the transcript at that time', () => {
    recorder.write(placed('u', null, { text: 'Hello' }));
    recorder.write(saying('a', 'H'));
    assert.equal(events.length, 2);
    const [first, second] = events.map((event) => event instanceof VoiceTranscriptEvent && event.detail);
    assert.ok(first && second);
    assert.deepEqual([first.entry.text, second.entry.text], ['Hello', 'H']);
    assert.deepEqual([first.transcript.length, second.transcript.length], [1, 2]);
    assert.equal(second.transcript, recorder.transcript);
    assert.equal(second.transcript[1], second.entry);
  });

  it('dispatches nothing for hidden and unchanged entries', () => {
    recorder.write(answer('a', null));
    recorder.write({ type: 'response-started', responseId: 'resp_1' });
    assert.equal(events.length, 0);
    recorder.write(said('a', 'Hi'));
    recorder.write(saying('a', ' there'));
    recorder.write(answer('a', null));
    assert.equal(events.length, 1);
  });

  it('dispatches only the entry whose text arrives late', () => {
    recorder.write(userStarted('u'));
    recorder.write(said('a', 'Hi'));
    events.length = 0;
    recorder.write(heard('u', 'Hello'));
    assert.deepEqual(
      events.map((event) => event instanceof VoiceTranscriptEvent && event.detail.entry.id),
      ['u'],
    );
  });

  it('adds up the usage', () => {
    const usage: Usage = { ...NO_USAGE, totalTokens: 5 };
    recorder.write({ type: 'usage', of: undefined, usage });
    recorder.write({ type: 'usage', of: undefined, usage });
    assert.deepEqual(
      events.map(
        (event) => event instanceof VoiceUsageEvent && [event.detail.last.totalTokens, event.detail.total.totalTokens],
      ),
      [
        [5, 5],
        [5, 10],
      ],
    );
    assert.equal(recorder.usage.totalTokens, 10);
  });

  it('counts the usage of a response once although it is reported twice', () => {
    const usage: Usage = { ...NO_USAGE, totalTokens: 5 };
    for (const of of ['resp_1', 'resp_1', 'resp_2']) recorder.write({ type: 'usage', of, usage });
    assert.deepEqual([events.length, recorder.usage.totalTokens], [2, 10]);
    recorder.write({ type: 'start' });
    recorder.write({ type: 'usage', of: 'resp_1', usage });
    assert.equal(recorder.usage.totalTokens, 5);
  });

  it('dispatches each change of the state, and begins anew with a start', () => {
    const states: unknown[] = [];
    recorder.target.addEventListener('voice-state-change', (event) => states.push((event as CustomEvent).detail));
    for (const type of ['start', 'ready', 'start'] as const) recorder.write({ type });
    assert.deepEqual(states, [
      { state: 'connecting', previousState: 'idle' },
      { state: 'listening', previousState: 'connecting' },
    ]);
    recorder.write(said('a', 'Hi'));
    recorder.write({ type: 'usage', of: undefined, usage: { ...NO_USAGE, totalTokens: 5 } });
    recorder.write({ type: 'stop' });
    assert.deepEqual([recorder.transcript.length, recorder.usage.totalTokens], [1, 5]);
    events.length = 0;
    recorder.write({ type: 'start' });
    assert.deepEqual([recorder.transcript, recorder.usage, recorder.durationMs, events.length], [[], NO_USAGE, 0, 0]);
  });

  describe('in a conversation that goes on after a failure', () => {
    const error = new VoiceError('connection-lost', 'The line is cut.');
    const usage: Usage = { ...NO_USAGE, totalTokens: 5 };
    let clock: Clock;
    beforeEach(() => {
      clock = new Clock();
      recorder.write({ type: 'start' });
      recorder.write({ type: 'ready' });
      for (const signal of [placed('u', null, { text: 'Hello' }), said('a', 'Hi')]) recorder.write(signal);
      recorder.write({ type: 'usage', of: undefined, usage });
      recorder.write({ type: 'fail', error });
      events.length = 0;
    });
    afterEach(() => clock.stop());

    it('keeps the transcript and the usage, and dispatches none of it again', () => {
      const { transcript } = recorder;
      recorder.write({ type: 'start', keep: true });
      recorder.write({ type: 'ready' });
      assert.deepEqual([recorder.transcript, events.length], [transcript, 0]);
      assert.deepEqual(
        recorder.heard.map(({ text }) => text),
        ['Hello', 'Hi'],
      );
      recorder.write({ type: 'usage', of: undefined, usage });
      assert.equal(recorder.usage.totalTokens, 10);
      recorder.write(placed('v', 'a', { text: 'Are you open?' }));
      assert.deepEqual(
        recorder.transcript.map(({ text }) => text),
        ['Hello', 'Hi', 'Are you open?'],
      );
    });

    it('has lasted since it was first ready', () => {
      clock.pass(5_000);
      recorder.write({ type: 'start', keep: true });
      recorder.write({ type: 'ready' });
      clock.pass(1_000);
      assert.equal(recorder.durationMs, 6_000);
      recorder.write({ type: 'fail', error });
      recorder.write({ type: 'start' });
      assert.equal(recorder.durationMs, 0);
    });

    it('is forgotten when the visitor starts anew', () => {
      recorder.write({ type: 'start' });
      assert.deepEqual([recorder.transcript, recorder.heard, recorder.usage], [[], [], NO_USAGE]);
    });
  });

  it('keeps the transcript when a connection is given up, and dispatches only the interrupted entries', () => {
    recorder.write({ type: 'start' });
    recorder.write({ type: 'ready' });
    for (const signal of [
      placed('u', null, { text: 'Hello' }),
      said('a', 'Hi'),
      saying('b', 'How ar', { responseId: 'resp_2' }),
    ])
      recorder.write(signal);
    events.length = 0;
    recorder.write({ type: 'connection-dropped' });
    const told = events.map(
      (event) => event instanceof VoiceTranscriptEvent && [event.detail.entry.id, event.detail.entry.status],
    );
    assert.deepEqual(told, [['b', 'interrupted']]);
    assert.deepEqual(
      recorder.transcript.map(({ id }) => id),
      ['u', 'a', 'b'],
    );
    assert.equal(recorder.turn?.generating, undefined);
  });
});
