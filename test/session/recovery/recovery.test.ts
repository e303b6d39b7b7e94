import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { CallEndedError } from '../../../src/transport/http-request.js';
import { TOKEN_ENDPOINT } from '../../../src/transport/token-source.js';
import {
  assertOrderly,
  DELAYS,
  failing,
  FragileCall,
  fragileCall,
  MINUTE,
  SECOND,
  UNREACHABLE,
} from './fragile-call.js';

let call: FragileCall;
beforeEach(() => void (call = fragileCall()));
afterEach(() => assertOrderly(call));

describe('a connection that is interrupted', () => {
  it('for less than a second is not shown', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(999);
    call.recovery.linkChanged('up', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.states, call.tries, call.dropped], [[], [], 0]);
  });

  it('for longer is shown, and is not replaced if it comes back by itself', async () => {
    const { transcript } = call.record;
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(SECOND);
    assert.equal(call.state, 'reconnecting');
    await call.until(9_999);
    assert.deepEqual([call.tries, call.dropped], [[], 0]);
    call.recovery.linkChanged('up', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual(call.states, ['reconnecting', 'listening']);
    assert.deepEqual([call.tries, call.dropped, call.reconnects], [[], 0, []]);
    assert.deepEqual(call.record.transcript, transcript);
  });

  it('for ten seconds is replaced', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(10_000);
    assert.equal(call.dropped, 0, 'it may still come back');
    await call.until(MINUTE);
    assert.deepEqual(call.tries, [{ at: 10_000 }]);
    assert.deepEqual(call.states, ['reconnecting', 'listening']);
    assert.equal(call.reconnects.length, 1);
  });

  it('for ten seconds is kept beside the tries for another one, and wins if its packets come again', async () => {
    call.takes = 5_000;
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(12_000);
    assert.deepEqual([call.tries.length, call.dropped, call.state], [1, 0, 'reconnecting']);
    call.packetsComeAgain();
    await call.until(12_500);
    assert.equal(call.state, 'listening');
    await call.until(MINUTE);
    assert.deepEqual([call.tries.length, call.swaps, call.reconnects, call.dropped, call.ends], [1, [], [], 0, []]);
    assert.deepEqual(call.states, ['reconnecting', 'listening']);
  });

  it('is in order as soon as its packets come again, before the browser says so', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(9_000);
    call.packetsComeAgain();
    await call.until(9_500);
    assert.equal(call.state, 'listening');
    await call.until(MINUTE);
    assert.deepEqual([call.tries, call.dropped], [[], 0]);
  });

  it('is not in order because of packets that have not stopped: the other direction may be dead', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    for (let at = 100; at <= 20_000; at += 100) {
      call.recovery.packetsReceived(at);
      await call.until(at);
    }
    assert.deepEqual([call.tries.length, call.reconnects.length], [1, 1]);
  });

  it('for ten seconds and then fails is lost: the tries go on, and nothing is kept', async () => {
    call.takes = 5_000;
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(12_000);
    call.recovery.linkChanged('lost', 'connection-lost');
    assert.equal(call.dropped, 1);
    call.packetsComeAgain();
    await call.until(MINUTE);
    assert.deepEqual([call.tries.length, call.swaps.length, call.reconnects.length], [1, 1, 1]);
  });

  it('again and again, each time for less, is not given up', async () => {
    for (const at of [0, 12_000, 24_000]) {
      await call.until(at);
      call.recovery.linkChanged('interrupted', 'connection-lost');
      await call.until(at + 9_000);
      call.recovery.linkChanged('up', 'connection-lost');
    }
    await call.until(MINUTE);
    assert.deepEqual([call.tries, call.dropped], [[], 0]);
  });

  it('and then fails is replaced at once, and only once', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(5_000);
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.tries.map(({ at }) => at), call.dropped], [[5_000], 1]);
  });

  it('and is stopped leaves no timer', async () => {
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(500);
    call.stop();
    await call.clock.elapse(0);
    assert.equal(call.left, 0);
  });
});

