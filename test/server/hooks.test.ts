import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import {
  createTokenHandler,
  type HandlerOptions,
  type MintRecord,
  type RefusalRecord,
} from '../../src/server/index.js';
import { visitorRequest, readError, responseText, KEY, SITE } from './visitor.js';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

const handlerWith = (options: Partial<HandlerOptions>) =>
  createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url, limiter: false, ...options });

describe('limiter', () => {
  it('refuses with 429 and Retry-After before the service is called', async () => {
    const response = await handlerWith({ limiter: () => ({ allowed: false, retryAfterSeconds: 11.2 }) })(
      visitorRequest(),
    );
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('Retry-After'), '12');
    assert.equal((await readError(response)).code, 'rate-limited');
    assert.equal(upstream.received.length, 0);
  });

  it('lets an allowed request through, and gets the address of the visitor', async () => {
    const seen: unknown[] = [];
    const limiter: HandlerOptions['limiter'] = async (_request, visitor) => {
      seen.push(visitor.address);
      return { allowed: true };
    };
    const handler = handlerWith({ limiter });
    assert.equal((await handler(visitorRequest())).status, 200);
    assert.equal((await handler(visitorRequest(), { address: '192.0.2.1' })).status, 200);
    assert.deepEqual(seen, [undefined, '192.0.2.1']);
  });
});

describe('authorize', () => {
  for (const verdict of [false, undefined, null, 'yes', 1]) {
    it(`refuses if it returns ${String(verdict)}`, async () => {
      const response = await handlerWith({ authorize: () => verdict as boolean })(visitorRequest());
      assert.equal(response.status, 401);
      assert.equal((await readError(response)).code, 'unauthorized');
      assert.equal(upstream.received.length, 0);
    });
  }

  describe('where a framework has replaced the global Response', () => {
    const builtIn = Object.getOwnPropertyDescriptor(globalThis, 'Response')!;
    before(() => void getRequestListener(() => Response.error()));
    after(() => void Object.defineProperty(globalThis, 'Response', builtIn));

    it('can return a built-in response', async () => {
      upstream.answer(respond(403, 'log in first'));
      const own = await fetch(upstream.url);
      assert.ok(!(own instanceof Response));
      const response = await handlerWith({ authorize: () => own })(visitorRequest());
      assert.deepEqual([response.status, await response.text()], [403, 'log in first']);
    });

    it('fails if it returns a response that cannot be sent', async () => {
      const used = new Response('log in first');
      await used.text();
      for (const own of [used, Response.error()]) {
        const response = await handlerWith({ authorize: () => own })(visitorRequest());
        assert.deepEqual([response.status, (await readError(response)).code], [500, 'internal']);
      }
    });
  });

  it('can return a response of its own, which is sent with no-store', async () => {
    const own = () =>
      new Response('log in first', { status: 403, headers: { 'Cache-Control': 'public', 'X-Own': '1' } });
    const response = await handlerWith({ authorize: own })(visitorRequest());
    assert.equal(response.status, 403);
    assert.equal(await response.text(), 'log in first');
    assert.equal(response.headers.get('X-Own'), '1');
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), SITE);
  });

  it('can read the request body', async () => {
    const authorize = async (request: Request) => ((await request.json()) as { pass?: string }).pass === 'please';
    const handler = handlerWith({ authorize });
    assert.equal((await handler(visitorRequest({ body: '{"pass":"please"}' }))).status, 200);
    assert.equal((await handler(visitorRequest({ body: '{"pass":"now"}' }))).status, 401);
  });
});

describe('safetyIdentifier', () => {
  const sent = () => upstream.received[0]?.headers['openai-safety-identifier'];

  it('is sent as a header, given as a string or as a function', async () => {
    await handlerWith({ safetyIdentifier: 'abc' })(visitorRequest());
    assert.equal(sent(), 'abc');
    upstream.answer(SECRET_ANSWER);
    await handlerWith({ safetyIdentifier: async (request) => `of-${request.method}` })(visitorRequest());
    assert.equal(sent(), 'of-POST');
  });

  for (const [what, options] of [
    ['a function returns undefined', { safetyIdentifier: () => undefined }],
    ['it is false', { safetyIdentifier: false }],
  ] as [string, Partial<HandlerOptions>][]) {
    it(`is not sent if ${what}`, async () => {
      await handlerWith(options)(visitorRequest(), { address: '192.0.2.1' });
      assert.equal(sent(), undefined);
    });
  }

  it('is a keyed hash of the address by default, and not sent if no address is known', async () => {
    const of = async (address: string | undefined, secret?: string): Promise<unknown> => {
      upstream.answer(SECRET_ANSWER);
      await handlerWith(secret ? { secret } : {})(visitorRequest(), address ? { address } : undefined);
      return sent();
    };
    const first = String(await of('192.0.2.1'));
    assert.match(first, /^[\w-]{43}$/);
    assert.equal(await of('::ffff:192.0.2.1'), first);
    assert.notEqual(await of('192.0.2.2'), first);
    assert.notEqual(await of('192.0.2.1', 'another secret'), first);
    assert.equal(await of(undefined), undefined);
  });
});

describe('onMint', () => {
  it('gets a record without the key or the client secret', async () => {
    const records: MintRecord[] = [];
    await handlerWith({ onMint: (record) => void records.push(record) })(visitorRequest());
    assert.equal(records.length, 1);
    assert.deepEqual({ ...records[0], durationMs: 0 }, { ok: true, status: 200, durationMs: 0 });
  });

  it('is not called for a refused request', async () => {
    const records: MintRecord[] = [];
    await handlerWith({ onMint: (record) => void records.push(record) })(visitorRequest({ method: 'GET' }));
    assert.equal(records.length, 0);
  });
});

describe('onRefuse', () => {
  it('is called for every refused request, and for no other', async () => {
    const records: RefusalRecord[] = [];
    const handler = handlerWith({ onRefuse: (record) => void records.push(record) });
    await handler(visitorRequest());
    await handler(visitorRequest({ method: 'GET' }));
    await handler(visitorRequest({ headers: { Origin: 'https://evil.example' } }));
    assert.deepEqual(records, [
      { status: 405, code: 'method-not-allowed' },
      { status: 403, code: 'origin-not-allowed' },
    ]);
  });
});

describe("if one of the site's own functions throws", () => {
  const secret = new Error(`database password hunter2 ${KEY}`);
  const hooks: Partial<HandlerOptions>[] = [
    { limiter: () => Promise.reject(secret) },
    { authorize: () => Promise.reject(secret) },
    { safetyIdentifier: () => Promise.reject(secret) },
    { safetyIdentifier: 'two\nlines' },
    { clientAddress: () => Promise.reject(secret) },
  ];
  for (const hook of hooks) {
    it(`the answer is 500 without details: ${Object.keys(hook)[0]}`, async (context) => {
      const log = context.mock.method(console, 'error', () => undefined);
      const response = await handlerWith(hook)(visitorRequest());
      assert.equal(response.status, 500);
      assert.equal((await readError(response)).code, 'internal');
      assert.doesNotMatch(await responseText(response), /hunter2|sk-|ek_/);
      assert.equal(log.mock.callCount(), 1);
    });
  }
});
