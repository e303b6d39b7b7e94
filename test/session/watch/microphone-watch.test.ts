import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { watchMicrophone, type MicrophoneLevel } from '../../../src/session/watch/microphone-watch.js';
import { Clock } from '../../protocol/clock.js';

const SILENCE: MicrophoneLevel = { level: 0, rms: 0 };
const ROOM: MicrophoneLevel = { level: 0.1, rms: 0.001 };
const SPEECH: MicrophoneLevel = { level: 0.7, rms: 0.1 };

describe('watching the microphone', () => {
  let clock: Clock;
  let controller: AbortController;
  let told: string[];
  let heard: {
    microphoneLevel: MicrophoneLevel | undefined;
    microphone: { muted: boolean; readyState: 'live' | 'ended' } | undefined;
  };
  let options: { muted: boolean };
  let isQuiet: boolean;
  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    told = [];
    heard = { microphoneLevel: ROOM, microphone: { muted: false, readyState: 'live' } };
    options = { muted: false };
    isQuiet = true;
    watchMicrophone({
      signal: controller.signal,
      options,
      media: heard,
      get quiet() {
        return isQuiet;
      },
      warn: (code) => told.push(code),
      microphone: { replace: async () => void told.push('ended') },
    });
  });
  afterEach(() => clock.stop());
  const listen = (level: MicrophoneLevel | undefined, ms: number): void => {
    heard.microphoneLevel = level;
    clock.pass(ms);
  };

  it('warns once for each utterance that is spoken while muted', () => {
    options.muted = true;
    listen(SPEECH, 3_000);
    assert.deepEqual(told, ['muted-speech']);
    // The gaps between words do not end an utterance.
    listen(ROOM, 600);
    listen(SPEECH, 2_000);
    assert.deepEqual(told, ['muted-speech']);
    listen(ROOM, 1_200);
    listen(SPEECH, 2_000);
    assert.deepEqual(told, ['muted-speech', 'muted-speech']);
  });

  it('does not take a cough for an utterance', () => {
    options.muted = true;
    listen(SPEECH, 200);
    listen(ROOM, 2_000);
    listen(SPEECH, 200);
    listen(ROOM, 2_000);
    assert.deepEqual(told, []);
  });

  it('does not warn of speech while the microphone is on', () => {
    listen(SPEECH, 5_000);
    assert.deepEqual(told, []);
  });

  it('warns once of a microphone that is silent for ten seconds, and again the next time', () => {
    listen(SILENCE, 10_000);
    assert.deepEqual(told, []);
    listen(SILENCE, 200);
    assert.deepEqual(told, ['microphone-silent']);
    listen(SILENCE, 60_000);
    assert.deepEqual(told, ['microphone-silent']);
    listen(ROOM, 200);
    listen(SILENCE, 10_400);
    assert.deepEqual(told, ['microphone-silent', 'microphone-silent']);
  });

  it('does not take a quiet room for a silent microphone', () => {
    listen({ level: 0, rms: 0.00005 }, 60_000);
    assert.deepEqual(told, []);
  });

  it('does not warn without a microphone, or if it cannot be measured', () => {
    options.muted = true;
    listen(undefined, 60_000);
    listen(SILENCE, 9_000);
    listen(undefined, 400);
    listen(SILENCE, 9_000);
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

  it('does not take a microphone that is muted for a silent one', () => {
    options.muted = true;
    listen(SILENCE, 30_000);
    assert.deepEqual(told, []);
    options.muted = false;
    listen(SILENCE, 10_400);
    assert.deepEqual(told, ['microphone-silent']);
  });

  it('waits with a silent microphone while the assistant speaks, and tells it if it is silent still', () => {
    isQuiet = false;
    listen(SILENCE, 30_000);
    assert.deepEqual(told, []);
    isQuiet = true;
    listen(SILENCE, 200);
    assert.deepEqual(told, ['microphone-silent']);
    listen(ROOM, 200);
    isQuiet = false;
    listen(SILENCE, 30_000);
    listen(ROOM, 200);
    isQuiet = true;
    listen(ROOM, 200);
    assert.deepEqual(told, ['microphone-silent']);
  });

  it('replaces a microphone that has ended within 0.2 seconds', () => {
    heard.microphone!.readyState = 'ended';
    clock.pass(200);
    assert.deepEqual(told, ['ended']);
    heard.microphone = undefined;
    clock.pass(10_000);
    assert.deepEqual(told, ['ended']);
  });

  it('stops when the call ends', () => {
    controller.abort();
    assert.equal(clock.pending, 0);
  });
});
