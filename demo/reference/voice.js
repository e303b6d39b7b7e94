import { Redis } from 'ioredis';
import {
  createCallGuard,
  createDailyBudget,
  createMemoryLimiter,
  createSessionHandler,
  createTokenHandler,
} from 'realtime-voice/server';
import { createRedisBudgetStore, createRedisClaims, createRedisLimiter } from 'realtime-voice/server/redis';
import { WebSocket } from 'ws';

/** The endpoints with limiter, daily budget and guard: in Redis if there is one, in memory otherwise. */
export function createVoice({ redisUrl, perAddress, perSite, mostCallsADay, tokenEndpoint, ...settings }) {
  const client = redisUrl && new Redis(redisUrl);
  client?.on('error', (error) => console.error('Redis:', error.message));

  const { apiKey, baseUrl, secret, session, maxSessionSeconds } = settings;
  const claims = client && createRedisClaims({ client });
  const onGuard = (record) => console.log(JSON.stringify(record));
  const guard = createCallGuard({ apiKey, baseUrl, session, maxSessionSeconds, claims, onGuard, WebSocket });

  const limiter = client
    ? createRedisLimiter({ client, perAddress, perSite, secret: secret ?? apiKey })
    : createMemoryLimiter({ perAddress, perProcess: perSite });
  const store = client && createRedisBudgetStore({ client });
  const budget = createDailyBudget({ mostCalls: mostCallsADay, store });

  const { publicOrigin, allowedOrigins, trustedProxies } = settings;
  const options = { apiKey, baseUrl, secret, session, publicOrigin, allowedOrigins, trustedProxies, limiter };
  const onRefuse = ({ status, code }) => status >= 500 && console.error(`Refused with ${status} ${code}`);
  return {
    /** Undefined unless it is asked for: the guard does not see its calls. */
    token: tokenEndpoint ? createTokenHandler(budget.applyTo({ ...options, onRefuse })) : undefined,
    session: createSessionHandler(budget.applyTo({ ...options, onRefuse, onMint: guard.watch })),
    /** Lets other machines take over the calls of this one. */
    close: async () => {
      await guard.close();
      client?.disconnect();
    },
  };
}
