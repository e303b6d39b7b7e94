export { createRedisBudgetStore } from './redis-budget-store.js';
export { createRedisClaims } from './redis-claims.js';
export { createRedisLimiter } from './redis-limiter.js';
export type { RedisBudgetOptions } from './redis-budget-store.js';
export type { RedisClaimsOptions } from './redis-claims.js';
export type { RedisClient } from './redis-client.js';
export type { RedisLimiterOptions } from './redis-limiter.js';
