/** A client of `ioredis` or `redis` (node-redis) that the site has made and connected. */
export interface RedisClient {
  eval(...parameters: never[]): unknown;
}

interface Ioredis {
  defineCommand: unknown;
  eval(script: string, keyCount: number, ...keysAndValues: string[]): Promise<unknown>;
}

interface NodeRedis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Runs a Lua script, which Redis does in one step. */
export function runScript(client: RedisClient, script: string, keys: string[], values: string[]): Promise<unknown> {
  if (isIoredis(client)) return client.eval(script, keys.length, ...keys, ...values);
  return (client as unknown as NodeRedis).eval(script, { keys, arguments: values });
}

export function isIoredis(client: unknown): client is Ioredis {
  return typeof (client as Partial<Ioredis>).defineCommand === 'function';
}

/** Checks what all functions of this entry take. @param creator the name of the function, for the message */
export function checkRedis(creator: string, client: unknown, prefix: unknown): void {
  if (typeof (client as Partial<Ioredis> | null | undefined)?.eval !== 'function') {
    throw new TypeError(`${creator}: client must be a client of ioredis or redis, such as new Redis(url).`);
  }
  if (typeof prefix !== 'string' || !/^[\w:.{}-]{1,100}$/.test(prefix)) {
    throw new TypeError(`${creator}: prefix must be 1 to 100 letters, digits and ":._-{}", such as "shop:voice".`);
  }
}
