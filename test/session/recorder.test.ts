import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { NO_USAGE, type Usage } from '../../src/protocol/usage.js';
import { VoiceTranscriptEvent, VoiceUsageEvent } from '../../src/session/events.js';
import { Recorder } from '../../src/session/recorder.js';
import { answer, heard, placed, said, saying, userStarted } from '../protocol/conversation.js';

let recorder: Recorder;
let events: (VoiceTranscriptEvent | VoiceUsageEvent)[];
beforeEach(() => {
  const target = new EventTarget();
  events = [];
  for (const type of ['voice-transcript', 'voice-usage']) target.addEventListener(type, (event) => events.push(event as VoiceTranscriptEvent));
  recorder = new Recorder(target);
});

describe('the recorder', () => {
  it('tells the entry that changed, with the transcript as it then is', () => {
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

  it('is silent about what is not shown and what did not change', () => {
    recorder.write(answer('a', null));
    recorder.write({ type: 'response-started', responseId: 'resp_1' });
    assert.equal(events.length, 0);
    recorder.write(said('a', 'Hi'));
    recorder.write(saying('a', ' there'));
    recorder.write(answer('a', null));
    assert.equal(events.length, 1);
  });

  it('tells the words that come late, and only them', () => {
    recorder.write(userStarted('u'));
    recorder.write(said('a', 'Hi'));
    events.length = 0;
    recorder.write(heard('u', 'Hello'));
    assert.deepEqual(events.map((event) => event instanceof VoiceTranscriptEvent && event.detail.entry.id), ['u']);
  });

  it('adds up what the call cost', () => {
    const usage: Usage = { ...NO_USAGE, totalTokens: 5 };
    recorder.write({ type: 'usage', usage });
    recorder.write({ type: 'usage', usage });
    assert.deepEqual(events.map((event) => event instanceof VoiceUsageEvent && [event.detail.last.totalTokens, event.detail.total.totalTokens]), [[5, 5], [5, 10]]);
    assert.equal(recorder.usage.totalTokens, 10);
  });

  it('tells each change of the state, and begins anew with a start', () => {
    const states: unknown[] = [];
    recorder.target.addEventListener('voice-state-change', (event) => states.push((event as CustomEvent).detail));
    for (const type of ['start', 'ready', 'start'] as const) recorder.write({ type });
    assert.deepEqual(states, [{ state: 'connecting', previousState: 'idle' }, { state: 'listening', previousState: 'connecting' }]);
    recorder.write(said('a', 'Hi'));
    recorder.write({ type: 'usage', usage: { ...NO_USAGE, totalTokens: 5 } });
    recorder.write({ type: 'stop' });
    assert.deepEqual([recorder.transcript.length, recorder.usage.totalTokens], [1, 5]);
    events.length = 0;
    recorder.write({ type: 'start' });
    assert.deepEqual([recorder.transcript, recorder.usage, recorder.durationMs, events.length], [[], NO_USAGE, 0, 0]);
  });
});
