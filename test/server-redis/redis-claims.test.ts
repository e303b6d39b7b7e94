import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startPracticeServer, type PracticeServer } from '../../demo/practice/server.js';
import { createRedisClaims, type RedisClaimsOptions } from '../../src/server-redis/index.js';
import { createCallGuard, type GuardedCall, type GuardRecord } from '../../src/server/index.js';
import { callThrough, change, sessionBecomes } from '../server/guard/guarded-caller.js';
import { redisIsMissing, startRedis, withRedis, type RedisProcess } from '../support/redis-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { CLIENT_NAMES, useRedis, type ClientName } from './redis-clients.js';

const missing = redisIsMissing();
const CALL = { callId: 'rtc_1', restores: 0, endsAt: 1_900_000_000_000 };
const OWN = { instructions: 'Greet.', tools: [] };

for (const name of CLIENT_NAMES) {
  describe(`claims in Redis, with the client ${name}`, () => {
    const used = useRedis(name);
    const claimsOf = (leaseSeconds = 60) => createRedisClaims({ client: used.connected.client, leaseSeconds });
    it(
      'belong to one owner, until the call is removed',
      withRedis(async () => {
        const claims = claimsOf();
        assert.equal(await claims.add(CALL, 'a'), true);
        assert.equal(await claims.add(CALL, 'b'), false);
        assert.equal(await claims.renew(CALL, 'a'), true);
        assert.equal(await claims.renew(CALL, 'b'), false);
        assert.deepEqual(await claims.takeOver('b'), []);
        await claims.remove(CALL.callId, 'b');
        assert.equal(await claims.add(CALL, 'b'), false);
        await claims.remove(CALL.callId, 'a');
        assert.equal(await claims.add(CALL, 'b'), true);
      }),
    );

    it(
      'are taken over once, as they were saved, when they are released',
      withRedis(async () => {
        const claims = claimsOf();
        await claims.add(CALL, 'a');
        await claims.renew({ ...CALL, restores: 1 }, 'a');
        await claims.release(CALL.callId, 'a');
        const [one, another] = await Promise.all([claims.takeOver('b'), claims.takeOver('c')]);
        assert.deepEqual([...one!, ...another!], [{ ...CALL, restores: 1 }]);
        assert.equal(await claims.renew(CALL, 'a'), false);
      }),
    );

    it(
      'are noted again in a Redis that has lost them',
      withRedis(async () => {
        const claims = claimsOf();
        await claims.add(CALL, 'a');
        await used.connected.flush();
        assert.equal(await claims.renew(CALL, 'a'), true);
        assert.equal(await claims.add(CALL, 'b'), false);
      }),
    );
  });
}

describe('guards on two machines', () => {
  let redis: RedisProcess;
  let practice: PracticeServer;
  const processes: ServerProcess[] = [];
  before(async () => {
    if (missing) return;
    [redis, practice] = await Promise.all([startRedis(), startPracticeServer()]);
  });
  // A guard of the last test would take over the calls of the next one.
  afterEach(() => Promise.all(processes.splice(0).map((one) => one.stop())));
  after(async () => {
    await Promise.all([redis?.stop(), practice?.close()]);
  });
  const start = async (seconds: number): Promise<ServerProcess> => {
    const site = await startSite('ioredis', redis.url, practice.url, seconds);
    processes.push(site);
    return site;
  };

  it(
    'let another machine take over when the first one is killed',
    withRedis(async () => {
      const [first, second] = await Promise.all([start(600), start(600)]);
      const caller = await callThrough(first.url, practice.url);
      await said(first, /"watching"/);
      const early = change(caller, { instructions: 'One.' });
      await sessionBecomes(caller, OWN, early);
      await said(first, /"restored"/);
      await first.stop();
      const from = change(caller, { instructions: 'Two.' });
      // The second guard restores it on joining.
      await sessionBecomes(caller, OWN, from);
      const later = change(caller, { instructions: 'Three.' });
      await sessionBecomes(caller, OWN, later);
      change(caller, { instructions: 'Four.' });
      await caller.until(() => caller.channelState === 'closed', 'the end');
      await said(second, /"action":"ended","reason":"drift"/);
      assert.equal(second.output().match(/"restored"/g)?.length, 1, 'the first guard had restored it once');
      caller.close();
    }),
  );

  it(
    'let another machine end the call in time when the first one is killed',
    withRedis(async () => {
      const [first, second] = await Promise.all([start(4), start(600)]);
      const caller = await callThrough(first.url, practice.url);
      await first.stop();
      await caller.until(() => caller.channelState === 'closed', 'the end');
      await said(second, /"reason":"max-session-seconds"/);
      caller.close();
    }),
  );
});

