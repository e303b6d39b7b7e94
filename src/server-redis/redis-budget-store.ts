import type { BudgetStore } from '../server/budget-store.js';
import { checkRedis, runScript, type RedisClient } from './redis-client.js';
import { RedisLink } from './redis-link.js';

export interface RedisBudgetOptions {
  /** A client of `ioredis` or `redis`, connected by the site. */
  client: RedisClient;
  /** The beginning of all keys in Redis; default `realtime-voice`. Two budgets need two prefixes. */
  prefix?: string;
}

type Answer = [count: number, added: number, mark: string];

/** What a process knows of a day that it has not asked for. */
const nothingOf = (day: string) => ({ day, count: 0, unsent: 0, mark: '' });

const NAME = 'createRedisBudgetStore';
const TWO_DAYS_S = 172_800;

/**
 * `ARGV`: how many places to add, how many there may be, what this process has counted while Redis was away, what it
 * last knew of all processes, seconds to keep the key, the mark that it last saw with the count, a new mark. A count
 * that was lost and begun anew has another mark: then the larger of both counts, since more cannot be known. Returns
 * the new count, whether the places were added, and the mark.
 */
const ADD = `
local stored = redis.call('hmget', KEYS[1], 'count', 'mark')
local count = tonumber(stored[1] or '0') + tonumber(ARGV[3])
local mark = stored[2] or ARGV[7]
if mark ~= ARGV[6] then count = math.max(count, tonumber(ARGV[4])) end
local added = 0
if count + tonumber(ARGV[1]) <= tonumber(ARGV[2]) then
  count = math.max(0, count + tonumber(ARGV[1]))
  added = 1
end
redis.call('hset', KEYS[1], 'count', count, 'mark', mark)
redis.call('expire', KEYS[1], ARGV[5])
return {count, added, mark}`;

/**
 * Counts the calls of a day for all processes, as the `store` of `createDailyBudget`. While Redis is away, each process
 * goes on from the last count that it knows, and adds what it counted when Redis is back. If Redis has lost the count,
 * the largest that a process knows counts. A place that Redis took after
 * the deadline counts twice, and one that is given back meanwhile stays taken: rather a call too few than one too many.
 */
export function createRedisBudgetStore(options: RedisBudgetOptions): BudgetStore {
  const { client, prefix = 'realtime-voice' } = options ?? {};
  checkRedis(NAME, client, prefix);
  const link = new RedisLink(NAME);
  let known = nothingOf('');

  const add = async (day: string, places: number, most: number): Promise<boolean> => {
    if (day > known.day) known = nothingOf(day);
    // A place that was taken before midnight may be given back after it.
    const before = day === known.day ? known : nothingOf(day);
    const { unsent } = before;
    const values = [places, most, unsent, before.count, TWO_DAYS_S, before.mark, crypto.randomUUID()].map(String);
    // Not sent twice by requests at the same time.
    before.unsent = 0;
    const answer = await link.ask(() => runScript(client, ADD, [`${prefix}:budget:${day}`], values) as Promise<Answer>);
    if (answer) {
      before.count = Number(answer[0]);
      before.mark = String(answer[2]);
      return Number(answer[1]) === 1;
    }
    before.unsent += unsent;
    // Redis may come back with an older count under the same mark.
    before.mark = '';
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
