import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  createDailyBudget,
  createMemoryLimiter,
  createSessionHandler,
  createTokenHandler,
  type BudgetStore,
  type DailyBudgetOptions,
  type HandlerOptions,
  type RefusalRecord,
} from '../../src/server/index.js';
import { HUMAN_TOKEN, startVerifier, verified } from './verifier-server.js';
import { visitorRequest, readError, KEY, SITE } from './visitor.js';
import {
  CLOSE_CONNECTION,
  NO_ANSWER,
  respond,
  SECRET_ANSWER,
  startUpstream,
  type UpstreamServer,
} from './upstream-server.js';

const SDP = 'v=0\r\n';
/** Half a minute before midnight UTC. */
const LATE = Date.UTC(2026, 10, 28, 23, 59, 30);

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

const optionsWith = (more: Partial<HandlerOptions> = {}): HandlerOptions => ({
  apiKey: KEY,
  session: {},
  baseUrl: upstream.url,
  limiter: false,
  ...more,
});
const statuses = async (handler: (request: Request) => Promise<Response>, count: number): Promise<number[]> => {
  const all = await Promise.all(Array.from({ length: count }, () => handler(visitorRequest())));
  return all.map(({ status }) => status).sort();
};

describe('a daily budget', () => {
  it('refuses with 429 until midnight UTC, and begins anew then', async () => {
    let now = LATE;
    const budget = createDailyBudget({ mostCalls: 3 }, () => now);
    const handler = createTokenHandler(budget.applyTo(optionsWith()));
    assert.deepEqual(await statuses(handler, 5), [200, 200, 200, 429, 429]);
    const refused = await handler(visitorRequest());
    assert.equal((await readError(refused)).code, 'rate-limited');
    assert.equal(refused.headers.get('Retry-After'), '30');
    now += 30_000;
    assert.equal((await handler(visitorRequest())).status, 200);
  });

  it('waits at most a day', async () => {
    const budget = createDailyBudget({ mostCalls: 1 }, () => Date.UTC(2026, 10, 28));
    const handler = createTokenHandler(budget.applyTo(optionsWith()));
    await handler(visitorRequest());
    assert.equal((await handler(visitorRequest())).headers.get('Retry-After'), '86400');
  });

  for (const [what, fail, more] of [
    ['the service refuses', () => upstream.answer(respond(401, '')), {}],
    ['the service is away', () => upstream.answer(CLOSE_CONNECTION), {}],
    ['authorize refuses', () => undefined, { authorize: () => false }],
    ['authorize throws', () => undefined, { authorize: () => Promise.reject(new Error('down')) }],
    ['no token of a captcha comes', () => undefined, { verifyHuman: { secretKey: 'k', url: 'https://c.example' } }],
  ] as [string, () => void, Partial<HandlerOptions>][]) {
    it(`gives the place back if ${what}`, async (context) => {
      context.mock.method(console, 'error', () => undefined);
      const budget = createDailyBudget({ mostCalls: 2 });
      const failing = createTokenHandler(budget.applyTo(optionsWith(more)));
      fail();
      for (let index = 0; index < 4; index++) assert.notEqual((await failing(visitorRequest())).status, 429);
      upstream.answer(SECRET_ANSWER);
      const handler = createTokenHandler(budget.applyTo(optionsWith()));
      assert.deepEqual(await statuses(handler, 3), [200, 200, 429]);
    });
  }

  it('counts a request that the visitor broke off at the service, which may have opened the call', async () => {
    const handler = createTokenHandler(createDailyBudget({ mostCalls: 1 }).applyTo(optionsWith()));
    const reached = new Promise<void>((resolve) => {
      upstream.answer((response, received) => {
        resolve();
        NO_ANSWER(response, received);
      });
    });
    const visitor = new AbortController();
    const left = handler(visitorRequest({ signal: visitor.signal }));
    await reached;
    visitor.abort();
    assert.equal((await left).status, 499);
    upstream.answer(SECRET_ANSWER);
    assert.equal((await handler(visitorRequest())).status, 429);
  });

  it('gives the place back if the visitor leaves while the captcha is asked, and tells the site', async () => {
    const verifier = await startVerifier();
    try {
      const refused: string[] = [];
      const more = {
        verifyHuman: { secretKey: 'k', url: verifier.url },
        onRefuse: ({ code }: RefusalRecord) => void refused.push(code),
      };
      const handler = createTokenHandler(createDailyBudget({ mostCalls: 1 }).applyTo(optionsWith(more)));
      const headers = { 'X-Human-Token': HUMAN_TOKEN };
      const visitor = new AbortController();
      verifier.answer((response, received) => {
        visitor.abort();
        NO_ANSWER(response, received);
      });
      assert.equal((await handler(visitorRequest({ headers, signal: visitor.signal }))).status, 499);
      assert.deepEqual(refused, ['aborted']);
      verifier.answer(verified());
      assert.equal((await handler(visitorRequest({ headers: { 'X-Human-Token': 'another' } }))).status, 200);
    } finally {
      await verifier.close();
    }
  });

  it('is shared by handlers, and does not count hang-ups', async () => {
    const budget = createDailyBudget({ mostCalls: 2 });
    const token = createTokenHandler(budget.applyTo(optionsWith()));
    const session = createSessionHandler(budget.applyTo(optionsWith()));
    const url = `${SITE}/api/voice-session`;
    const offer = () => visitorRequest({ url, body: SDP, headers: { 'Content-Type': 'application/sdp' } });
    upstream.answer(respond(201, SDP, { Location: '/v1/realtime/calls/rtc_1' }));
    const location = (await session(offer())).headers.get('Location')!;
    upstream.answer(SECRET_ANSWER);
    assert.equal((await token(visitorRequest())).status, 200);
    assert.equal((await session(offer())).status, 429);
    upstream.answer(respond(200, ''));
    const leave = { method: 'DELETE', url: url + location, headers: { 'Content-Type': undefined } };
    assert.equal((await session(visitorRequest(leave))).status, 204);
  });

  it('composes with another limiter, which decides first', async () => {
    const budget = createDailyBudget({ mostCalls: 2 });
    const limiter = createMemoryLimiter({ perAddress: 1 });
    const handler = createTokenHandler(budget.applyTo(optionsWith({ limiter })));
    const visit = async (address: string) => (await handler(visitorRequest(), { address })).status;
    assert.equal(await visit('192.0.2.1'), 200);
    for (let index = 0; index < 5; index++) assert.equal(await visit('192.0.2.1'), 429);
    assert.equal(await visit('192.0.2.2'), 200);
    assert.equal(await visit('192.0.2.3'), 429);
  });

  it('keeps the default limiter, and the functions of the site', async () => {
    const told: unknown[] = [];
    const more: Partial<HandlerOptions> = {
      onMint: ({ ok }) => void told.push(ok),
      onRefuse: ({ status }) => void told.push(status),
    };
    const { limiter: _, ...options } = optionsWith(more);
    const handler = createTokenHandler(createDailyBudget({ mostCalls: 1_000 }).applyTo(options));
    const visits = [];
    for (let index = 0; index < 11; index++) visits.push(await handler(visitorRequest(), { address: '192.0.2.1' }));
    assert.deepEqual(told, [...Array<boolean>(10).fill(true), 429]);
    assert.equal(visits.at(-1)?.status, 429);
  });

  it('lets nobody in if its store fails', async (context) => {
    context.mock.method(console, 'error', () => undefined);
    const broken: BudgetStore = {
      take: () => Promise.reject(new Error('down')),
      giveBack: async () => undefined,
    };
    const handler = createTokenHandler(createDailyBudget({ mostCalls: 1, store: broken }).applyTo(optionsWith()));
    assert.equal((await handler(visitorRequest())).status, 500);
    assert.equal(upstream.received.length, 0);
  });

  for (const [options, message] of [
    [{}, /mostCalls must be/],
    [{ mostCalls: 0 }, /mostCalls must be/],
    [{ mostCalls: '5' }, /mostCalls must be/],
    [{ mostCalls: 5, store: {} }, /store must have take and giveBack/],
    [{ mostCalls: 5, store: null }, /store must have/],
  ] as const) {
    it(`must be right when it is made: ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => createDailyBudget(options as unknown as DailyBudgetOptions),
        (error: Error) => error instanceof TypeError && message.test(error.message),
      );
    });
  }

  it('names the wrong options that it is applied to', () => {
    const wrong = optionsWith({ limiter: 'redis' as unknown as HandlerOptions['limiter'] });
    assert.throws(() => createDailyBudget({ mostCalls: 1 }).applyTo(wrong), /applyTo: limiter must be a function/);
  });
});
