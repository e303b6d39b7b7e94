import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { CallMemory } from '../../../src/element/card/call-memory.js';
import { type EndDetail, VoiceEndEvent, VoiceQualityEvent, VoiceStartEvent } from '../../../src/session/events.js';

const ENDED: EndDetail = { reason: 'stopped', durationMs: 84_000, usage: {} as never, transcript: [] };
const POOR = { quality: 'poor', roundTripMs: 900, jitterMs: 90, lossPercent: 9 } as const;

describe('what the card remembers of a call', () => {
  let memory: CallMemory;
  beforeEach(() => (memory = new CallMemory()));

  it('is how it ended', () => {
    memory.sessionEvent(new VoiceEndEvent(ENDED));
    assert.equal(memory.ended, ENDED);
  });

  it('is nothing of a start that was cancelled, and nothing of a call that failed', () => {
    memory.sessionEvent(new VoiceEndEvent({ ...ENDED, durationMs: 0 }));
    memory.sessionEvent(new VoiceEndEvent({ ...ENDED, reason: 'error' }));
    assert.equal(memory.ended, undefined);
  });

  it('is whether the connection is weak', () => {
    memory.sessionEvent(new VoiceQualityEvent(POOR));
    assert.equal(memory.weakConnection, true);
    memory.sessionEvent(new VoiceQualityEvent({ ...POOR, quality: 'good' }));
    assert.equal(memory.weakConnection, false);
  });

  it('is forgotten when the next call starts', () => {
    memory.sessionEvent(new VoiceQualityEvent(POOR));
    memory.sessionEvent(new VoiceEndEvent(ENDED));
    memory.kind = 'transcription';
    memory.sessionEvent(new VoiceStartEvent({ microphone: true }));
    assert.deepEqual({ ...memory }, { ended: undefined, kind: 'conversation', weakConnection: false });
  });
});
