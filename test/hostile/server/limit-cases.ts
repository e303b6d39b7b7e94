import assert from 'node:assert/strict';
import type { Handler, HandlerOptions, Limiter, VisitorInfo } from '../../../src/server/index.js';
import { visitorRequest } from '../../server/visitor.js';
import type { Bench, HostileCase } from './bench.js';

/** How many of many requests get a secret. */
async function secrets(handler: Handler, count: number, info?: (index: number) => VisitorInfo): Promise<number> {
  const statuses = await Promise.all(
    Array.from({ length: count }, async (_, index) => (await handler(visitorRequest(), info?.(index))).status),
  );
  assert.ok(statuses.every((status) => status === 200 || status === 429));
  return statuses.filter((status) => status === 200).length;
}

const limited = (bench: Bench, options: Partial<HandlerOptions> = {}): Handler =>
  bench.token({ limiter: undefined, ...options });

const byHeader = async (handler: Handler, headers: readonly string[], info?: VisitorInfo): Promise<number> => {
  let passed = 0;
  for (const value of headers) {
    const response = await handler(visitorRequest({ headers: { 'X-Forwarded-For': value } }), info);
    if (response.status === 200) passed++;
  }
  return passed;
};
const twelve = (write: (index: number) => string): string[] => Array.from({ length: 12 }, (_, index) => write(index));

export const limitCases: readonly HostileCase[] = [
  {
    name: '1,000 requests at once from nowhere get 100 secrets, and the log says why',
    run: async (bench) => {
      assert.equal(await secrets(limited(bench), 1_000), 100);
      assert.equal(bench.upstream.received.length, 100);
      bench.logged(/the address of the visitor is not known/);
    },
  },
  {
    name: '1,000 requests from 1,000 addresses get 100 secrets',
    run: async (bench) => {
      const address = (index: number) => ({ address: `198.51.${index >> 8}.${index & 255}` });
      assert.equal(await secrets(limited(bench), 1_000, address), 100);
    },
  },
  {
    name: 'one address gets 10 secrets a minute and holds up nobody else',
    run: async (bench) => {
      const handler = limited(bench);
      assert.equal(await secrets(handler, 50, () => ({ address: '192.0.2.1' })), 10);
      assert.equal(await secrets(handler, 10, () => ({ address: '192.0.2.2' })), 10);
    },
  },
  {
    name: 'one visitor with 2^64 IPv6 addresses gets 10 secrets',
    run: async (bench) => {
      const address = (index: number) => ({ address: `2001:db8:1:2:${index.toString(16)}::1` });
      assert.equal(await secrets(limited(bench), 50, address), 10);
    },
  },
  {
    name: 'one IPv4 address in all its forms gets 10 secrets',
    run: async (bench) => {
      const forms = ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '192.0.2.1:4711', '[::ffff:192.0.2.1]:80'];
      const address = (index: number) => ({ address: forms[index % forms.length]! });
      assert.equal(await secrets(limited(bench), 50, address), 10);
    },
  },
  {
    name: 'X-Forwarded-For is not believed by default',
    run: async (bench) => {
      const headers = twelve((index) => `198.51.100.${index}`);
      assert.equal(await byHeader(limited(bench), headers, { address: '192.0.2.1' }), 10);
    },
  },
  {
    name: 'behind one proxy, what the visitor adds to X-Forwarded-For does not count',
    run: async (bench) => {
      const headers = twelve((index) => `198.51.100.${index}, 192.0.2.1`);
      assert.equal(await byHeader(limited(bench, { trustedProxies: 1 }), headers), 10);
    },
  },
  {
    name: 'behind two proxies, the second from the right counts',
    run: async (bench) => {
      const headers = twelve((index) => `198.51.100.${index}, 192.0.2.1, 10.0.0.${index}`);
      assert.equal(await byHeader(limited(bench, { trustedProxies: 2 }), headers), 10);
    },
  },
  {
    name: 'who goes around the proxies is known by the address of the connection',
    run: async (bench) => {
      const handler = limited(bench, { trustedProxies: 2 });
      const headers = twelve((index) => `198.51.100.${index}`);
      assert.equal(await byHeader(handler, headers, { address: '192.0.2.1' }), 10);
    },
  },
  {
    name: 'two proxies that each add a header are read as one list',
    run: async (bench) => {
      const handler = limited(bench, { trustedProxies: 1 });
      let passed = 0;
      for (let index = 0; index < 12; index++) {
        const request = visitorRequest({ headers: { 'X-Forwarded-For': `198.51.100.${index}` } });
        request.headers.append('X-Forwarded-For', '192.0.2.1');
        if ((await handler(request)).status === 200) passed++;
      }
      assert.equal(passed, 10);
    },
  },
  {
    name: 'a list where clientAddress should find one address is no address',
    run: async (bench) => {
      const clientAddress = ({ headers }: Request) => headers.get('X-Forwarded-For');
      const headers = twelve((index) => `198.51.100.${index}, 192.0.2.1`);
      const handler = limited(bench, { clientAddress });
      assert.equal(await byHeader(handler, headers, { address: '192.0.2.9' }), 10);
    },
  },
  ...[7, {}, [], '', ' ', 'a b', '1.2.3.4, 5.6.7.8', '\n', 'x'.repeat(5_000)].map((address): HostileCase => ({
    name: `the address ${JSON.stringify(address).slice(0, 20)} is no address`,
    run: async (bench) => {
      const seen: unknown[] = [];
      const limiter: Limiter = (_request, visitor) => {
        seen.push(visitor.address);
        return { allowed: true };
      };
      assert.equal((await bench.token({ limiter })(visitorRequest(), { address })).status, 200);
      assert.deepEqual(seen, [undefined]);
      assert.equal(bench.upstream.received[0]!.headers['openai-safety-identifier'], undefined);
    },
  })),
  ...[null, 7, 'x', [], new Map()].map((info): HostileCase => ({
    name: `a framework's second argument (${Object.prototype.toString.call(info)}) does no harm`,
    run: async (bench) => {
      assert.equal(await secrets(limited(bench), 3, () => info as VisitorInfo), 3);
    },
  })),
  {
    name: 'requests that are turned away afterwards count too',
    run: async (bench) => {
      const handler = limited(bench, { authorize: () => false });
      const statuses: number[] = [];
      for (let index = 0; index < 12; index++) {
        statuses.push((await handler(visitorRequest(), { address: '192.0.2.1' })).status);
      }
      assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429]);
    },
  },
];
