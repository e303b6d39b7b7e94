import { getRequestListener } from '@hono/node-server';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenHandler, type HandlerOptions } from '../../../src/server/index.js';

/** A server in a process of its own: `upstream`, or a token endpoint that asks it. Prints its address. */
const [role = '', upstream = ''] = process.argv.slice(2);
const SESSION = { model: 'gpt-realtime', instructions: 'Be brief.' };
const listeners: Readonly<Record<string, () => RequestListener>> = {
  upstream: service,
  handler,
  anonymous,
  bare,
  node,
};
const server = createServer(listeners[role]!());
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));

/** What it stands for takes longer; the endpoints are to be compared. */
function service(): RequestListener {
  const body = JSON.stringify({ value: 'ek_0123456789abcdef0123456789abcdef', expires_at: 2_000_000_000 });
  return (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
  };
}

/** The package's handler as the README mounts it. Only the limit is off, which would refuse the eleventh request. */
function handler(more: Partial<HandlerOptions> = {}): RequestListener {
  const options = { apiKey: 'practice', baseUrl: upstream, session: SESSION, limiter: false } as const;
  const voiceToken = createTokenHandler({ ...options, ...more });
  return getRequestListener((request, { incoming }) =>
    voiceToken(request, { address: incoming.socket.remoteAddress! }),
  );
}

/** Without the keyed hash of the address. */
function anonymous(): RequestListener {
  return handler({ safetyIdentifier: false });
}

/** The least that gives the page a client secret, behind the same adapter. */
function bare(): RequestListener {
  return getRequestListener(async () => {
    const answer = await fetch(`${upstream}/v1/realtime/client_secrets`, wanted());
    const { value } = (await answer.json()) as { value: string };
    return Response.json({ value });
  });
}

/** The same without the adapter. */
function node(): RequestListener {
  return async (request, response) => {
    request.resume();
    const answer = await fetch(`${upstream}/v1/realtime/client_secrets`, wanted());
    const { value } = (await answer.json()) as { value: string };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value }));
  };
}

function wanted(): RequestInit {
  return {
    method: 'POST',
    headers: { authorization: 'Bearer practice', 'content-type': 'application/json' },
    body: JSON.stringify({ session: { type: 'realtime', ...SESSION } }),
  };
}
