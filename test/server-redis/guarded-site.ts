/** A site with the session endpoint and a guard whose claims are in Redis, in a process of its own. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocket } from 'ws';
import { createRedisClaims } from '../../src/server-redis/index.js';
import { createCallGuard, createSessionHandler } from '../../src/server/index.js';
import { connect, type ClientName } from './redis-clients.js';

const [redisUrl, clientName, baseUrl, seconds] = process.argv.slice(2) as [string, ClientName, string, string];
const { client } = await connect(clientName, redisUrl);
const options = { apiKey: 'sk-the-key-of-the-site', session: { instructions: 'Greet.' }, baseUrl };
const guard = createCallGuard({
  ...options,
  WebSocket,
  claims: createRedisClaims({ client, leaseSeconds: 1 }),
  maxSessionSeconds: Number(seconds),
  onGuard: (record) => console.log(JSON.stringify(record)),
});
const handler = createSessionHandler({ ...options, limiter: false, onMint: guard.watch });
const server = createAdaptorServer({ fetch: (request) => handler(request) });
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => void guard.close().then(() => console.log('released')));
