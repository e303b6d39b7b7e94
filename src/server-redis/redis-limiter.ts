import { RateLimiterRedis } from 'rate-limiter-flexible';
import { DerivedKey } from '../server/derived-key.js';
import type { Limiter, LimiterVerdict } from '../server/limiter.js';
import { createMemoryLimiter, type MemoryLimiterOptions } from '../server/memory-limiter.js';
import { UnknownAddressWarning } from '../server/unknown-address.js';
import { checkRedis, isIoredis, type RedisClient } from './redis-client.js';
import { RedisLink } from './redis-link.js';

export interface RedisLimiterOptions {
  /** A client of `ioredis` or `redis`, connected by the site. */
  client: RedisClient;
  /** Requests a minute from one address, 1 to 100,000; default 10. An IPv6 address counts by its /64. */
  perAddress?: number;
  /** Requests a minute in all processes together, 1 to 1,000,000; default 100. */
  perSite?: number;
  /** The beginning of all keys in Redis; default `realtime-voice`. */
  prefix?: string;
  /** The secret for the hashes of addresses, the same in all processes; default derived from `prefix`. */
  secret?: string;
  /** The limits of each process while Redis is away; default `perAddress`, and `perSite` for the process. */
  insurance?: MemoryLimiterOptions;
}

const MINUTE_S = 60;
const NAME = 'createRedisLimiter';

/**
 * A limiter whose counts all processes share. Hang-ups (`DELETE`) have counts of their own, and a request that is
 * refused for its address does not use up the count of the site. While Redis is away, or takes longer than 300 ms, each
 * process counts in its memory.
 */
export function createRedisLimiter(options: RedisLimiterOptions): Limiter {
  const { client, prefix = 'realtime-voice', secret = prefix } = options ?? {};
  checkRedis(NAME, client, prefix);
  if (typeof secret !== 'string' || secret === '') throw new TypeError(`${NAME}: secret must be a text.`);
  const perAddress = checked('perAddress', options.perAddress ?? 10, 100_000);
  const perSite = checked('perSite', options.perSite ?? 100, 1_000_000);
  const insurance = createMemoryLimiter({ perAddress, perProcess: Math.min(perSite, 100_000), ...options.insurance });
  const key = new DerivedKey(secret, 'limiter address');
  const link = new RedisLink(NAME);
  const warning = new UnknownAddressWarning(`${perSite} requests a minute`);
  const countOf = (purpose: string) => new RedisCount({ client, perAddress, perSite, prefix: `${prefix}:${purpose}` });
  const starts = countOf('starts');
  const hangUps = countOf('hang-ups');

  return async (request, visitor) => {
    const { address } = visitor;
    warning.say(address);
    const count = request.method === 'DELETE' ? hangUps : starts;
    const visitorKey = address === undefined ? undefined : await key.sign(address);
    return (await link.ask(() => count.take(visitorKey))) ?? insurance(request, visitor);
  };
}

/** The count of one kind of request, for each address and for the site. */
class RedisCount {
  readonly #addresses: RateLimiterRedis;
  readonly #site: RateLimiterRedis;

  constructor(options: { client: RedisClient; perAddress: number; perSite: number; prefix: string }) {
    const { client: storeClient, perAddress, perSite, prefix } = options;
    const shared = { storeClient, useRedisPackage: !isIoredis(storeClient), duration: MINUTE_S };
    this.#addresses = new RateLimiterRedis({ ...shared, points: perAddress, keyPrefix: `${prefix}:address` });
    this.#site = new RateLimiterRedis({ ...shared, points: perSite, keyPrefix: `${prefix}:site` });
  }

  async take(visitor: string | undefined): Promise<LimiterVerdict> {
    // The address first: what it refuses must not be counted for the site.
    const own = visitor === undefined ? ALLOWED : await consume(this.#addresses, visitor);
    if (!own.allowed) return own;
    const verdict = await consume(this.#site, 'all');
    if (!verdict.allowed && visitor !== undefined) await this.#addresses.reward(visitor, 1);
    return verdict;
  }
}

const ALLOWED: LimiterVerdict = { allowed: true };

/** The library rejects with an error if Redis fails, and with the state of the count if it is used up. */
async function consume(limiter: RateLimiterRedis, key: string): Promise<LimiterVerdict> {
  try {
    await limiter.consume(key, 1);
    return ALLOWED;
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    const { msBeforeNext } = refused as { msBeforeNext: number };
    return { allowed: false, retryAfterSeconds: Math.ceil(msBeforeNext / 1000) };
  }
}

function checked(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new TypeError(`${NAME}: ${name} must be a whole number from 1 to ${most}.`);
}
