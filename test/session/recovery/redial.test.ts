import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { CallBudget } from '../../../src/session/record/call-budget.js';
import { Redial, type Attempt } from '../../../src/session/recovery/redial.js';
import { Clock } from '../../protocol/clock.js';
import { PageAround } from './page-around.js';

const UNREACHABLE = new VoiceError('token-failed', 'The token endpoint could not be reached.');

interface Dialled {
  readonly index: number;
  readonly isAnswered: boolean;
  close(): void;
}

/** An attempt as a test sees it. */
interface Seen {
  readonly at: number;
  isAnswered: boolean;
  isAborted: boolean;
  succeed(): void;
  fail(error: Error): void;
}

let clock: Clock;
let page: PageAround;
let budget: CallBudget;
let call: AbortController;
let seen: Seen[];
let most: number;
let redial: Redial<Dialled>;
let result: { readonly connection: number; readonly attempts: number } | undefined;
let failure: unknown;
/** What becomes of an attempt by itself; nothing as long as the network is silent. */
let onDial: (attempt: Seen) => void;

beforeEach(() => {
  clock = new Clock();
  page = new PageAround();
  mock.method(Math, 'random', () => 0.5);
  budget = new CallBudget();
  call = new AbortController();
  seen = [];
  most = 0;
  result = failure = undefined;
  onDial = () => {};
  redial = new Redial({ budget, dial });
});
afterEach(async () => {
  call.abort(new Error('The test is over.'));
  await clock.elapse(0);
  assert.deepEqual(
    [clock.pending, page.listeners, getEventListeners(call.signal, 'abort').length],
    [0, 0, 0],
    'something is left',
  );
  assert.ok(most <= 2, 'never more than two are open');
  clock.stop();
  page.stop();
  mock.restoreAll();
});

const start = (): number => clock.now - 1000;

function dial(): Attempt<Dialled> {
  let settle!: { resolve: () => void; reject: (error: Error) => void };
  const ready = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  const index = seen.length;
  let isOver = false;
  const attempt: Seen = {
    at: start(),
    isAnswered: false,
    isAborted: false,
    succeed: () => {
      isOver = true;
      settle.resolve();
    },
    fail: (error) => {
      isOver = true;
      settle.reject(error);
    },
  };
  seen.push(attempt);
  const isOpen = (each: Seen): boolean => !each.isAborted && !closed.get(each)!();
  closed.set(attempt, () => isOver);
  most = Math.max(most, seen.filter(isOpen).length);
  onDial(attempt);
  const connection = {
    index,
    get isAnswered() {
      return attempt.isAnswered;
    },
    close: () => {
      attempt.isAborted = true;
      settle.reject(new Error('Closed.'));
    },
  };
  return { connection, ready };
}
const codeOf = (error: unknown): unknown => (error as VoiceError).code;
const closed = new WeakMap<Seen, () => boolean>();

const run = (begun?: Attempt<Dialled>): void => {
  redial.run(call.signal, begun).then(
    ({ connection, attempts }) => (result = { connection: connection.index, attempts }),
    (error: Error) => (failure = error),
  );
};
const until = (at: number): Promise<void> => clock.elapse(at - start());
const times = (): number[] => seen.map(({ at }) => at);

