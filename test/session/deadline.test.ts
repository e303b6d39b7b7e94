import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { beforeEach, describe, it } from 'node:test';
import { repeatUntilAborted, untilAborted, within } from '../../src/session/deadline.js';

const LONG = 60_000;
const expired = new Error('Too slow.');
const stopped = new Error('Stopped.');
const never = () => new Promise<never>(() => {});
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

let call: AbortController;
let timersBefore: number;
beforeEach(() => {
  call = new AbortController();
  timersBefore = timers();
});

function assertNothingLeft(): void {
  assert.equal(timers(), timersBefore, 'a timer is left');
  assert.deepEqual(getEventListeners(call.signal, 'abort'), [], 'a listener is left');
}

describe('within', () => {
  it('resolves as the step does, and leaves no timer', async () => {
    let during = 0;
    const step = async () => {
      during = timers();
      return 'done';
    };
    assert.equal(await within(LONG, call.signal, () => expired, step), 'done');
    // Otherwise nothing could have been left.
    assert.equal(during, timersBefore + 1);
    assertNothingLeft();
  });

  it('rejects as the step does, at once or later', async () => {
    const failure = new Error('No.');
    await assert.rejects(
      within(
        LONG,
        call.signal,
        () => expired,
        () => Promise.reject(failure),
      ),
      failure,
    );
    const thrower = (): never => {
      throw failure;
    };
    await assert.rejects(
      within(LONG, call.signal, () => expired, thrower),
      failure,
    );
    assertNothingLeft();
  });

  it('expires even if the step ignores its signal, and aborts that signal', async () => {
    let told: AbortSignal | undefined;
    const step = (signal: AbortSignal) => {
      told = signal;
      return never();
    };
    await assert.rejects(
      within(5, call.signal, () => expired, step),
      expired,
    );
    assert.equal(told?.reason, expired);
    assertNothingLeft();
  });

  it("aborts with the call, for the call's reason, and aborts the signal of the step", async () => {
    let told: AbortSignal | undefined;
    const running = within(
      LONG,
      call.signal,
      () => expired,
      (signal) => {
        told = signal;
        return never();
      },
    );
    call.abort(stopped);
    await assert.rejects(running, stopped);
    assert.equal(told?.reason, stopped);
    assertNothingLeft();
  });

  it('does not run the step in a call that was stopped', async () => {
    call.abort(stopped);
    let steps = 0;
    await assert.rejects(
      within(
        LONG,
        call.signal,
        () => expired,
        async () => (steps += 1),
      ),
      stopped,
    );
    assert.equal(steps, 0);
    assertNothingLeft();
  });

  it('makes the error only when it expires', async () => {
    let made = 0;
    const make = () => {
      made += 1;
      return expired;
    };
    await within(LONG, call.signal, make, async () => {});
    assert.equal(made, 0);
    await assert.rejects(within(1, call.signal, make, never));
    assert.equal(made, 1);
  });

  it('does not abort the signal of a step that is done', async () => {
    let told: AbortSignal | undefined;
    await within(
      LONG,
      call.signal,
      () => expired,
      async (signal) => (told = signal),
    );
    call.abort(stopped);
    assert.equal(told?.aborted, false);
  });
});

describe('repeatUntilAborted', () => {
  it('runs its step again and again until the signal aborts', async () => {
    let steps = 0;
    await new Promise<void>((resolve) => {
      repeatUntilAborted(call.signal, 1, () => {
        steps += 1;
        if (steps === 3) resolve();
      });
    });
    call.abort(stopped);
    assertNothingLeft();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(steps, 3);
  });

  it('does not begin in a call that has ended', () => {
    call.abort(stopped);
    repeatUntilAborted(call.signal, LONG, () => {});
    assertNothingLeft();
  });
});

describe('untilAborted', () => {
  it('settles as the promise does if nothing aborts', async () => {
    assert.equal(await untilAborted(Promise.resolve(7), call.signal), 7);
    await assert.rejects(untilAborted(Promise.reject(expired), call.signal), expired);
    assertNothingLeft();
  });

  it('rejects as soon as the signal aborts, or has aborted', async () => {
    const running = untilAborted(never(), call.signal);
    call.abort(stopped);
    await assert.rejects(running, stopped);
    await assert.rejects(untilAborted(never(), call.signal), stopped);
  });

  it('a promise that rejects after the abort is not reported as unhandled', async () => {
    let fail!: (reason: Error) => void;
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listener);
    const late = untilAborted(new Promise<never>((_, reject) => (fail = reject)), call.signal);
    call.abort(stopped);
    await assert.rejects(late, stopped);
    fail(expired);
    // Unhandled rejections are told after the microtasks of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listener);
    assert.deepEqual(unhandled, []);
    assert.deepEqual(getEventListeners(call.signal, 'abort'), []);
  });
});
