import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HANG_UP_DELAYS_MS } from '../../src/server/hang-up-tries.js';
import { HangUpTimers } from '../../src/server/hang-up-timers.js';

/** Counts tries to end a call, all of which fail. */
function failing(): { count: () => number; hangUp: () => Promise<void> } {
  let count = 0;
  return {
    count: () => count,
    hangUp: async () => {
      count++;
      throw new Error('away');
    },
  };
}

describe('a call that cannot be ended', () => {
  it('is tried again after each wait, and given up after the last', async (context) => {
    const { hangUp, count } = failing();
    const givenUp = new Promise<void>((resolve) => {
      context.mock.method(console, 'error', (text: string) => void (/not tried again/.test(text) && resolve()));
    });
    // `unref`: something else has to keep the test running.
    const alive = setInterval(() => undefined, 1_000);
    new HangUpTimers([1, 2, 3]).start('rtc_1', 0, hangUp);
    await givenUp;
    clearInterval(alive);
    assert.equal(count(), 4);
  });

  it('is not tried again if the visitor ends it meanwhile', async (context) => {
    const timers = new HangUpTimers([1]);
    const [first, second] = [failing(), failing()];
    const givenUp = new Promise<void>((resolve) => {
      context.mock.method(console, 'error', (text: string) => void (/not tried again/.test(text) && resolve()));
    });
    const alive = setInterval(() => undefined, 1_000);
    timers.start('rtc_1', 0, () => {
      timers.clear('rtc_1');
      return first.hangUp();
    });
    timers.start('rtc_2', 0, second.hangUp);
    await givenUp;
    clearInterval(alive);
    assert.deepEqual([first.count(), second.count()], [1, 2]);
  });

  it('is tried for about an hour, with waits that grow to five minutes', () => {
    const sorted = [...HANG_UP_DELAYS_MS].sort((a, b) => a - b);
    assert.deepEqual(HANG_UP_DELAYS_MS, sorted);
    assert.deepEqual([HANG_UP_DELAYS_MS[0], HANG_UP_DELAYS_MS.at(-1)], [1_000, 300_000]);
    const minutes = HANG_UP_DELAYS_MS.reduce((sum, ms) => sum + ms, 0) / 60_000;
    assert.ok(minutes > 55 && minutes < 65, `${minutes} minutes`);
  });
});
