import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { assertOrderly, DELAYS, failing, type FragileCall, fragileCall, MINUTE, UNREACHABLE } from './fragile-call.js';

let call: FragileCall;
beforeEach(() => void (call = fragileCall()));
afterEach(() => assertOrderly(call));

describe('between the tries', () => {
  it('the delay ends when the network or the visitor comes back', async () => {
    call.takes = 0;
    call.failures = failing(6);
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(3_000);
    assert.equal(call.tries.length, 3);
    call.page.online(true);
    await call.until(3_010);
    assert.equal(call.tries.length, 4);
    call.page.show(true);
    await call.until(3_020);
    assert.equal(call.tries.length, 5);
  });

  it('a delay that was cut short counts only as long as it lasted', async () => {
    call.takes = 4_500;
    call.failures = failing(5);
    call.recovery.linkChanged('lost', 'connection-lost');
    for (const round of [1, 2, 3, 4, 5]) {
      await call.until(round * 4_510);
      call.page.show(true);
    }
    await call.until(MINUTE);
    assert.deepEqual([call.reconnects.map(({ attempt }) => attempt), call.ends], [[6], []]);
  });

  it('time spent offline does not count, and no try is made in it', async () => {
    call.failures = failing(1);
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(600);
    call.page.online(false);
    await call.until(60 * MINUTE);
    assert.deepEqual([call.tries.length, call.ends], [1, []]);
    call.failures = failing(1);
    call.page.online(true);
    await call.until(61 * MINUTE);
    assert.equal(call.tries[1]!.at, 60 * MINUTE);
    assert.deepEqual(
      call.reconnects.map(({ attempt }) => attempt),
      [3],
    );
  });

  for (const code of ['token-unauthorized', 'quota-exceeded', 'configuration'] as const) {
    it(`${code} is not asked for again: it is the failure`, async () => {
      const refused = new VoiceError(code, 'No.');
      call.failures = [UNREACHABLE, refused];
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(MINUTE);
      assert.deepEqual([call.tries.length, call.ends.map(({ error }) => error)], [2, [refused]]);
    });
  }

  it('an error that is no VoiceError is retried', async () => {
    call.failures = [new TypeError('Boom.')];
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual(
      call.reconnects.map(({ attempt }) => attempt),
      [2],
    );
  });

  it('a server that asks for a delay is not asked before, even if the visitor comes back', async () => {
    call.takes = 0;
    call.failures = failing(1, new VoiceError('rate-limited', 'Slowly.', { retryAfterMs: 20_000 }));
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(1_000);
    call.page.show(true);
    await call.until(2_000);
    call.page.online(false);
    call.page.online(true);
    await call.until(19_999);
    assert.equal(call.tries.length, 1);
    await call.until(21_000);
    assert.deepEqual(
      call.reconnects.map(({ attempt }) => attempt),
      [2],
    );
  });

  it('a server that asks for less than the next delay does not change the delays', async () => {
    call.takes = 0;
    const slowly = (retryAfterMs: number) => new VoiceError('rate-limited', 'Slowly.', { retryAfterMs });
    call.failures = [slowly(5_000), UNREACHABLE, slowly(2_000), UNREACHABLE];
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    const waits = call.tries.slice(1).map(({ at }, index) => at - call.tries[index]!.at);
    assert.equal(waits.length, 4);
    assert.ok(waits[0]! >= 5_000 && waits[1]! < 5_000, 'what was asked for once is waited for once');
    assert.ok(waits[2]! >= DELAYS[3]! && waits[3]! >= DELAYS[4]!);
  });

  it('a server that asks for delays again and again does not extend the half minute', async () => {
    call.takes = 0;
    call.failures = failing(6, new VoiceError('rate-limited', 'Slowly.', { retryAfterMs: 20_000 }));
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(5 * MINUTE);
    assert.deepEqual(
      call.ends.map(({ error }) => error.code),
      ['connection-lost'],
    );
    assert.ok(call.ends[0]!.at <= 30_000, `given up after ${call.ends[0]!.at} ms`);
    assert.deepEqual(
      call.tries.map(({ at }) => at),
      [0, 20_000],
      'nor is it asked before its time',
    );
  });
});
