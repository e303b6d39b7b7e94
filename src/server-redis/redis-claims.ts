import type { CallClaims, GuardedCall } from '../server/guard/call-claims.js';
import { checkRedis, runScript, type RedisClient } from './redis-client.js';
import { RedisLink } from './redis-link.js';

export interface RedisClaimsOptions {
  /** A client of `ioredis` or `redis`, connected by the site. */
  client: RedisClient;
  /** The beginning of all keys in Redis; default `realtime-voice`. */
  prefix?: string;
  /** Seconds after which another guard takes over the calls of one that is gone, 1 to 300; default 10. */
  leaseSeconds?: number;
}

const NAME = 'createRedisClaims';

/**
 * `KEYS`: hash of the calls by id, sorted set of the ids by the end of their lease, hash of the owners by id. `ARGV`:
 * owner, milliseconds of a lease, id, call. The time is that of Redis: the clocks of the machines do not matter.
 */
const HEAD = `
local clock = redis.call('time')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local calls, leases, owners = KEYS[1], KEYS[2], KEYS[3]
local owner, lease, id, call = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local function claim(one)
  redis.call('zadd', leases, now + lease, one)
  redis.call('hset', owners, one, owner)
  for _, key in ipairs(KEYS) do redis.call('expire', key, 172800) end
end
local function forget(one)
  redis.call('hdel', calls, one)
  redis.call('hdel', owners, one)
  redis.call('zrem', leases, one)
end
`;
const ADD = `${HEAD}
if redis.call('hexists', calls, id) == 1 then return 0 end
redis.call('hset', calls, id, call)
claim(id)
return 1`;
const RENEW = `${HEAD}
local holder = redis.call('hget', owners, id)
local expires = tonumber(redis.call('zscore', leases, id) or '0')
if holder and holder ~= owner and expires > now then return 0 end
redis.call('hset', calls, id, call)
claim(id)
return 1`;
const TAKE_OVER = `${HEAD}
local taken = {}
for _, one in ipairs(redis.call('zrangebyscore', leases, '-inf', now, 'LIMIT', 0, 100)) do
  local known = redis.call('hget', calls, one)
  if known then
    claim(one)
    table.insert(taken, known)
  else
    forget(one)
  end
end
return taken`;
const REMOVE = `${HEAD}
if redis.call('hget', owners, id) == owner then forget(id) end
return 1`;
const RELEASE = `${HEAD}
if redis.call('hget', owners, id) == owner then redis.call('zadd', leases, 0, id) end
return 1`;

/**
 * The claims of guards on several machines. While Redis is away, each guard goes on with its calls; nobody takes over
 * others.
 */
export function createRedisClaims(options: RedisClaimsOptions): CallClaims {
  const { client, prefix = 'realtime-voice', leaseSeconds = 10 } = options ?? {};
  checkRedis(NAME, client, prefix);
  if (!(typeof leaseSeconds === 'number' && leaseSeconds >= 1 && leaseSeconds <= 300)) {
    throw new TypeError(`${NAME}: leaseSeconds must be a number of seconds from 1 to 300.`);
  }
  const leaseMs = Math.round(leaseSeconds * 1000);
  const link = new RedisLink(NAME);
  // In a cluster, the braces keep the three keys on one machine.
  const keys = ['calls', 'leases', 'owners'].map((name) => `${prefix}:{guard}:${name}`);
  const run = <T extends number | string[]>(
    script: string,
    owner: string,
    id = '',
    call = '',
  ): Promise<T | undefined> =>
    link.ask(() => runScript(client, script, keys, [owner, String(leaseMs), id, call]) as Promise<T>);
  const save = async (script: string, call: GuardedCall, owner: string): Promise<boolean> =>
    (await run<number>(script, owner, call.callId, JSON.stringify(call))) !== 0;

  return {
    renewEveryMs: Math.floor(leaseMs / 3),
    add: (call, owner) => save(ADD, call, owner),
    renew: (call, owner) => save(RENEW, call, owner),
    takeOver: async (owner) =>
      ((await run<string[]>(TAKE_OVER, owner)) ?? []).map((text) => JSON.parse(text) as GuardedCall),
    remove: async (callId, owner) => void (await run<number>(REMOVE, owner, callId)),
    release: async (callId, owner) => void (await run<number>(RELEASE, owner, callId)),
  };
}
