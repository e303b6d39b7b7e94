import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  createMemoryLimiter,
  createSessionHandler,
  type Handler,
  type HandlerOptions,
  type MintRecord,
} from '../../src/server/index.js';
import { SignedLocation } from '../../src/server/signed-location.js';
import { visitorRequest, readError, responseText, KEY, SITE } from './visitor.js';
import { CLOSE_CONNECTION, respond, startUpstream, type Answer, type UpstreamServer } from './upstream-server.js';

const ENDPOINT = `${SITE}/api/voice-session`;
const SDP = 'v=0\r\n';
const live = { type: 'live', model: 'some-live-model' };
const openedRealtime = respond(201, SDP, { Location: '/v1/realtime/calls/rtc_u1_9c6A' });
const openedLive = respond(201, JSON.stringify({ session: { id: 'live_7f' }, transport: { sdp: SDP } }));

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(respond(200, '')));

const handlerWith = (options: Partial<HandlerOptions> = {}): Handler =>
  createSessionHandler({
    apiKey: KEY,
    session: { model: 'some-realtime-model' },
    baseUrl: upstream.url,
    limiter: false,
    ...options,
  });
type Init = Parameters<typeof visitorRequest>[0];
const leave = (query: string, init: Init = {}): Request =>
  visitorRequest({
    method: 'DELETE',
    url: ENDPOINT + query,
    ...init,
    headers: { 'Content-Type': undefined, ...init?.headers },
  });

/** The `Location` of a call that was opened here. */
async function open(handler: Handler, { answer = openedRealtime, ...init }: Init & { answer?: Answer } = {}) {
  upstream.answer(answer);
  const headers = { 'Content-Type': 'application/sdp', ...init.headers };
  const response = await handler(visitorRequest({ url: ENDPOINT, body: SDP, ...init, headers }));
  assert.equal(response.status, 201);
  upstream.answer(respond(200, ''));
  return response.headers.get('Location')!;
}

async function assertUnknown(response: Response): Promise<void> {
  assert.equal(response.status, 400);
  assert.equal((await readError(response)).code, 'invalid-call-id');
  assert.equal(upstream.received.length, 0);
}

describe('hanging up', () => {
  for (const [session, answer, path] of [
    [{}, openedRealtime, '/v1/realtime/calls/rtc_u1_9c6A/hangup'],
    [live, openedLive, '/v1/live/sessions/live_7f/hangup'],
  ] as const) {
    it(`asks the service with the key of the site: ${path}`, async () => {
      const handler = handlerWith({ session });
      const location = await open(handler, { answer, url: `${ENDPOINT}?shop=7` });
      assert.match(location, /^\?shop=7&call_id=/);
      const response = await handler(leave(location));
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), SITE);
      assert.equal(response.headers.get('Cache-Control'), 'no-store');
      assert.deepEqual(
        upstream.received.map(({ method, path, body }) => [method, path, body]),
        [['POST', path, '']],
      );
      assert.equal(upstream.received[0]?.headers.authorization, `Bearer ${KEY}`);
    });
  }

  it('goes to Azure as well', async () => {
    const handler = handlerWith({ baseUrl: `${upstream.url}/openai/v1` });
    const location = await open(handler);
    await handler(leave(location));
    assert.equal(upstream.received[0]?.path, '/openai/v1/realtime/calls/rtc_u1_9c6A/hangup');
  });

  for (const status of [404, 410]) {
    it(`succeeds when the service answers ${status}: there is no such call any more`, async () => {
      const handler = handlerWith();
      const location = await open(handler);
      upstream.answer(respond(status, `{"error":{"message":"${KEY}"}}`));
      const response = await handler(leave(location));
      assert.equal(response.status, 204);
      assert.doesNotMatch(await responseText(response), /sk-/);
    });
  }

  for (const [answer, status, code] of [
    [respond(400, KEY), 502, 'upstream-rejected'],
    [respond(409, KEY), 502, 'upstream-rejected'],
    [respond(401, KEY), 502, 'upstream-unauthorized'],
    [respond(429, KEY), 429, 'rate-limited'],
    [respond(500, KEY), 502, 'upstream-unavailable'],
    [CLOSE_CONNECTION, 502, 'upstream-unreachable'],
  ] as const) {
    it(`is never tried again, and the failure is told: ${code}`, async () => {
      const handler = handlerWith();
      const location = await open(handler);
      upstream.answer(answer);
      const response = await handler(leave(location));
      assert.equal(response.status, status);
      assert.equal((await readError(response)).code, code);
      assert.doesNotMatch(await responseText(response), /sk-/);
      assert.equal(upstream.received.length, 1);
    });
  }

  it('goes on when the visitor has left before it is done', async () => {
    const handler = handlerWith();
    const location = await open(handler);
    const visitor = new AbortController();
    upstream.answer((response) => {
      visitor.abort();
      response.end();
    });
    assert.equal((await handler(leave(location, { signal: visitor.signal }))).status, 204);
  });
});

