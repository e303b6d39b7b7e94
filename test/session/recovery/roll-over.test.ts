import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { seededRandom } from '../../support/seeded-random.js';
import { FragileCall, MINUTE, SECOND } from './fragile-call.js';

const HOUR = 60 * MINUTE;
const UNREACHABLE = new VoiceError('token-failed', 'The token endpoint could not be reached.');

let call: FragileCall;
function start(lifetime?: number, quietAt: (at: number) => boolean = () => true): void {
  call = new FragileCall(lifetime);
  call.quietAt = quietAt;
}
afterEach(() => {
  call.dispose();
  assert.ok(call.most <= 1, 'two tries were under way together');
  assert.deepEqual(call.unhandled, []);
});

/** Nobody was told of anything. */
function assertUnnoticed(): void {
  assert.deepEqual([call.states, call.reconnects, call.ends, call.dropped], [[], [], [], 0]);
}

describe('a call of three hours', () => {
  const LENGTHS = [
    ['sessions of an hour, which tell no end', undefined, [55, 110, 165]],
    ['sessions of an hour', HOUR, [55, 110, 165]],
    ['sessions of 75 minutes: two roll-overs', 75 * MINUTE, [70, 140]],
    ['sessions of half an hour', HOUR / 2, [27, 54, 81, 108, 135, 162]],
  ] as const;
  for (const [what, lifetime, minutes] of LENGTHS) {
    it(`in ${what}, goes on unnoticed`, async () => {
      start(lifetime);
      await call.until(3 * HOUR);
      assert.equal(call.tries.length, minutes.length);
      for (const [index, { at }] of call.tries.entries()) {
        const late = at - minutes[index]! * MINUTE;
        // Each begins with the end of the one before.
        assert.ok(late >= 0 && late <= 3 * SECOND * (index + 1), `try ${index} was ${late} ms late`);
      }
      assert.equal(call.swaps.length, minutes.length);
      assert.ok(call.swaps.every(({ unnoticed }) => unnoticed));
      assertUnnoticed();
      call.stop();
      await call.clock.elapse(0);
      assert.equal(call.left, 0);
    });
  }

  it('in which somebody speaks most of the time, changes in pauses near the end of each session', async () => {
    const seed = Number(process.env['CALL_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
    const chance = seededRandom(seed);
    const pauses: [number, number][] = [];
    for (let at = 0; at < 3 * HOUR;) {
      const from = at + (2 + chance() * 20) * SECOND;
      at = from + chance() * 5 * SECOND;
      pauses.push([from, at]);
    }
    let next = 0;
    start(HOUR, (at) => {
      while (pauses[next + 1] && pauses[next]![1] < at) next += 1;
      return pauses[next]![0] <= at && at < pauses[next]![1];
    });
    await call.until(3 * HOUR);
    assert.equal(call.swaps.length, 3, `CALL_SEED=${seed}`);
    let opened = 0;
    for (const { at, quiet } of call.swaps) {
      assert.ok(
        quiet && at > opened + 55 * MINUTE && at < opened + HOUR,
        `CALL_SEED=${seed}: swap at ${at}, ${quiet ? '' : 'not '}quiet`,
      );
      opened = at;
    }
    assertUnnoticed();
  });
});

describe('the next session', () => {
  it('waits for a quiet moment', async () => {
    const quietFrom = 58 * MINUTE;
    start(HOUR, (at) => at >= quietFrom);
    await call.until(quietFrom - 1);
    assert.deepEqual(call.tries, []);
    await call.until(HOUR);
    assert.equal(call.swaps.length, 1);
    assert.ok(call.swaps[0]!.at <= quietFrom + 3 * SECOND);
  });

  it('is not used if somebody speaks when it is ready; another one is, later', async () => {
    const speaks = 55 * MINUTE + 2 * SECOND;
    start(HOUR, (at) => at < speaks || at > speaks + 40 * SECOND);
    call.takes = 5 * SECOND;
    await call.until(HOUR);
    assert.deepEqual([call.tries.length, call.swaps.length], [2, 1]);
    assert.ok(call.swaps[0]!.at > speaks + 40 * SECOND && call.swaps[0]!.at < speaks + 60 * SECOND);
    assertUnnoticed();
  });

  it('comes just before the end at the latest, even if somebody speaks', async () => {
    start(HOUR, () => false);
    await call.until(HOUR);
    assert.equal(call.swaps.length, 1);
    assert.equal(call.swaps[0]!.unnoticed, false);
    assert.ok(call.swaps[0]!.at >= 59 * MINUTE && call.swaps[0]!.at < HOUR - 5 * SECOND, `${call.swaps[0]!.at}`);
  });

  it('comes just before the end although earlier ones were not used', async () => {
    // Quiet for as long as it takes to begin, never for as long as it takes to end.
    start(HOUR, (at) => at % (2 * SECOND) < SECOND);
    call.takes = SECOND;
    await call.until(HOUR);
    assert.equal(call.swaps.length, 1);
    assert.equal(call.swaps[0]!.unnoticed, false);
  });

  it('that cannot be made is not reported; the end of the old one is a loss like any other', async () => {
    start(HOUR);
    call.failures = Array<Error>(100).fill(UNREACHABLE);
    await call.until(HOUR - 1);
    assertUnnoticed();
    assert.ok(call.tries.length >= 3);
    call.failures = [];
    call.recovery.linkChanged('lost', 'session-expired');
    await call.until(HOUR + MINUTE);
    assert.deepEqual([call.state, call.reconnects.length], ['listening', 1]);
  });

  it('is not requested again within seconds, not even near the end', async () => {
    start(HOUR, (at) => at < 56 * MINUTE || at > 59 * MINUTE);
    call.takes = 0;
    call.failures = Array<Error>(1_000).fill(UNREACHABLE);
    await call.until(HOUR + 5 * MINUTE);
    for (const [index, { at }] of call.tries.entries()) {
      if (index)
        assert.ok(at - call.tries[index - 1]!.at >= 5 * SECOND, `tries at ${call.tries[index - 1]!.at} and ${at} ms`);
    }
  });

  it('takes no more calls than it leaves for a loss', async () => {
    start(HOUR);
    call.failures = Array<Error>(1_000).fill(UNREACHABLE);
    await call.until(59 * MINUTE);
    assert.ok(call.tries.length <= 6, `${call.tries.length} tries`);
    call.recovery.linkChanged('lost', 'connection-lost');
    call.failures = Array<Error>(4).fill(UNREACHABLE);
    await call.until(HOUR + MINUTE);
    assert.equal(call.reconnects.length, 1);
  });

  it('is not asked for again when the first answer was final', async () => {
    start(HOUR);
    call.failures = Array<Error>(1_000).fill(new VoiceError('token-unauthorized', 'No.'));
    await call.until(HOUR - 1);
    assert.equal(call.tries.length, 1);
    assertUnnoticed();
    call.recovery.linkChanged('lost', 'session-expired');
    await call.until(HOUR + MINUTE);
    assert.deepEqual(
      call.ends.map(({ error }) => error.code),
      ['token-unauthorized'],
    );
  });

  it('is requested as late as the server asks', async () => {
    start(HOUR);
    call.takes = 0;
    call.failures = [new VoiceError('rate-limited', 'Slowly.', { retryAfterMs: 30_000 })];
    await call.until(HOUR);
    assert.equal(call.tries.length, 2);
    assert.ok(call.tries[1]!.at - call.tries[0]!.at >= 30_000);
  });

  it('is not requested with no-reconnect', async () => {
    start(HOUR);
    call.options.noReconnect = true;
    await call.until(2 * HOUR);
    assert.deepEqual(call.tries, []);
  });

  it("is not requested at once because the visitor's clock is wrong", async () => {
    for (const lifetime of [-HOUR, -1, 0]) {
      start(lifetime);
      await call.until(50 * MINUTE);
      assert.deepEqual(call.tries, []);
      call.dispose();
    }
  });

  it('is not requested at once because the end is further away than a timer can reach', async () => {
    for (const lifetime of [2 ** 31, 2 ** 32 + 1]) {
      start(lifetime);
      await call.until(50 * MINUTE);
      assert.deepEqual(call.tries, []);
      call.dispose();
    }
  });

  it('comes soon when a session is short', async () => {
    start(20 * SECOND);
    await call.until(20 * SECOND - 1);
    assert.equal(call.swaps.length, 1);
    assert.ok(call.swaps[0]!.at >= 18 * SECOND);
  });
});

describe('a loss during a roll-over', () => {
  const AT = 55 * MINUTE + 2 * SECOND;
  const losing = (): Promise<void> => {
    start(HOUR);
    call.takes = 10 * SECOND;
    return call.until(AT);
  };

  it('waits for the session that is on its way', async () => {
    await losing();
    assert.equal(call.tries.length, 1);
    call.recovery.linkChanged('lost', 'connection-lost');
    assert.equal(call.dropped, 1);
    await call.until(HOUR);
    assert.equal(call.tries.length, 1);
    assert.equal(call.swaps.length, 1);
    assert.deepEqual(call.states, ['reconnecting', 'listening']);
    assert.deepEqual(
      call.reconnects.map(({ attempt, resumedEntries }) => [attempt, resumedEntries]),
      [[1, 2]],
    );
  });

  it('goes on with its own tries when that one fails', async () => {
    await losing();
    call.failures = [UNREACHABLE];
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(HOUR);
    assert.equal(call.tries.length, 2);
    assert.deepEqual([call.state, call.reconnects.length, call.ends], ['listening', 1, []]);
  });

  it('is not caused by an interruption of the old connection', async () => {
    await losing();
    call.recovery.linkChanged('interrupted', 'connection-lost');
    await call.until(AT + 5 * SECOND);
    assert.equal(call.state, 'reconnecting');
    await call.until(HOUR);
    assert.equal(call.swaps.length, 1);
    assert.deepEqual([call.dropped, call.state], [0, 'listening']);
  });

  it('that comes first lets no roll-over begin until it is solved', async () => {
    for (const [takes, failures] of [
      [10 * SECOND, 0],
      [0, 5],
    ] as const) {
      start(HOUR);
      call.takes = takes;
      call.failures = Array<Error>(failures).fill(UNREACHABLE);
      await call.until(54 * MINUTE + 57 * SECOND);
      call.recovery.linkChanged('lost', 'connection-lost');
      await call.until(HOUR);
      assert.deepEqual([call.tries.length, call.swaps.length], [failures + 1, 1]);
      assert.ok(call.swaps.every(({ unnoticed }) => !unnoticed));
      call.dispose();
    }
  });

  it('that meets the new connection while it takes over is solved with another one', async () => {
    start(HOUR);
    call.onSwap = () => {
      call.onSwap = () => {};
      call.recovery.linkChanged('lost', 'connection-lost');
    };
    await call.until(HOUR);
    assert.deepEqual([call.tries.length, call.swaps.length, call.reconnects.length], [2, 2, 1]);
    assert.deepEqual([call.states, call.ends], [['reconnecting', 'listening'], []]);
  });

  it('and a stop leave no timer', async () => {
    await losing();
    call.recovery.linkChanged('lost', 'connection-lost');
    await call.until(AT + SECOND);
    call.stop();
    await call.clock.elapse(0);
    assert.equal(call.left, 0);
    await call.until(2 * HOUR);
    assert.deepEqual([call.tries.length, call.ends, call.reconnects], [1, [], []]);
  });
});

it('a stop during a roll-over leaves no timer', async () => {
  start(HOUR);
  call.takes = 10 * SECOND;
  await call.until(55 * MINUTE + 5 * SECOND);
  assert.equal(call.tries.length, 1);
  call.stop();
  await call.clock.elapse(0);
  assert.equal(call.left, 0);
  await call.until(2 * HOUR);
  assert.deepEqual([call.tries.length, call.swaps, call.ends], [1, [], []]);
});
