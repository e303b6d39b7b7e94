/** A site with the token endpoint and a limiter in Redis, in a process of its own. It prints its address. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createRedisLimiter } from '../../src/server-redis/index.js';
import { createTokenHandler } from '../../src/server/index.js';
import { connect, type ClientName } from './redis-clients.js';

const [redisUrl, clientName, baseUrl, limits] = process.argv.slice(2) as [string, ClientName, string, string];
const { client } = await connect(clientName, redisUrl);
const handler = createTokenHandler({
  apiKey: 'sk-the-key-of-the-site',
  session: {},
  baseUrl,
  limiter: createRedisLimiter({ client, ...(JSON.parse(limits) as object) }),
});
const server = createAdaptorServer({
  // The test says which visitor it is.
  fetch: (request) => handler(request, { address: request.headers.get('X-Address') }),
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