describe('redialling', () => {
  it('makes one attempt where it is answered', async () => {
    run();
    await until(500);
    seen[0]!.succeed();
    await until(60_000);
    assert.deepEqual([times(), result], [[0], { connection: 0, attempts: 1 }]);
  });

  it('makes another attempt every two seconds while nothing answers, and leaves the first one its time', async () => {
    run();
    await until(9_999);
    assert.deepEqual(times(), [0, 2_000, 4_000, 6_000, 8_000]);
    assert.deepEqual(
      seen.map(({ isAborted }) => isAborted),
      [false, true, true, true, false],
    );
    seen[0]!.succeed();
    await until(20_000);
    assert.deepEqual([result, seen[4]!.isAborted], [{ connection: 0, attempts: 5 }, true]);
  });

  it('takes the first connection that is ready and gives the other attempt up', async () => {
    run();
    await until(2_500);
    seen[1]!.succeed();
    await until(2_600);
    assert.deepEqual([result, seen[0]!.isAborted], [{ connection: 1, attempts: 2 }, true]);
    await until(60_000);
    assert.equal(seen.length, 2);
  });

  it('makes no other attempt while one has its answer and waits for media', async () => {
    run();
    await until(1_900);
    seen[0]!.isAnswered = true;
    await until(12_000);
    assert.deepEqual(times(), [0]);
    seen[0]!.fail(new VoiceError('connection-failed', 'No media.'));
    await until(12_500);
    assert.equal(seen.length, 2);
  });

  for (const [what, happens] of [
    ['the network comes back', () => page.online(true)],
    ['the visitor comes back', () => page.show(true)],
  ] as const) {
    it(`makes another attempt at once when ${what}`, async () => {
      run();
      await until(2_700);
      happens();
      await until(2_701);
      assert.deepEqual(times(), [0, 2_000, 2_700]);
      assert.deepEqual(
        seen.map(({ isAborted }) => isAborted),
        [false, true, false],
      );
    });
  }

  it('makes no attempt while the browser is offline', async () => {
    run();
    await until(1_000);
    page.online(false);
    await until(8_000);
    assert.deepEqual(times(), [0]);
    page.online(true);
    await until(8_001);
    assert.deepEqual(times(), [0, 8_000]);
  });

  it('counts each attempt: after twelve it waits for those that are open, and ends with them', async () => {
    run();
    await until(25_000);
    assert.equal(seen.length, 12);
    assert.equal(seen.filter(({ isAborted }) => !isAborted).length, 2);
    seen[0]!.fail(UNREACHABLE);
    seen[11]!.fail(UNREACHABLE);
    await until(25_100);
    assert.equal(codeOf(failure), 'connection-lost');
    assert.equal(seen.length, 12);
  });

  it('gives up after half a minute in which everything hangs', async () => {
    run();
    await until(29_999);
    assert.equal(failure, undefined);
    await until(30_001);
    assert.deepEqual([codeOf(failure), (failure as unknown as VoiceError).retriable], ['connection-lost', true]);
    assert.ok(seen.every(({ isAborted }) => isAborted));
  });

  it('is not asked again before a server allows it, beside another attempt either', async () => {
    run();
    await until(2_100);
    seen[1]!.fail(new VoiceError('rate-limited', 'Slowly.', { retryAfterMs: 9_000 }));
    await until(5_000);
    page.online(true);
    await until(11_099);
    assert.equal(seen.length, 2);
    await until(11_200);
    assert.equal(seen.length, 3);
  });

  it('ends at once with what another attempt cannot cure, whatever is open beside', async () => {
    run();
    await until(2_100);
    const refused = new VoiceError('token-unauthorized', 'No.');
    seen[0]!.fail(refused);
    await until(2_101);
    assert.deepEqual([failure, seen[1]!.isAborted], [refused, true]);
  });

  it('goes on with the tries that are left when it is asked again, and with all of them when it is filled', async () => {
    onDial = (attempt) => attempt.succeed();
    for (let loss = 0; loss < 6; loss += 1) {
      result = undefined;
      run();
      await until((loss + 1) * 8_000);
      assert.deepEqual(result, { connection: loss, attempts: 1 }, `loss ${loss}`);
    }
    run();
    await until(60_000);
    assert.deepEqual([seen.length, codeOf(failure)], [6, 'connection-lost']);
    redial.refill();
    run();
    await until(61_000);
    assert.equal(seen.length, 7);
  });

  it('adopts an attempt that is under way', async () => {
    const begun = dial();
    run(begun);
    await until(1_000);
    seen[0]!.succeed();
    await until(1_001);
    assert.deepEqual([times(), result], [[0], { connection: 0, attempts: 1 }]);
  });

  it('leaves nothing open when the call ends', async () => {
    run();
    await until(2_500);
    call.abort(new Error('Stopped.'));
    await until(2_501);
    assert.deepEqual([(failure as Error).message, seen.map(({ isAborted }) => isAborted)], ['Stopped.', [true, true]]);
  });
});

describe('the budget of calls', () => {
  it('is twelve in any ten minutes', () => {
    const MINUTE = 60_000;
    for (let call = 0; call < 12; call += 1) {
      assert.equal(budget.left, 12 - call);
      budget.spend();
      clock.pass(MINUTE / 2);
    }
    // The first was made six minutes ago.
    assert.equal(budget.left, 0);
    clock.pass(4 * MINUTE);
    assert.equal(budget.left, 1);
    clock.pass(MINUTE / 2);
    assert.equal(budget.left, 2);
    budget.spend();
    clock.pass(10 * MINUTE);
    assert.equal(budget.left, 12);
  });

  it('is none after too many, and whole again for another conversation', () => {
    for (let call = 0; call < 20; call += 1) budget.spend();
    assert.ok(budget.left <= 0);
    budget.reset();
    assert.equal(budget.left, 12);
  });
});
