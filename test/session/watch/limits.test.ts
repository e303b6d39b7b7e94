import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Limits } from '../../../src/session/watch/limits.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { Clock } from '../../protocol/clock.js';

describe('the limits of a call', () => {
  let clock: Clock;
  let controller: AbortController;
  let told: string[];
  let retracted: string[];
  const start = (options: VoiceSessionOptions): Limits => {
    const limits = new Limits({
      signal: controller.signal,
      options,
      warn: (code, _, secondsLeft) => told.push(`${code} ${secondsLeft}`),
      retract: (code) => retracted.push(code),
      end: (reason) => {
        told.push(`end: ${reason}`);
        controller.abort();
      },
    });
    // A visitor who is asked for the microphone may take their time.
    clock.pass(300_000);
    assert.deepEqual(told, []);
    limits.begin();
    return limits;
  };
  beforeEach(() => {
    clock = new Clock();
    controller = new AbortController();
    told = [];
    retracted = [];
  });
  afterEach(() => clock.stop());

  it('end a call that nobody uses, after a countdown of 15 seconds', () => {
    start({ idleTimeout: 60 });
    clock.pass(44_000);
    assert.deepEqual(told, []);
    clock.pass(1_000);
    assert.deepEqual(told, ['idle 15']);
    clock.pass(15_000);
    assert.deepEqual(told.slice(-2), ['idle 1', 'end: idle']);
    assert.equal(told.length, 16);
    assert.equal(clock.pending, 0, 'an ended call leaves no timer');
  });

  it('are three minutes of silence by default', () => {
    start({});
    clock.pass(179_000);
    assert.equal(told.at(-1), 'idle 1');
    clock.pass(1_000);
    assert.equal(told.at(-1), 'end: idle');
  });

  it('do not count while something is measured', () => {
    const limits = start({ idleTimeout: 30 });
    for (let second = 0; second < 600; second += 1) {
      clock.pass(1_000);
      limits.reset();
    }
    assert.deepEqual(told, []);
    clock.pass(15_000);
    assert.deepEqual(told, ['idle 15']);
  });

  it('start anew when the visitor confirms that they are still there', () => {
    const limits = start({ idleTimeout: 30 });
    clock.pass(20_000);
    assert.equal(told.at(-1), 'idle 10');
    limits.reset();
    clock.pass(14_000);
    assert.equal(told.at(-1), 'idle 10');
  });

  it('end a call at its longest duration, however lively it is', () => {
    const limits = start({ idleTimeout: 0, maxDuration: 100 });
    for (let second = 0; second < 100; second += 1) {
      clock.pass(1_000);
      limits.reset();
    }
    assert.deepEqual([told[0], told.at(-1)], ['max-duration 15', 'end: max-duration']);
  });

  it('are off when both are 0', () => {
    start({ idleTimeout: 0, maxDuration: 0 });
    clock.pass(24 * 3_600_000);
    assert.deepEqual(told, []);
  });

  it('take the warning back when something happens', () => {
    const limits = start({ idleTimeout: 30 });
    clock.pass(20_000);
    retracted = [];
    limits.reset();
    assert.deepEqual(retracted, ['idle']);
  });

  it('are an hour at most unless the page says otherwise', () => {
    start({ idleTimeout: 0 });
    clock.pass(3_000_000);
    assert.deepEqual(told, []);
    clock.pass(600_000);
    assert.deepEqual([told.length, told.at(-1)], [16, 'end: max-duration']);
  });

  for (const wrong of [NaN, -1, -Infinity, null, '100', {}, []] as unknown[]) {
    it(`are the default for ${JSON.stringify(wrong)} (${typeof wrong}), which is no duration`, () => {
      start({ idleTimeout: wrong as number, maxDuration: wrong as number });
      clock.pass(180_000);
      assert.equal(told.at(-1), 'end: idle');
    });
  }
});