describe('the signed Location', () => {
  for (const [what, change] of [
    ['nothing', () => ''],
    ['an id without signature', () => '?call_id=rtc_u1_9c6A'],
    ['another id', (query: string) => query.replace('rtc_u1_9c6A', 'rtc_u1_9c6B')],
    ['a later expiry', (query: string) => query.replace(/expires=(\d+)/, (_, s) => `expires=${Number(s) + 1}`)],
    ['an expiry that is no number', (query: string) => query.replace(/expires=\d+/, 'expires=9e99')],
    ['no expiry', (query: string) => query.replace(/call_expires=\d+&/, '')],
    [
      'another signature',
      (query: string) => query.replace(/signature=./, (s) => `signature=${s.endsWith('A') ? 'B' : 'A'}`),
    ],
    ['a signature cut short', (query: string) => query.slice(0, -1)],
    ['an empty signature', (query: string) => query.replace(/signature=.*/, 'signature=')],
    ['two ids', (query: string) => `${query}&call_id=rtc_other`],
    ['two signatures', (query: string) => `${query}&call_signature=${'A'.repeat(43)}`],
    ['a path', (query: string) => query.replace('rtc_u1_9c6A', 'rtc_u1_9c6A/../../client_secrets')],
    ['a line break', (query: string) => query.replace('9c6A', '9c6A%0A')],
  ] as [string, (query: string) => string][]) {
    it(`is refused with ${what}`, async () => {
      const handler = handlerWith();
      const location = await open(handler);
      await assertUnknown(await handler(leave(change(location))));
    });
  }

  const owner = { origin: SITE, binding: '' };
  const any = (): boolean => true;
  for (const [what, callId] of [
    ['an id of another dialect', 'live_7f'],
    ['an id that is too long', `rtc_${'a'.repeat(200)}`],
    ['an id of nothing', 'ek_1'],
    ['an id with a path', 'rtc_1/x'],
  ] as const) {
    it(`is refused with ${what}, signed or not`, async () => {
      const location = await new SignedLocation(KEY, any).write(callId, owner, ENDPOINT);
      await assertUnknown(await handlerWith()(leave(location)));
    });
  }

  it('expires after two hours', async (context) => {
    let now = Date.now();
    context.mock.method(Date, 'now', () => now);
    const handler = handlerWith();
    const location = await open(handler);
    now += 7_199_000;
    assert.equal((await handler(leave(location))).status, 204);
    upstream.answer(respond(200, ''));
    now += 2_000;
    await assertUnknown(await handler(leave(location)));
  });

  it('is good at every handler with the same key, and at none with another key or secret', async () => {
    const location = await open(handlerWith());
    assert.equal((await handlerWith()(leave(location))).status, 204);
    upstream.answer(respond(200, ''));
    await assertUnknown(await handlerWith({ apiKey: `${KEY}2` })(leave(location)));
    await assertUnknown(await handlerWith({ secret: 'another secret' })(leave(location)));
  });

  it('outlives a change of the key when there is a secret', async () => {
    const secret = 'a secret of the site';
    const location = await open(handlerWith({ secret }));
    assert.equal((await handlerWith({ secret, apiKey: `${KEY}2` })(leave(location))).status, 204);
  });

  it('is for the origin that opened the call', async () => {
    const partner = 'https://partner.example';
    const headers = { Origin: partner, 'Sec-Fetch-Site': 'cross-site' };
    const handler = handlerWith({ allowedOrigins: [partner] });
    const location = await open(handler);
    await assertUnknown(await handler(leave(location, { headers })));
    assert.equal((await handler(leave(await open(handler, { headers }), { headers }))).status, 204);
  });

  it('is for the visitor that bindTo names', async () => {
    const bindTo = async ({ headers }: Request) => headers.get('Cookie') ?? undefined;
    const handler = handlerWith({ bindTo });
    const location = await open(handler, { headers: { Cookie: 'ann' } });
    await assertUnknown(await handler(leave(location, { headers: { Cookie: 'bob' } })));
    await assertUnknown(await handler(leave(location)));
    assert.equal((await handler(leave(location, { headers: { Cookie: 'ann' } }))).status, 204);
  });

  it('is refused without asking bindTo if it names no call', async () => {
    const asked: string[] = [];
    const handler = handlerWith({ bindTo: ({ url }) => void asked.push(url) });
    for (const location of ['', '?call_id=rtc_1', '?call_id=rtc_1&call_expires=1&call_signature=x'])
      await assertUnknown(await handler(leave(location)));
    assert.deepEqual(asked, []);
  });
});