describe('a call whose preset no guard knows any more', () => {
  const used = useRedis('ioredis');
  it(
    'is told of once, and forgotten after a day',
    withRedis(async ({ mock }) => {
      const log = mock.method(console, 'error', () => undefined);
      const inRedis = createRedisClaims({ client: used.connected.client, leaseSeconds: 1 });
      let takeovers = 0;
      let takenAgain = (): void => undefined;
      const again = new Promise<void>((resolve) => (takenAgain = resolve));
      const takeOver = async (owner: string): Promise<GuardedCall[]> => {
        const taken = await inRedis.takeOver(owner);
        takeovers += taken.length;
        // At first it is left at once. Each time after that, its lease is over, because nobody renews it.
        if (takeovers === 4) takenAgain();
        return taken;
      };
      const claims = { ...inRedis, takeOver };
      const call = { callId: 'rtc_1', preset: 'gone', restores: 0 };
      await claims.add(call, 'a');
      await claims.release(call.callId, 'a');
      const practice = await startPracticeServer();
      const records: GuardRecord[] = [];
      const guard = createCallGuard({
        apiKey: 'sk-the-key-of-the-site',
        session: { instructions: 'Greet.' },
        baseUrl: practice.url,
        WebSocket,
        claims,
        onGuard: (record) => void records.push(record),
      });
      try {
        await again;
        assert.deepEqual(
          log.mock.calls.map(({ arguments: [message] }) => message as string),
          ['realtime-voice/server: createCallGuard: the preset of call rtc_1 is not known here.'],
        );
        assert.deepEqual(records, []);
        mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 3_600_000 });
        const deadline = performance.now() + 10_000;
        while ((await used.connected.keys()).length > 0) {
          assert.ok(performance.now() < deadline, 'Redis still knows it');
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        assert.deepEqual(records, [{ callId: 'rtc_1', preset: 'gone', action: 'over' }]);
      } finally {
        await guard.close();
        await practice.close();
      }
    }),
  );
});

it('the options of the claims must be right when they are made', () => {
  const client = { eval: () => undefined };
  for (const [options, message] of [
    [{}, /client must be/],
    [{ client, prefix: '' }, /prefix must be/],
    [{ client, leaseSeconds: 0 }, /leaseSeconds must be/],
    [{ client, leaseSeconds: '10' }, /leaseSeconds must be/],
  ] as const) {
    assert.throws(
      () => createRedisClaims(options as RedisClaimsOptions),
      (error: Error) => error instanceof TypeError && message.test(error.message),
    );
  }
});

function startSite(client: ClientName, redisUrl: string, practiceUrl: string, seconds: number): Promise<ServerProcess> {
  return startServer({
    name: 'The guarded site',
    run: ['--import', 'tsx', 'test/server-redis/guarded-site.ts', redisUrl, client, practiceUrl, String(seconds)],
    address: (line) => (line.startsWith('http') ? line : undefined),
  });
}

async function said(site: ServerProcess, pattern: RegExp): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!pattern.test(site.output())) {
    assert.ok(Date.now() < deadline, `nothing matches ${pattern} in:\n${site.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
