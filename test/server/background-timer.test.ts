import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { wait } from '../../src/server/background-timer.js';
import { Clock } from '../protocol/clock.js';

describe('a wait in the background', () => {
  it('ends after its time, and leaves nothing at the signal', async () => {
    const clock = new Clock();
    const { signal } = new AbortController();
    const waiting = wait(1_000, signal);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    clock.pass(1_000);
    await waiting;
    clock.stop();
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('ends with the signal, and leaves no timer', async () => {
    const clock = new Clock();
    const controller = new AbortController();
    const waiting = wait(1_000, controller.signal);
    assert.equal(clock.pending, 1);
    controller.abort();
    await waiting;
    assert.equal(clock.pending, 0);
    await wait(1_000, controller.signal);
    assert.equal(clock.pending, 0);
    clock.stop();
  });
});
