import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { retryDelay } from '../../../src/session/recovery/retry-delay.js';
import { Clock } from '../../protocol/clock.js';
import { PageAround } from './page-around.js';

const stopped = new Error('Stopped.');

describe('patience', () => {
  let clock: Clock;
  let page: PageAround;
  let call: AbortController;
  let over: string | undefined;
  beforeEach(() => {
    clock = new Clock();
    page = new PageAround();
    call = new AbortController();
    over = undefined;
  });
  afterEach(() => {
    clock.stop();
    page.stop();
    assert.equal(clock.pending, 0, 'a timer is left');
    assert.equal(page.listeners, 0, 'a listener is left on the page');
    assert.deepEqual(getEventListeners(call.signal, 'abort'), [], 'a listener is left on the signal');
  });

  /** Waits, and lets `time` pass meanwhile. */
  const wait = async (ms: number, time: number): Promise<void> => {
    retryDelay(ms, call.signal).then(
      () => (over = 'in time'),
      (reason: Error) => (over = reason.message),
    );
    await clock.elapse(time);
  };

  it('lasts as long as it is told', async () => {
    await wait(1_200, 1_199);
    assert.equal(over, undefined);
    await clock.elapse(1);
    assert.equal(over, 'in time');
  });

  it('of no time is over at once', async () => {
    await wait(0, 0);
    assert.equal(over, 'in time');
  });

  it('ends at once when the network comes back', async () => {
    await wait(7_000, 100);
    page.online(true);
    await clock.elapse(0);
    assert.equal(over, 'in time');
  });

  it('ends at once when the visitor comes back, but not when they go', async () => {
    await wait(7_000, 100);
    page.show(false);
    await clock.elapse(100);
    assert.equal(over, undefined);
    page.show(true);
    await clock.elapse(0);
    assert.equal(over, 'in time');
  });

  it('offline waits for the network alone, however long, and whether or not somebody looks', async () => {
    page.online(false);
    await wait(0, 3_600_000);
    page.show(false);
    page.show(true);
    await clock.elapse(3_600_000);
    assert.equal(over, undefined);
    page.online(true);
    await clock.elapse(0);
    assert.equal(over, 'in time');
  });

  it('does not end while offline either when the network goes meanwhile', async () => {
    await wait(7_000, 100);
    page.online(false);
    await clock.elapse(3_600_000);
    assert.equal(over, undefined);
    page.online(true);
    await clock.elapse(0);
    assert.equal(over, 'in time');
  });

  for (const onLine of [true, false]) {
    it(`ends with the call, ${onLine ? 'online' : 'offline'}, and leaves nothing`, async () => {
      page.online(onLine);
      await wait(7_000, 100);
      assert.ok(page.listeners > 0, 'otherwise nothing could have been left');
      call.abort(stopped);
      await clock.elapse(0);
      assert.equal(over, stopped.message);
    });

    it(`does not begin in a call that was stopped, ${onLine ? 'online' : 'offline'}`, async () => {
      page.online(onLine);
      call.abort(stopped);
      await wait(7_000, 0);
      assert.equal(over, stopped.message);
    });
  }
});
