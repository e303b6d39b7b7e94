import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createRedisLimiter, type RedisLimiterOptions } from '../../src/server-redis/index.js';
import { RedisLink } from '../../src/server-redis/redis-link.js';
import type { Limiter } from '../../src/server/index.js';
import { startUpstream, type UpstreamServer } from '../server/upstream-server.js';
import { visitorRequest } from '../server/visitor.js';
import { redisIsMissing, startRedis, withRedis, type RedisProcess } from '../support/redis-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { CLIENT_NAMES, connect, type ClientName, type ConnectedClient } from './redis-clients.js';

const missing = redisIsMissing();
let redis: RedisProcess;
before(async () => {
  if (!missing) redis = await startRedis();
});
after(() => redis?.stop());

const ask = async (limiter: Limiter, address: string | undefined, method = 'POST') =>
  limiter(visitorRequest({ method }), { address });

for (const name of CLIENT_NAMES) {
  describe(`the limiter in Redis, with the client ${name}`, () => {
    let connected: ConnectedClient;
    before(async () => {
      if (!missing) connected = await connect(name, redis.url);
    });
    after(() => connected?.close());
    beforeEach(async () => {
      if (!missing) await connected.flush();
    });
    const limiterWith = (options: Partial<RedisLimiterOptions> = {}): Limiter =>
      createRedisLimiter({ client: connected.client, ...options });

    it(
      'allows 10 a minute per address in all processes, and says when the next is',
      withRedis(async () => {
        const [one, another] = [limiterWith(), limiterWith()];
        for (let index = 0; index < 10; index++) {
          assert.deepEqual(await ask(index % 2 ? one : another, '192.0.2.1'), { allowed: true });
        }
        for (const limiter of [one, another]) {
          const { allowed, retryAfterSeconds } = await ask(limiter, '192.0.2.1');
          assert.equal(allowed, false);
          assert.ok(retryAfterSeconds! > 50 && retryAfterSeconds! <= 60, `${retryAfterSeconds} s`);
        }
        assert.deepEqual(await ask(one, '192.0.2.2'), { allowed: true });
      }),
    );

    it(
      'does not count for the site what it refuses for the address',
      withRedis(async () => {
        const limiter = limiterWith({ perAddress: 2, perSite: 5 });
        for (let index = 0; index < 50; index++) await ask(limiter, '192.0.2.1');
        for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4']) {
          assert.equal((await ask(limiter, address)).allowed, true);
        }
        assert.equal((await ask(limiter, '192.0.2.5')).allowed, false);
      }),
    );

    it(
      'does not count for the address what it refuses for the site',
      withRedis(async () => {
        const full = limiterWith({ perAddress: 2, perSite: 1 });
        for (let index = 0; index < 10; index++) await ask(full, '192.0.2.1');
        const open = limiterWith({ perAddress: 2, perSite: 100 });
        assert.equal((await ask(open, '192.0.2.1')).allowed, true);
        assert.equal((await ask(open, '192.0.2.1')).allowed, false);
      }),
    );

    it(
      'counts hang-ups by themselves',
      withRedis(async () => {
        const limiter = limiterWith({ perAddress: 1, perSite: 2 });
        for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.3']) await ask(limiter, address);
        assert.equal((await ask(limiter, '192.0.2.1', 'DELETE')).allowed, true);
        assert.equal((await ask(limiter, '192.0.2.1', 'DELETE')).allowed, false);
      }),
    );

    it(
      'counts visitors without an address for the site alone, and says so once',
      withRedis(async (context) => {
        const warn = context.mock.method(console, 'warn', () => undefined);
        const limiter = limiterWith({ perAddress: 1, perSite: 3 });
        const verdicts = [];
        for (let index = 0; index < 4; index++) verdicts.push((await ask(limiter, undefined)).allowed);
        assert.deepEqual(verdicts, [true, true, true, false]);
        assert.equal(warn.mock.callCount(), 1);
      }),
    );

    it(
      'writes keys that hold no address and expire, with the prefix of the site',
      withRedis(async () => {
        await ask(limiterWith({ prefix: 'shop:voice' }), '192.0.2.1');
        await ask(limiterWith({ prefix: 'shop:voice', secret: 'another secret' }), '192.0.2.1');
        const keys = await connected.keys();
        assert.equal(keys.length, 3, 'two hashes of the address, and one site');
        for (const key of keys) {
          assert.match(key, /^shop:voice:starts:/);
          assert.ok(!key.includes('192.0.2.1'));
        }
      }),
    );

    it(
      'decides in memory while Redis hangs, and asks Redis again by itself',
      withRedis(async (context) => {
        const log = context.mock.method(console, 'error', () => undefined);
        const warn = context.mock.method(console, 'warn', () => undefined);
        const limiter = limiterWith({ perAddress: 4, perSite: 8, insurance: { perAddress: 2, perProcess: 3 } });
        redis.pause();
        try {
          const verdicts = [];
          for (const address of ['a', 'a', 'a', 'b', 'c']) verdicts.push((await ask(limiter, address)).allowed);
          assert.deepEqual(verdicts, [true, true, false, true, false]);
          assert.equal(log.mock.callCount(), 1, 'it is said once');
          assert.match(
            String(log.mock.calls[0]?.arguments[0]),
            /Redis is away \(Redis did not settle within 0\.3 s\.\)/,
          );
        } finally {
          redis.resume();
        }
        while (warn.mock.callCount() === 0) await ask(limiter, `d${Math.random()}`);
        assert.match(String(warn.mock.calls[0]?.arguments[0]), /Redis is back/);
        // In memory, both would be refused by now.
        assert.equal((await ask(limiter, 'e')).allowed, true);
        assert.equal((await ask(limiter, 'e')).allowed, true);
      }),
    );
  });

  describe(`two server processes with the client ${name}`, () => {
    const LIMITS = { perAddress: 10, perSite: 50, insurance: { perAddress: 10, perProcess: 20 } };
    let upstream: UpstreamServer;
    let servers: ServerProcess[] = [];
    before(async () => {
      if (missing) return;
      upstream = await startUpstream();
      servers = await Promise.all([1, 2].map(() => startLimited(name, upstream.url, LIMITS)));
      // The first request of a process is slow: it compiles, and connects to the service.
      await Promise.all(servers.map((server) => visit(server, 'first')));
    });
    after(() => Promise.all([upstream?.close(), ...servers.map((server) => server.stop())]));
    beforeEach(async () => {
      if (missing) return;
      const { flush, close } = await connect(name, redis.url);
      await flush();
      close();
    });

    it(
      'share 429 and Retry-After',
      withRedis(async () => {
        const responses = await Promise.all(Array.from({ length: 40 }, (_, index) => visit(servers[index % 2]!, 'a')));
        assert.equal(responses.filter(({ status }) => status === 200).length, 10);
        const refused = responses.filter(({ status }) => status === 429);
        assert.equal(refused.length, 30);
        for (const { retryAfter } of refused) assert.ok(retryAfter > 50 && retryAfter <= 60, `${retryAfter} s`);
      }),
    );

    it(
      'lose no request when Redis is killed and started again under load, and keep to the limits',
      withRedis(async () => {
        const before = await load(servers, 120);
        assert.equal(before.allowed, 50);

        let stopped = false;
        const rounds: Promise<Sum>[] = [];
        const flow = (async () => {
          while (!stopped) {
            rounds.push(load(servers, 20));
            await rounds.at(-1);
          }
        })();
        await redis.stop();
        await said(servers, /Redis is away/);
        await redis.start();
        await said(servers, /Redis is back/);
        // Enough for Redis to be used up again.
        rounds.push(load(servers, 120));
        await rounds.at(-1);
        stopped = true;
        await flow;
        const sums = await Promise.all(rounds);
        const allowed = sums.reduce((total, sum) => total + sum.allowed, 0);
        assert.deepEqual([...new Set(sums.flatMap(({ statuses }) => statuses))].sort(), [200, 429]);
        // 20 in the memory of each process, and 50 in the new Redis; more than 40 means that Redis counts again.
        assert.ok(allowed > 40 && allowed <= 90, `${allowed} allowed`);
      }),
    );
  });
}

