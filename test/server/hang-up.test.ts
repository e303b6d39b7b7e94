import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSessionHandler, type HandlerOptions, type MintRecord } from '../../src/server/index.js';
import { visitorRequest, readError, responseText, KEY, SITE } from './visitor.js';
import { CLOSE_CONNECTION, respond, startUpstream, type UpstreamServer } from './upstream-server.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(respond(200, '')));

const handlerWith = (options: Partial<HandlerOptions> = {}) =>
  createSessionHandler({ apiKey: KEY, session: { model: 'some-realtime-model' }, baseUrl: upstream.url, ...options });
const hangUp = (query: string, init: Parameters<typeof visitorRequest>[0] = {}) =>
  visitorRequest({
    method: 'DELETE',
    url: `${SITE}/api/voice-session${query}`,
    ...init,
    headers: { 'Content-Type': undefined, ...init.headers },
  });

describe('hanging up', () => {
  for (const [id, path] of [
    ['rtc_u1_9c6A', '/v1/realtime/calls/rtc_u1_9c6A/hangup'],
    ['live_7f', '/v1/live/sessions/live_7f/hangup'],
  ] as const) {
    it(`asks the service to end ${id}, with the site's key`, async () => {
      const response = await handlerWith()(hangUp(`?shop=7&call_id=${id}`));
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

  it('works with an Azure base URL', async () => {
    await handlerWith({ baseUrl: `${upstream.url}/openai/v1` })(hangUp('?call_id=rtc_1'));
    assert.equal(upstream.received[0]?.path, '/openai/v1/realtime/calls/rtc_1/hangup');
  });

  for (const status of [404, 400, 409, 410]) {
    it(`answers 204 if the service answers ${status}, because the call has already ended`, async () => {
      upstream.answer(respond(status, `{"error":{"message":"${KEY}"}}`));
      const response = await handlerWith()(hangUp('?call_id=rtc_1'));
      assert.equal(response.status, 204);
      assert.doesNotMatch(await responseText(response), /sk-/);
    });
  }

  for (const [answer, status, code] of [
    [respond(401, KEY), 502, 'upstream-unauthorized'],
    [respond(429, KEY), 429, 'rate-limited'],
    [respond(500, KEY), 502, 'upstream-unavailable'],
    [CLOSE_CONNECTION, 502, 'upstream-unreachable'],
  ] as const) {
    it(`answers ${code} if the call may still be running`, async () => {
      upstream.answer(answer);
      const response = await handlerWith()(hangUp('?call_id=rtc_1'));
      assert.equal(response.status, status);
      assert.equal((await readError(response)).code, code);
      assert.doesNotMatch(await responseText(response), /sk-/);
    });
  }

  it('is tried again after a 5xx answer', async () => {
    upstream.answer(respond(503, ''), respond(200, ''));
    assert.equal((await handlerWith()(hangUp('?call_id=rtc_1'))).status, 204);
    assert.equal(upstream.received.length, 2);
  });

  it('is completed even if the visitor leaves before the answer', async () => {
    const visitor = new AbortController();
    upstream.answer((response) => {
      visitor.abort();
      response.end();
    });
    const response = await handlerWith()(hangUp('?call_id=rtc_1', { signal: visitor.signal }));
    assert.equal(response.status, 204);
  });

  for (const query of [
    '',
    '?call_id=',
    '?call_id=rtc_',
    '?call_id=abc',
    '?call_id=ek_1',
    '?call_id=Xrtc_1',
    '?call_id=rtc_1/../../client_secrets',
    '?call_id=rtc_1%2Faccept',
    '?call_id=rtc_1%3Fx',
    '?call_id=rtc_1%0A',
    '?call_id=rtc_%C3%A9',
    '?id=rtc_1',
    '?call_id=rtc-1&call_id=rtc_1',
  ]) {
    it(`refuses ${query || 'an empty query'} without calling the service`, async () => {
      const response = await handlerWith()(hangUp(query));
      assert.equal(response.status, 400);
      assert.equal((await readError(response)).code, 'invalid-call-id');
      assert.equal(upstream.received.length, 0);
    });
  }
});

describe('hanging up is allowed', () => {
  for (const headers of [
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: undefined, 'Sec-Fetch-Site': undefined },
    { Origin: SITE, 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
  ]) {
    const site = headers['Sec-Fetch-Site'] ?? '–';
    it(`not with Origin ${headers.Origin ?? '–'} and Sec-Fetch-Site ${site}`, async () => {
      const response = await handlerWith()(hangUp('?call_id=rtc_1', { headers }));
      assert.equal(response.status, 403);
      assert.equal(upstream.received.length, 0);
    });
  }

  it('only if authorize returns true', async () => {
    const seen: string[] = [];
    const authorize = ({ method, headers }: Request): boolean => {
      seen.push(method);
      return headers.get('Cookie') === 'member';
    };
    const handler = handlerWith({ authorize });
    assert.equal((await handler(hangUp('?call_id=rtc_1'))).status, 401);
    assert.equal(upstream.received.length, 0);
    assert.equal((await handler(hangUp('?call_id=rtc_1', { headers: { Cookie: 'member' } }))).status, 204);
    assert.deepEqual(seen, ['DELETE', 'DELETE']);
  });

  it('without asking the limiter and without calling onMint', async () => {
    const records: MintRecord[] = [];
    const handler = handlerWith({ limiter: () => ({ allowed: false }), onMint: (record) => void records.push(record) });
    assert.equal((await handler(hangUp('?call_id=rtc_1'))).status, 204);
    assert.deepEqual(records, []);
  });
});
