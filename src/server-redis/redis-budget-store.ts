import type { BudgetStore } from '../server/budget-store.js';
import { checkRedis, runScript, type RedisClient } from './redis-client.js';
import { RedisLink } from './redis-link.js';

export interface RedisBudgetOptions {
  /** A client of `ioredis` or `redis`, connected by the site. */
  client: RedisClient;
  /** The beginning of all keys in Redis; default `realtime-voice`. Two budgets need two prefixes. */
  prefix?: string;
}

const NAME = 'createRedisBudgetStore';
const TWO_DAYS_S = 172_800;

/**
 * `ARGV`: how many places to add, how many there may be, what this process has counted while Redis was away, what it
 * last knew of all processes (used if Redis has lost the count), seconds to keep the key. Returns the new count, and
 * whether the places were added.
 */
const ADD = `
local stored = redis.call('get', KEYS[1])
local count = stored and (tonumber(stored) + tonumber(ARGV[3])) or tonumber(ARGV[4])
local added = 0
if count + tonumber(ARGV[1]) <= tonumber(ARGV[2]) then
  count = math.max(0, count + tonumber(ARGV[1]))
  added = 1
end
redis.call('set', KEYS[1], count, 'EX', ARGV[5])
return {count, added}`;

/**
 * Counts the calls of a day for all processes, as the `store` of `createDailyBudget`. While Redis is away, each process
 * goes on from the last count that it knows, and adds what it counted when Redis is back. A place that Redis took after
 * the deadline counts twice, and one that is given back meanwhile stays taken: rather a call too few than one too many.
 */
export function createRedisBudgetStore(options: RedisBudgetOptions): BudgetStore {
  const { client, prefix = 'realtime-voice' } = options ?? {};
  checkRedis(NAME, client, prefix);
  const link = new RedisLink(NAME);
  let known = { day: '', count: 0, unsent: 0 };

  const add = async (day: string, places: number, most: number): Promise<boolean> => {
    if (day > known.day) known = { day, count: 0, unsent: 0 };
    // A place that was taken before midnight may be given back after it.
    const before = day === known.day ? known : { day, count: 0, unsent: 0 };
    const { unsent } = before;
    const values = [places, most, unsent, before.count, TWO_DAYS_S].map(String);
    // Not sent twice by requests at the same time.
    before.unsent = 0;
    const answer = await link.ask(
      () => runScript(client, ADD, [`${prefix}:budget:${day}`], values) as Promise<number[]>,
    );
    if (answer) {
      before.count = Number(answer[0]);
      return Number(answer[1]) === 1;
    }
    before.unsent += unsent;
    // Redis may carry out a give-back late, so it is not sent again.
    if (places < 0 || before.count + places > most) return false;
    before.count += places;
    before.unsent += places;
    return true;
  };

  return {
    take: (day, mostCalls) => add(day, 1, mostCalls),
    giveBack: async (day) => void (await add(day, -1, Number.MAX_SAFE_INTEGER)),
  };
}
