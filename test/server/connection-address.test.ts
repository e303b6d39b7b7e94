import assert from 'node:assert/strict';
import { createServer, request as send, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createTokenHandler } from '../../src/server/index.js';
import type { Handler, HandlerOptions } from '../../src/server/index.js';
import { SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';
import { KEY, visitorRequest } from './visitor.js';

let upstream: UpstreamServer;
before(async () => void (upstream = await startUpstream()));
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

/** A handler that writes down the addresses that its limiter gets. */
function noting(options: Partial<HandlerOptions> = {}): { handler: Handler; seen: (string | undefined)[] } {
  const seen: (string | undefined)[] = [];
  const limiter: HandlerOptions['limiter'] = (_request, { address }) => ({ allowed: seen.push(address) > 0 });
  return {
    handler: createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url, limiter, ...options }),
    seen,
  };
}

type Listener = ReturnType<typeof getRequestListener>;

/** The ways in which a site on Node mounts a handler. */
const MOUNTS: Readonly<Record<string, (handler: Handler) => Listener>> = {
  'Node, and Express, Koa and Fastify': (handler) => getRequestListener(handler),
  'Hono on Node': (handler) => {
    const app = new Hono();
    app.all('/', (c) => handler(c.req.raw, c.env));
    return getRequestListener(app.fetch);
  },
};

interface Asked {
  /** Where the server listens; `::` takes IPv4 too. */
  readonly listen: string;
  /** The address that the visitor connects to, and the one that they come from. */
  readonly to: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request over real HTTP and returns the status. */
async function ask(listener: Listener, { listen, to, from, headers }: Asked): Promise<number> {
  const server = createServer((request, response) => void listener(request, response)).listen(0, listen);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const own = { 'content-type': 'application/json', origin: `http://localhost:${port}`, host: `localhost:${port}` };
  const asking = send({ host: to, port, method: 'POST', headers: { ...own, ...headers }, localAddress: from });
  const [response] = (await once(asking.end('{}'), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  server.closeAllConnections();
  server.close();
  return response.statusCode!;
}

const FORGED = {
  'x-forwarded-for': '198.51.100.7',
  forwarded: 'for=198.51.100.7',
  'x-real-ip': '198.51.100.7',
  'cf-connecting-ip': '198.51.100.7',
};

for (const [name, mount] of Object.entries(MOUNTS)) {
  describe(`the address of the connection in ${name}`, () => {
    for (const [what, asked, address, options] of [
      ['IPv4', { listen: '127.0.0.1', to: '127.0.0.1', from: '127.0.0.9' }, '127.0.0.9'],
      ['IPv6', { listen: '::1', to: '::1' }, '0:0:0:0::/64'],
      ['IPv4 at a server that listens to IPv6', { listen: '::', to: '127.0.0.1', from: '127.0.0.8' }, '127.0.0.8'],
      ['forged headers', { listen: '127.0.0.1', to: '127.0.0.1', headers: FORGED }, '127.0.0.1'],
      [
        'one trusted proxy, and a header that the visitor has begun',
        { listen: '127.0.0.1', to: '127.0.0.1', headers: { 'x-forwarded-for': '198.51.100.7, 192.0.2.1' } },
        '192.0.2.1',
        { trustedProxies: 1 },
      ],
      [
        'one trusted proxy, which the visitor goes around',
        { listen: '127.0.0.1', to: '127.0.0.1', from: '127.0.0.7' },
        '127.0.0.7',
        { trustedProxies: 1 },
      ],
      [
        'a function of the site that knows better',
        { listen: '127.0.0.1', to: '127.0.0.1' },
        '192.0.2.4',
        { clientAddress: () => '192.0.2.4' },
      ],
    ] as readonly [string, Asked, string, Partial<HandlerOptions>?][]) {
      it(`is found: ${what}`, async (context) => {
        context.mock.method(console, 'warn', () => undefined);
        const { handler, seen } = noting(options);
        assert.equal(await ask(mount(handler), asked), 200);
        assert.deepEqual(seen, [address]);
      });
    }
  });
}

describe('what servers pass with a request', () => {
  for (const [what, info, address] of [
    ['Deno', { remoteAddr: { transport: 'tcp', hostname: '192.0.2.1', port: 1 } }, '192.0.2.1'],
    ['Bun', { requestIP: () => ({ address: '192.0.2.2', port: 1, family: 'IPv4' }) }, '192.0.2.2'],
    ['Bun, after the visitor has left', { requestIP: () => null }, undefined],
    ['a Unix socket', { incoming: { socket: {} } }, undefined],
    [
      'an address of the site beside it',
      { address: '192.0.2.3', incoming: { socket: { remoteAddress: '192.0.2.4' } } },
      '192.0.2.3',
    ],
    ['a site that names none', { address: undefined, remoteAddr: { hostname: '192.0.2.4' } }, undefined],
    ['Next.js', { params: Promise.resolve({}) }, undefined],
    ['the variables of Workers', { incoming: 'a secret', remoteAddr: 'a name' }, undefined],
    ['nothing', undefined, undefined],
  ] as const) {
    it(`tells ${address ?? 'no address'}: ${what}`, async () => {
      const { handler, seen } = noting();
      assert.equal((await handler(visitorRequest(), info)).status, 200);
      assert.deepEqual(seen, [address]);
    });
  }
});

describe('a proxy that the site has not named', () => {
  const ask = async (options: Partial<HandlerOptions>, address: string, forwarded?: string): Promise<void> => {
    const { handler } = noting(options);
    const request = (): Request => visitorRequest({ headers: { 'X-Forwarded-For': forwarded } });
    for (let count = 0; count < 2; count++) await handler(request(), { address });
  };

  it('is named in the log, once', async (context) => {
    const warn = context.mock.method(console, 'warn', () => undefined);
    await ask({}, '::ffff:10.0.0.2', '198.51.100.7');
    assert.deepEqual(
      warn.mock.calls.map(({ arguments: [text] }) => /came through a proxy.*trustedProxies/.test(String(text))),
      [true],
    );
  });

  for (const [what, options, address, forwarded] of [
    ['without the header', {}, '10.0.0.2', undefined],
    ['from an address of the internet, which may have forged it', {}, '192.0.2.1', '198.51.100.7'],
    ['with trustedProxies', { trustedProxies: 1 }, '10.0.0.2', '198.51.100.7'],
  ] as const) {
    it(`is not suspected ${what}`, async (context) => {
      const warn = context.mock.method(console, 'warn', () => undefined);
      await ask(options, address, forwarded);
      assert.equal(warn.mock.callCount(), 0);
    });
  }
});
