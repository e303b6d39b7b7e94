import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { watchMicrophone, type Ear } from '../../../src/session/watch/microphone-watch.js';
import { Clock } from '../../protocol/clock.js';

const SILENCE: Ear = { level: 0, rms: 0 };
const ROOM: Ear = { level: 0.1, rms: 0.001 };
const SPEECH: Ear = { level: 0.7, rms: 0.1 };

describe('watching the microphone', () => {
  let clock: Clock;
  let controller: AbortController;
  let told: string[];
  let heard: { ear: Ear | undefined; microphone: { muted: boolean; readyState: 'live' | 'ended' } | undefined };
  let options: { muted: boolean };
  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    told = [];
    heard = { ear: ROOM, microphone: { muted: false, readyState: 'live' } };
    options = { muted: false };
    watchMicrophone({
      signal: controller.signal,
      options,
      media: heard,
      warn: (code) => told.push(code),
      replaceMicrophone: async () => void told.push('ended'),
    });
  });
  afterEach(() => clock.stop());
  const hear = (ear: Ear | undefined, ms: number): void => {
    heard.ear = ear;
    clock.pass(ms);
  };

  it('warns once for each utterance that is spoken while muted', () => {
    options.muted = true;
    hear(SPEECH, 3_000);
    assert.deepEqual(told, ['muted-speech']);
    // The gaps between words do not end an utterance.
    hear(ROOM, 600);
    hear(SPEECH, 2_000);
    assert.deepEqual(told, ['muted-speech']);
    hear(ROOM, 1_200);
    hear(SPEECH, 2_000);
    assert.deepEqual(told, ['muted-speech', 'muted-speech']);
  });

  it('does not take a cough for an utterance', () => {
    options.muted = true;
    hear(SPEECH, 200);
    hear(ROOM, 2_000);
    hear(SPEECH, 200);
    hear(ROOM, 2_000);
    assert.deepEqual(told, []);
  });

  it('says nothing of speech that is sent', () => {
    hear(SPEECH, 5_000);
    assert.deepEqual(told, []);
  });

  it('warns once of a microphone that is flat for ten seconds, and again when it falls silent again', () => {
    hear(SILENCE, 10_000);
    assert.deepEqual(told, []);
    hear(SILENCE, 200);
    assert.deepEqual(told, ['microphone-silent']);
    hear(SILENCE, 60_000);
    assert.deepEqual(told, ['microphone-silent']);
    hear(ROOM, 200);
    hear(SILENCE, 10_400);
    assert.deepEqual(told, ['microphone-silent', 'microphone-silent']);
  });

  it('takes a quiet room for what it is', () => {
    hear({ level: 0, rms: 0.00005 }, 60_000);
    assert.deepEqual(told, []);
  });

  it('says nothing while there is no microphone or it cannot be measured', () => {
    options.muted = true;
    hear(undefined, 60_000);
    hear(SILENCE, 9_000);
    hear(undefined, 400);
    hear(SILENCE, 9_000);
    assert.deepEqual(told, []);
  });

  it('warns once when the system has muted the microphone for a second, and again the next time', () => {
    heard.microphone!.muted = true;
    clock.pass(1_000);
    assert.deepEqual(told, []);
    clock.pass(10_000);
    assert.deepEqual(told, ['microphone-interrupted']);
    heard.microphone!.muted = false;
    clock.pass(200);
    heard.microphone!.muted = true;
    clock.pass(800);
    heard.microphone!.muted = false;
    clock.pass(5_000);
    assert.deepEqual(told, ['microphone-interrupted']);
    heard.microphone!.muted = true;
    clock.pass(1_200);
    assert.deepEqual(told, ['microphone-interrupted', 'microphone-interrupted']);
  });

  it('notices within a fifth of a second that the microphone has ended', () => {
    heard.microphone!.readyState = 'ended';
    clock.pass(200);
    assert.deepEqual(told, ['ended']);
    heard.microphone = undefined;
    clock.pass(10_000);
    assert.deepEqual(told, ['ended']);
  });

  it('ends with the call', () => {
    controller.abort();
    assert.equal(clock.pending, 0);
  });
});
