import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRedisBudgetStore, type RedisBudgetOptions } from '../../src/server-redis/index.js';
import type { BudgetStore } from '../../src/server/index.js';
import { withRedis } from '../support/redis-process.js';
import { CLIENT_NAMES, useRedis } from './redis-clients.js';

const DAY = '2026-11-28';

for (const name of CLIENT_NAMES) {
  describe(`a budget in Redis, with the client ${name}`, () => {
    const used = useRedis(name);
    /** Redis hangs as long as this takes. */
    const whileRedisHangs = async (act: () => Promise<void>): Promise<void> => {
      used.redis.pause();
      await act().finally(() => used.redis.resume());
    };
    const stores = (): [BudgetStore, BudgetStore] => [
      createRedisBudgetStore({ client: used.connected.client }),
      createRedisBudgetStore({ client: used.connected.client }),
    ];
    const takenOf = async (all: readonly BudgetStore[], tries: number, most: number): Promise<number> => {
      const answers = await Promise.all(
        Array.from({ length: tries }, (_, index) => all[index % all.length]!.take(DAY, most)),
      );
      return answers.filter((taken) => taken).length;
    };

    it(
      'is shared by all processes, day by day',
      withRedis(async () => {
        const both = stores();
        assert.equal(await takenOf(both, 50, 7), 7);
        assert.equal(await both[0].take('2026-11-29', 7), true);
        const keys = await used.connected.keys();
        assert.deepEqual(keys.sort(), [`realtime-voice:budget:${DAY}`, 'realtime-voice:budget:2026-11-29']);
      }),
    );

    it(
      'takes back what was not used, whoever took it',
      withRedis(async () => {
        const [one, another] = stores();
        assert.equal(await takenOf([one], 5, 3), 3);
        await another.giveBack(DAY);
        assert.equal(await takenOf([one, another], 5, 3), 1);
        for (let index = 0; index < 9; index++) await one.giveBack(DAY);
        assert.equal(await takenOf([another], 5, 3), 3, 'never below zero');
      }),
    );

    it(
      'goes on from the last count while Redis hangs, and adds what it counted afterwards',
      withRedis(async (context) => {
        context.mock.method(console, 'error', () => undefined);
        const back = context.mock.method(console, 'warn', () => undefined);
        const [one, another] = stores();
        assert.equal(await takenOf([one], 4, 100), 4);
        await whileRedisHangs(async () => {
          assert.equal(await takenOf([one], 1, 6), 1);
          assert.equal(await takenOf([one], 10, 6), 1);
        });
        while (back.mock.callCount() === 0) await one.take(DAY, 0);
        atMostOneTooMany(await takenOf([another], 10, 9), 3);
      }),
    );

    it(
      'does not take a place back twice if Redis was slow',
      withRedis(async (context) => {
        context.mock.method(console, 'error', () => undefined);
        const back = context.mock.method(console, 'warn', () => undefined);
        const [one, another] = stores();
        assert.equal(await takenOf([one], 4, 4), 4);
        await whileRedisHangs(async () => {
          for (let index = 0; index < 3; index++) await one.giveBack(DAY);
        });
        while (back.mock.callCount() === 0) await one.take(DAY, 0);
        assert.ok((await takenOf([another], 10, 4)) <= 1, 'at most the one that Redis has carried out');
      }),
    );

    it(
      'keeps the count of today when a place of yesterday is given back',
      withRedis(async (context) => {
        context.mock.method(console, 'error', () => undefined);
        const [one] = stores();
        assert.equal(await takenOf([one], 3, 3), 3);
        await one.giveBack('2026-11-27');
        await whileRedisHangs(async () => assert.equal(await takenOf([one], 3, 3), 0));
      }),
    );

    it(
      'is the largest that a process knows, if Redis has lost it',
      withRedis(async () => {
        const [one, another] = stores();
        assert.equal(await takenOf([one], 1, 100), 1);
        assert.equal(await takenOf([another], 6, 100), 6);
        await used.connected.flush();
        // The first to ask knows of one place, the other of all seven.
        assert.equal(await takenOf([one], 1, 100), 1);
        assert.equal(await takenOf([another], 10, 9), 2);
        assert.equal(await takenOf([one], 1, 9), 0);
      }),
    );

    it(
      'is not counted twice when a place was given back by another process',
      withRedis(async () => {
        const [one, another] = stores();
        assert.equal(await takenOf([one], 3, 3), 3);
        await another.giveBack(DAY);
        assert.equal(await takenOf([one], 3, 3), 1);
      }),
    );

    it(
      'is not forgotten by a Redis that was killed',
      withRedis(async (context) => {
        context.mock.method(console, 'error', () => undefined);
        const back = context.mock.method(console, 'warn', () => undefined);
        const [one, another] = stores();
        assert.equal(await takenOf([one], 4, 100), 4);
        await used.redis.stop();
        assert.equal(await takenOf([one], 1, 5), 1);
        assert.equal(await takenOf([one], 10, 5), 0);
        await used.redis.start();
        while (back.mock.callCount() === 0) await one.take(DAY, 0);
        atMostOneTooMany(await takenOf([another], 10, 7), 2);
      }),
    );
  });
}

/** Redis may carry out the one command that nobody waited for any more. */
function atMostOneTooMany(left: number, wanted: number): void {
  assert.ok(left === wanted || left === wanted - 1, `${left} places were left instead of ${wanted}`);
}

it('the options of the store must be right when it is made', () => {
  assert.throws(() => createRedisBudgetStore({} as RedisBudgetOptions), /^TypeError: createRedisBudgetStore: client/);
});
