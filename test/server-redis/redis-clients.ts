import { after, before, beforeEach } from 'node:test';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../../src/server-redis/index.js';
import { redisIsMissing, startRedis, type RedisProcess } from '../support/redis-process.js';

export type ClientName = 'ioredis' | 'redis';

export const CLIENT_NAMES: readonly ClientName[] = ['ioredis', 'redis'];

export interface ConnectedClient {
  client: RedisClient;
  keys(): Promise<string[]>;
  flush(): Promise<unknown>;
  close(): void;
}

/** A client as a site makes it, with the settings that it has by default. */
export async function connect(name: ClientName, url: string): Promise<ConnectedClient> {
  if (name === 'ioredis') {
    const client = new Redis(url);
    client.on('error', () => undefined);
    const close = (): void => client.disconnect();
    return { client, keys: () => client.keys('*'), flush: () => client.flushall(), close };
  }
  const client = createClient({ url });
  client.on('error', () => undefined);
  await client.connect();
  const close = (): void => client.destroy();
  return { client, keys: () => client.keys('*'), flush: () => client.flushAll(), close };
}

/** A Redis and a client of it for the tests of a `describe`. It is emptied before each of them. */
export function useRedis(name: ClientName): { redis: RedisProcess; connected: ConnectedClient } {
  const used = {} as { redis: RedisProcess; connected: ConnectedClient };
  if (redisIsMissing()) return used;
  before(async () => {
    used.redis = await startRedis();
    used.connected = await connect(name, used.redis.url);
  });
  after(async () => {
    used.connected?.close();
    await used.redis?.stop();
  });
  beforeEach(() => used.connected.flush());
  return used;
}