it(
  'a process that was busy does not take Redis for away',
  withRedis(async (context) => {
    const log = context.mock.method(console, 'error', () => undefined);
    const { keys, close } = await connect('ioredis', redis.url);
    try {
      await keys(); // Connected.
      const answer = new RedisLink('createRedisLimiter').ask(keys);
      for (const until = performance.now() + 500; performance.now() < until;);
      assert.ok(await answer);
      assert.equal(log.mock.callCount(), 0);
    } finally {
      close();
    }
  }),
);

it('the options of the limiter must be right when it is made', () => {
  const client = { eval: () => undefined };
  for (const [options, message] of [
    [undefined, /client must be a client of ioredis or redis/],
    [{}, /client must be/],
    [{ client: 'redis://localhost' }, /client must be/],
    [{ client, prefix: 'a b' }, /prefix must be/],
    [{ client, secret: '' }, /secret must be/],
    [{ client, perAddress: 0 }, /perAddress must be a whole number from 1 to 100000/],
    [{ client, perSite: '100' }, /perSite must be a whole number from 1 to 1000000/],
    [{ client, insurance: { perProcess: -1 } }, /perProcess must be/],
  ] as const) {
    assert.throws(
      () => createRedisLimiter(options as RedisLimiterOptions),
      (error: Error) => error instanceof TypeError && message.test(error.message),
    );
  }
});

interface Visit {
  status: number;
  retryAfter: number;
}

interface Sum {
  statuses: number[];
  allowed: number;
}

async function visit({ url }: ServerProcess, address: string): Promise<Visit> {
  const headers = { 'Content-Type': 'application/json', Origin: url, 'X-Address': address };
  // Far below the deadline of the site's functions: nothing may hang.
  const response = await fetch(url, { method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(3_000) });
  await response.text();
  return { status: response.status, retryAfter: Number(response.headers.get('Retry-After')) };
}

/** Sends requests of different visitors to both servers, 20 at the same time. */
async function load(servers: readonly ServerProcess[], count: number): Promise<Sum> {
  const statuses: number[] = [];
  let sent = 0;
  const visitor = async (): Promise<void> => {
    while (sent < count) {
      const { status } = await visit(servers[sent++ % 2]!, `visitor-${Math.random()}`);
      statuses.push(status);
    }
  };
  await Promise.all(Array.from({ length: 20 }, visitor));
  return { statuses, allowed: statuses.filter((status) => status === 200).length };
}

async function said(servers: readonly ServerProcess[], pattern: RegExp): Promise<void> {
  while (!servers.every((server) => pattern.test(server.output()))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function startLimited(client: ClientName, upstream: string, limits: object): Promise<ServerProcess> {
  const program = ['--import', 'tsx', 'test/server-redis/limited-server.ts'];
  return startServer({
    name: 'The limited server',
    run: [...program, redis.url, client, upstream, JSON.stringify(limits)],
    address: (line) => (line.startsWith('http') ? line : undefined),
  });
}
