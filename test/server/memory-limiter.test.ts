import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createMemoryLimiter, createSessionHandler, createTokenHandler } from '../../src/server/index.js';
import { visitorRequest, KEY } from './visitor.js';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

describe('the limiter in memory', () => {
  it('is there by default: of 1,000 requests with a forged Origin 100 get a secret', async (context) => {
    const warn = context.mock.method(console, 'warn', () => undefined);
    const handler = createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url });
    const forged = { headers: { 'Sec-Fetch-Site': undefined } };
    const responses = await Promise.all(Array.from({ length: 1_000 }, () => handler(visitorRequest(forged))));
    assert.equal(responses.filter(({ status }) => status === 200).length, 100);
    assert.equal(responses.filter(({ status }) => status === 429).length, 900);
    assert.equal(upstream.received.length, 100);
    assert.equal(warn.mock.callCount(), 1, 'the log says once that no address is known');
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /address of the visitor is not known/);
  });

  it('allows 10 a minute per address, and says when the next is', async () => {
    const handler = createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url });
    const visitor = { address: '192.0.2.1' };
    for (let index = 0; index < 10; index++) assert.equal((await handler(visitorRequest(), visitor)).status, 200);
    const refused = await handler(visitorRequest(), visitor);
    assert.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('Retry-After'));
    assert.ok(seconds > 50 && seconds <= 60, `${seconds} s`);
    assert.equal((await handler(visitorRequest(), { address: '192.0.2.2' })).status, 200);
  });

  it('is off with limiter: false', async () => {
    const handler = createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url, limiter: false });
    for (let index = 0; index < 110; index++) assert.equal((await handler(visitorRequest())).status, 200);
  });

  it('counts per handler, or for all handlers that it was given to', async () => {
    const options = { apiKey: KEY, session: {}, baseUrl: upstream.url };
    const visitor = { address: '192.0.2.1' };
    const offer = () => visitorRequest({ body: 'v=0\r\n', headers: { 'Content-Type': 'application/sdp' } });
    for (const [shared, expected] of [
      [{}, 201],
      [{ limiter: createMemoryLimiter({ perAddress: 10 }) }, 429],
    ] as const) {
      const [token, session] = [
        createTokenHandler({ ...options, ...shared }),
        createSessionHandler({ ...options, ...shared }),
      ];
      upstream.answer(SECRET_ANSWER);
      for (let index = 0; index < 10; index++) await token(visitorRequest(), visitor);
      upstream.answer(respond(201, 'v=0\r\n'));
      assert.equal((await session(offer(), visitor)).status, expected);
    }
  });

  it('slides: a place is free again one minute after it was taken', () => {
    let now = 0;
    const limiter = createMemoryLimiter({ perAddress: 2 }, () => now);
    const allowed = (): unknown => limiter(visitorRequest(), { address: 'a' });
    assert.deepEqual(allowed(), { allowed: true });
    now = 30_000;
    assert.deepEqual(allowed(), { allowed: true });
    now = 59_000;
    assert.deepEqual(allowed(), { allowed: false, retryAfterSeconds: 1 });
    now = 60_000;
    assert.deepEqual(allowed(), { allowed: true });
    assert.deepEqual(allowed(), { allowed: false, retryAfterSeconds: 30 });
  });

  it('does not count what it refuses', () => {
    let now = 0;
    const limiter = createMemoryLimiter({ perAddress: 1 }, () => now);
    for (; now < 60_000; now += 1_000) limiter(visitorRequest(), { address: 'a' });
    assert.deepEqual(limiter(visitorRequest(), { address: 'a' }), { allowed: true });
  });

  it('forgets addresses: 200,000 of them take no memory that stays', () => {
    let now = 0;
    const limiter = createMemoryLimiter({ perProcess: 100_000 }, () => now);
    const request = visitorRequest();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 200_000; index++) {
      now += 1;
      limiter(request, { address: `address-${index}` });
    }
    const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    assert.ok(megabytes < 60, `${megabytes} MB`);
  });

  for (const [name, value] of [
    ['perAddress', 0],
    ['perAddress', 1.5],
    ['perProcess', Infinity],
    ['perProcess', '100' as unknown as number],
  ] as const) {
    it(`refuses ${name}: ${value} when it is made`, () => {
      assert.throws(
        () => createMemoryLimiter({ [name]: value }),
        new RegExp(`^TypeError: createMemoryLimiter: ${name} must be a whole number`),
      );
    });
  }
});
