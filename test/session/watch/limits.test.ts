import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Limits } from '../../../src/session/watch/limits.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { Clock } from '../../protocol/clock.js';

describe('the limits of a call', () => {
  let clock: Clock;
  let controller: AbortController;
  let told: string[];
  const host = { quiet: true, options: {} as VoiceSessionOptions };
  const start = (options: VoiceSessionOptions): Limits => {
    Object.assign(host, { quiet: true, options });
    const limits = new Limits({
      signal: controller.signal,
      get quiet() {
        return host.quiet;
      },
      options,
      warn: (code, _, secondsLeft) => told.push(`${code} ${secondsLeft}`),
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

  it('do not count while somebody speaks, a response is expected or a tool runs', () => {
    start({ idleTimeout: 30 });
    clock.pass(14_000);
    host.quiet = false;
    clock.pass(600_000);
    assert.deepEqual(told, []);
    host.quiet = true;
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

  it('end a call at its longest duration although somebody speaks', () => {
    start({ idleTimeout: 0, maxDuration: 100 });
    host.quiet = false;
    clock.pass(100_000);
    assert.deepEqual([told[0], told.at(-1)], ['max-duration 15', 'end: max-duration']);
  });

  it('are off when both are 0', () => {
    start({ idleTimeout: 0, maxDuration: 0 });
    clock.pass(24 * 3_600_000);
    assert.deepEqual(told, []);
  });
});