describe('a connection that is lost', () => {
  it('is closed and shown at once, then replaced, then reported', async () => {
    await call.until(3_000);
    call.recovery.linkChanged('lost', 'connection-lost');
    assert.deepEqual([call.dropped, call.tries, call.state], [1, [], 'reconnecting']);
    await call.until(3_000);
    assert.deepEqual(call.tries, [{ at: 3_000 }]);
    await call.until(3_500);
    assert.deepEqual(call.states, ['reconnecting', 'listening']);
    assert.deepEqual(call.reconnects, [{ attempt: 1, resumedEntries: 2, durationMs: 500 }]);
    assert.deepEqual(call.ends, []);
  });

  for (const [random, least, most] of [
    [0, 0, 0],
    [0.999, 1, SECOND],
  ] as const) {
    it(`is tried for after growing waits, longer by as much as chance says: ${random}`, async () => {
      mock.method(Math, 'random', () => random);
      call.takes = 100;
      call.failures = failing(6);
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(MINUTE);
      const waits = call.tries.map(({ at }, index) => at - (index ? call.tries[index - 1]!.at + 100 : 0));
      assert.equal(waits.length, DELAYS.length);
      assert.equal(waits[0], 0);
      for (const [index, wait] of waits.entries()) {
        if (index)
          assert.ok(wait >= DELAYS[index]! + least && wait <= DELAYS[index]! + most, `wait ${index} is ${wait} ms`);
      }
      const [{ reason, error }] = call.ends as [FragileCall['ends'][number]];
      assert.deepEqual(
        [reason, error.code, error.retriable, error.cause],
        ['error', 'connection-lost', true, UNREACHABLE],
      );
      assert.deepEqual(call.states, ['reconnecting', 'failed']);
      assert.equal(call.left, 0);
    });
  }

  it('reports the number of tries and the duration', async () => {
    call.failures = failing(2);
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    const [{ attempt, durationMs }] = call.reconnects as [FragileCall['reconnects'][number]];
    assert.deepEqual([attempt, durationMs], [3, call.tries[2]!.at + 500]);
  });

  it('fails the call after half a minute at most, even if a try hangs', async () => {
    for (const takes of [12 * SECOND, 33 * SECOND]) {
      call.dispose();
      call = new FragileCall();
      call.takes = takes;
      call.failures = failing(6);
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(MINUTE);
      assert.deepEqual(
        call.ends.map(({ error }) => error.code),
        ['connection-lost'],
      );
      assert.ok(call.ends[0]!.at <= 30_000, `given up after ${call.ends[0]!.at} ms`);
      assert.ok(call.tries.at(-1)!.at < 30_000, 'a try that was given no time');
      assert.equal(call.left, 0);
    }
  });

  it('is replaced up to the end of that half minute', async () => {
    call.takes = 9 * SECOND;
    call.failures = failing(2);
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.reconnects.length, call.ends.length], [1, 0]);
  });

  it('is replaced again when the new one is lost after a stable minute, with as many tries as before', async () => {
    // Six tries in ten minutes leave room for as many calls again.
    for (let loss = 0; loss < 3; loss += 1) {
      await call.until((1 + loss * 10.5) * MINUTE);
      call.failures = failing(5);
      call.recovery.linkChanged('lost', 'connection-lost');
    }
    await call.until(33 * MINUTE);
    assert.deepEqual(
      call.reconnects.map(({ attempt }) => attempt),
      [6, 6, 6],
    );
    assert.equal(call.dropped, 3);
  });

  it('is replaced with the tries that are left when the new one is lost within a minute, until there are none', async () => {
    let losses = 0;
    for (; call.ends.length === 0 && losses < 100; losses += 1) {
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(call.now + 20 * SECOND);
    }
    assert.deepEqual([call.tries.length, call.reconnects.length, losses], [6, 6, 7]);
    assert.deepEqual(
      call.ends.map(({ reason, error }) => [reason, error.code]),
      [['error', 'connection-lost']],
    );
  });

  it('costs at most twelve calls in any ten minutes, however stable each of them was', async () => {
    while (call.ends.length === 0 && call.now < 60 * MINUTE) {
      call.failures = failing(2);
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(call.now + 70 * SECOND);
    }
    const times = [0, ...call.tries.map(({ at }) => at)];
    for (const from of times) {
      const within = times.filter((at) => at >= from && at < from + 10 * MINUTE);
      assert.ok(within.length <= 12, `${within.length} calls from ${from} on`);
    }
    assert.deepEqual(
      call.ends.map(({ error }) => error.code),
      ['connection-lost'],
    );
  });

  it('because the service has hung up is not replaced: the call is over', async () => {
    call.recovery.linkChanged('hung-up', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.ends.map(({ reason }) => reason), call.tries, call.state], [['remote'], [], 'idle']);
  });

  it('is not replaced any more when a server says that the call is over', async () => {
    const over = new CallEndedError(TOKEN_ENDPOINT);
    call.failures = [UNREACHABLE, over];
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.ends.map(({ reason }) => reason), call.tries.length, call.state], [['remote'], 2, 'idle']);
    assert.equal(call.left, 0);
  });

  it('is replaced again when the new one is lost in the very moment in which it takes over', async () => {
    call.onSwap = () => {
      call.onSwap = () => {};
      call.recovery.linkChanged('lost', 'connection-lost');
    };
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(500);
    assert.deepEqual([call.swaps.length, call.state], [1, 'reconnecting']);
    await call.until(MINUTE);
    assert.equal(call.swaps.length, 2);
    assert.deepEqual([call.states, call.reconnects.length], [['reconnecting', 'listening'], 1]);
  });

  it('is replaced once although the loss is reported twice', async () => {
    call.recovery.linkChanged('lost', 'connection-lost');
    call.recovery.linkChanged('lost', 'session-expired');
    await call.until(MINUTE);
    assert.deepEqual([call.tries.length, call.dropped, call.reconnects.length], [1, 1, 1]);
  });

  it('because its session has expired is replaced too', async () => {
    call.recovery.linkChanged('lost', 'session-expired');
    await call.until(MINUTE);
    assert.deepEqual([call.reconnects.length, call.state, call.ends], [1, 'listening', []]);
  });

  it('fails the call at once with no-reconnect', async () => {
    call.options.noReconnect = true;
    call.recovery.linkChanged('lost', 'session-expired');
    await call.until(MINUTE);
    assert.deepEqual([call.tries, call.ends.map(({ error }) => error.code)], [[], ['session-expired']]);
    assert.equal(call.left, 0);
  });
});

describe('a stop during the recovery', () => {
  for (const [when, at, onLine] of [
    ['at once', 0, true],
    ['in a try', 200, true],
    ['in a wait', 700, true],
    ['offline', 200, false],
  ] as const) {
    it(`${when} leaves nothing behind and tells nothing more`, async () => {
      call.page.online(onLine);
      call.failures = failing(6);
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(at);
      const tries = call.tries.length;
      call.stop();
      await call.clock.elapse(0);
      assert.equal(call.left, 0);
      call.page.online(true);
      await call.until(5 * MINUTE);
      assert.deepEqual([call.tries.length, call.ends, call.reconnects, call.state], [tries, [], [], 'idle']);
    });
  }

  it('by a listener of `voice-state-change` is followed by no event', async () => {
    call.record.target.addEventListener('voice-state-change', () => call.state === 'listening' && call.stop());
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(MINUTE);
    assert.deepEqual([call.state, call.reconnects, call.left], ['idle', [], 0]);
  });
});