describe('who may hang up', () => {
  for (const headers of [
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: undefined, 'Sec-Fetch-Site': undefined },
    { Origin: SITE, 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
  ]) {
    it(`is nobody with the origin ${headers.Origin} and Sec-Fetch-Site ${headers['Sec-Fetch-Site']}`, async () => {
      const handler = handlerWith();
      const location = await open(handler);
      const response = await handler(leave(location, { headers }));
      assert.equal(response.status, 403);
      assert.equal(upstream.received.length, 0);
    });
  }

  it('is decided by authorize', async () => {
    const seen: string[] = [];
    const authorize = ({ method, headers }: Request): boolean => {
      seen.push(method);
      return headers.get('Cookie') === 'member';
    };
    const handler = handlerWith({ authorize });
    const headers = { Cookie: 'member' };
    const location = await open(handler, { headers });
    assert.equal((await handler(leave(location))).status, 401);
    assert.equal(upstream.received.length, 0);
    assert.equal((await handler(leave(location, { headers }))).status, 204);
    assert.deepEqual(seen, ['POST', 'DELETE', 'DELETE']);
  });

  it('is limited, apart from starting calls, and is no mint', async () => {
    const records: MintRecord[] = [];
    const limiter = createMemoryLimiter({ perAddress: 1 });
    const handler = handlerWith({ limiter, onMint: (record) => void records.push(record) });
    upstream.answer(openedRealtime);
    const visitor = { address: '192.0.2.1' };
    const post = () => visitorRequest({ url: ENDPOINT, body: SDP, headers: { 'Content-Type': 'application/sdp' } });
    const location = (await handler(post(), visitor)).headers.get('Location')!;
    assert.equal((await handler(post(), visitor)).status, 429);
    assert.equal((await handler(leave(location), visitor)).status, 204);
    assert.equal((await handler(leave(location), visitor)).status, 429);
    assert.equal(records.length, 1);
  });

  it('cannot be held up by ids that were never signed', async () => {
    const handler = handlerWith({ limiter: createMemoryLimiter({ perAddress: 1, perProcess: 1 }) });
    const visitor = { address: '192.0.2.1' };
    upstream.answer(openedRealtime);
    const post = visitorRequest({ url: ENDPOINT, body: SDP, headers: { 'Content-Type': 'application/sdp' } });
    const location = (await handler(post, visitor)).headers.get('Location')!;
    for (let index = 0; index < 20; index++) {
      assert.equal((await handler(leave(`?call_id=rtc_${index}`), visitor)).status, 400);
    }
    assert.equal((await handler(leave(location), visitor)).status, 204);
  });
});

describe('maxSessionSeconds', () => {
  it('ends the call at the service, with the key of the site', async () => {
    const handler = handlerWith({ maxSessionSeconds: 1 });
    const openedAt = Date.now();
    await open(handler);
    const ended = new Promise<void>((resolve) => upstream.answer((response) => void resolve(void response.end())));
    await ended;
    assert.ok(Date.now() - openedAt >= 950);
    const [hangUp] = upstream.received;
    assert.equal(hangUp?.path, '/v1/realtime/calls/rtc_u1_9c6A/hangup');
    assert.equal(hangUp?.headers.authorization, `Bearer ${KEY}`);
  });

  it('asks nothing of the service for a call that was hung up before', async () => {
    const handler = handlerWith({ maxSessionSeconds: 1 });
    assert.equal((await handler(leave(await open(handler)))).status, 204);
    await open(handler, { answer: respond(201, SDP, { Location: '/v1/realtime/calls/rtc_later' }) });
    await new Promise<void>((resolve) => upstream.answer((response) => void resolve(void response.end())));
    assert.deepEqual(
      upstream.received.map(({ path }) => path),
      ['/v1/realtime/calls/rtc_later/hangup'],
    );
  });

  it('tries again until the service has ended the call', async (context) => {
    const log = context.mock.method(console, 'error', () => undefined);
    await open(handlerWith({ maxSessionSeconds: 1 }));
    await new Promise<void>((resolve) => {
      const end: Answer = (response) => void resolve(void response.end());
      upstream.answer(respond(429, KEY), respond(401, KEY), end);
    });
    assert.equal(upstream.received.length, 3);
    const said = log.mock.calls.map(({ arguments: [text] }) => text as string);
    assert.deepEqual(
      said.map((text) => /The next try is in \d+ s/.exec(text)?.[0]),
      ['The next try is in 1 s', 'The next try is in 2 s'],
    );
    assert.doesNotMatch(inspect(log.mock.calls), /sk-/);
  });

  for (const status of [400, 404, 409, 410]) {
    it(`ends a call that the service did not know when it was hung up (${status})`, async () => {
      const handler = handlerWith({ maxSessionSeconds: 1 });
      const location = await open(handler);
      upstream.answer(respond(status, ''));
      await handler(leave(location));
      const ended = new Promise<void>((resolve) => upstream.answer((response) => void resolve(void response.end())));
      await ended;
      assert.equal(upstream.received[0]?.path, '/v1/realtime/calls/rtc_u1_9c6A/hangup');
    });
  }

  it('refuses a call that the service did not name, because nobody could end it', async () => {
    const post = () => visitorRequest({ url: ENDPOINT, body: SDP, headers: { 'Content-Type': 'application/sdp' } });
    upstream.answer(respond(201, SDP));
    const response = await handlerWith({ maxSessionSeconds: 60 })(post());
    assert.equal(response.status, 502);
    const { code, message } = await readError(response);
    assert.equal(code, 'upstream-invalid');
    assert.match(message, /maxSessionSeconds/);
    assert.equal((await handlerWith()(post())).status, 201);
  });

  it('does not keep the process running', async () => {
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await open(handlerWith({ maxSessionSeconds: 3600 }));
    const left = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    assert.ok(left <= timers, `${left} timers keep the process running, ${timers} before`);
  });
});
