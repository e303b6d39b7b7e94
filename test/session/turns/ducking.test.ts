import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CallRecord } from '../../../src/session/record/call-record.js';
import type { StateInput } from '../../../src/session/record/session-state.js';
import { Ducking } from '../../../src/session/turns/ducking.js';
import { Clock } from '../../protocol/clock.js';
import { audible, drained, started, userStarted, userStopped } from '../../protocol/conversation.js';

const [QUIET, LOUD] = [0.001, 0.1];

describe('ducking', () => {
  let clock: Clock;
  let controller: AbortController;
  let record: CallRecord;
  let ducking: Ducking;
  const media = { talking: true, microphoneLevel: { rms: QUIET }, assistantRms: 0.1, speaker: { ducked: false } };

  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    record = new CallRecord(new EventTarget());
    Object.assign(media, { talking: true, microphoneLevel: { rms: QUIET } });
    ducking = new Ducking({ signal: controller.signal, record, media });
    receive({ type: 'start' }, { type: 'ready' });
  });
  afterEach(() => {
    controller.abort();
    assert.equal(media.speaker.ducked, false);
    assert.equal(clock.pending, 0);
    clock.stop();
  });

  function receive(...inputs: readonly StateInput[]): void {
    for (const input of inputs) {
      record.write(input);
      ducking.update();
    }
  }

  /** The microphone gives this sound for so many milliseconds. Returns whether the assistant is lowered then. */
  function microphone(rms: number, ms: number): boolean {
    media.microphoneLevel = { rms };
    clock.pass(ms);
    return media.speaker.ducked;
  }

  it('lowers the assistant within 60 ms of the visitor’s voice', () => {
    receive(started('r1'), audible('r1'));
    assert.equal(microphone(QUIET, 1000), false);
    assert.equal(microphone(LOUD, 60), true);
  });

  it('restores it after 400 ms if the service hears nobody, and does not try again without a pause', () => {
    receive(started('r1'), audible('r1'));
    microphone(QUIET, 1000);
    assert.equal(microphone(LOUD, 400), true);
    assert.equal(microphone(LOUD, 60), false);
    assert.equal(microphone(LOUD, 5000), false);
    microphone(QUIET, 1000);
    assert.equal(microphone(LOUD, 60), true);
  });

  it('keeps it low while the service hears the visitor, and no longer', () => {
    receive(started('r1'), audible('r1'));
    microphone(LOUD, 100);
    receive(userStarted('u1'));
    assert.equal(microphone(LOUD, 3000), true);
    receive(userStopped('u1'));
    assert.equal(microphone(QUIET, 20), false);
  });

  it('ends a second after the visitor’s voice if the service never says that it ended', () => {
    receive(started('r1'), audible('r1'));
    microphone(LOUD, 100);
    receive(userStarted('u1'));
    assert.equal(microphone(QUIET, 900), true);
    assert.equal(microphone(QUIET, 120), false);
    receive(started('r2'), audible('r2'));
    assert.equal(microphone(QUIET, 1000), false, 'nor is the next answer low');
  });

  it('ends when the visitor mutes', () => {
    receive(started('r1'), audible('r1'));
    microphone(LOUD, 100);
    receive(userStarted('u1'));
    media.talking = false;
    assert.equal(microphone(LOUD, 20), false);
  });

  it('trusts itself again after a service that is slow to confirm', () => {
    receive(started('r1'), audible('r1'));
    for (let turn = 0; turn < 20; turn += 1) {
      microphone(QUIET, 1500);
      assert.equal(microphone(LOUD, 60), true, `turn ${turn}`);
      microphone(LOUD, 500);
      receive(userStarted());
      microphone(LOUD, 100);
      receive(userStopped());
    }
  });

  it('ends with the answer', () => {
    receive(started('r1'), audible('r1'));
    assert.equal(microphone(LOUD, 100), true);
    receive(drained('r1'));
    assert.equal(media.speaker.ducked, false);
    assert.equal(clock.pending, 0, 'no timer without an audible assistant');
  });

  it('ends with the connection', () => {
    receive(started('r1'), audible('r1'));
    assert.equal(microphone(LOUD, 100), true);
    record.write({ type: 'connection-dropped' });
    assert.equal(microphone(LOUD, 20), false);
  });

  it('leaves the assistant alone while the microphone is muted', () => {
    media.talking = false;
    receive(started('r1'), audible('r1'));
    assert.equal(microphone(LOUD, 1000), false);
  });
});
