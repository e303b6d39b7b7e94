import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSessionHandler, createTokenHandler } from '../../src/server/index.js';
import { visitorRequest, readError, KEY, SITE } from './visitor.js';
import { SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

const PARTNER = 'https://partner.example';
let upstream: UpstreamServer;
let handlers: { token: (request: Request) => Promise<Response>; session: (request: Request) => Promise<Response> };
before(async () => {
  upstream = await startUpstream();
  const options = {
    apiKey: KEY,
    session: {},
    baseUrl: upstream.url,
    allowedOrigins: [`${PARTNER}/`],
    limiter: false as const,
  };
  handlers = { token: createTokenHandler(options), session: createSessionHandler(options) };
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

/** `Origin`, `Sec-Fetch-Site`, the origin of the handler, whether the request is admitted. */
const TABLE: [string | undefined, string | undefined, string, boolean][] = [
  [SITE, 'same-origin', SITE, true],
  [SITE, undefined, SITE, true],
  [undefined, 'same-origin', SITE, true],
  [PARTNER, 'cross-site', SITE, true],
  [PARTNER, 'same-site', SITE, true],
  [PARTNER, undefined, SITE, true],
  // Behind a proxy that terminates TLS: admitted if the browser says "same origin".
  [SITE, 'same-origin', 'http://shop.example', true],
  [SITE, undefined, 'http://shop.example', false],
  ['https://evil.example', 'same-origin', 'http://shop.example', false],
  [undefined, undefined, SITE, false],
  [undefined, 'none', SITE, false],
  [SITE, 'none', SITE, false],
  [PARTNER, 'none', SITE, false],
  [SITE, 'cross-site', SITE, false],
  [SITE, 'same-site', SITE, false],
  [SITE, 'nonsense', SITE, false],
  [undefined, 'cross-site', SITE, false],
  ['null', 'cross-site', SITE, false],
  ['null', 'same-origin', SITE, false],
  ['null', undefined, SITE, false],
  ['', undefined, SITE, false],
  ['https://evil.example', 'cross-site', SITE, false],
  ['https://evil.example', undefined, SITE, false],
  ['https://evil.example', 'same-origin', SITE, false],
  ['http://shop.example', undefined, SITE, false],
  ['http://shop.example', 'same-origin', SITE, false],
  ['https://shop.example:8443', undefined, SITE, false],
  ['https://www.shop.example', 'same-site', SITE, false],
  ['https://shop.example.evil.example', undefined, SITE, false],
  ['https://shop.example/', undefined, SITE, false],
  ['HTTPS://SHOP.EXAMPLE', undefined, SITE, false],
  ['http://partner.example', 'cross-site', SITE, false],
  ['https://partner.example:444', 'cross-site', SITE, false],
  ['https://a.partner.example', 'cross-site', SITE, false],
  [`${SITE}, ${PARTNER}`, 'cross-site', SITE, false],
];

describe('origins', () => {
  for (const [origin, site, own, allowed] of TABLE) {
    const request = `Origin ${origin ?? '–'} with Sec-Fetch-Site ${site ?? '–'} at ${own}`;
    it(`${allowed ? 'admits' : 'refuses'} ${request}`, async () => {
      const headers = { Origin: origin, 'Sec-Fetch-Site': site };
      const response = await handlers.token(visitorRequest({ url: `${own}/api/voice-token`, headers }));
      assert.equal(response.status, allowed ? 200 : 403);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), allowed ? (origin ?? null) : null);
      assert.equal(response.headers.get('Vary'), 'Origin');
      assert.equal(upstream.received.length, allowed ? 1 : 0);
      if (!allowed) assert.equal((await readError(response)).code, 'origin-not-allowed');
    });

    it(`${allowed ? 'admits' : 'refuses'} the preflight of ${request}`, async () => {
      const headers = {
        Origin: origin,
        'Sec-Fetch-Site': site,
        'Content-Type': undefined,
        'Access-Control-Request-Method': 'POST',
      };
      const response = await handlers.token(
        visitorRequest({ method: 'OPTIONS', url: `${own}/api/voice-token`, headers }),
      );
      assert.equal(response.status, allowed ? 204 : 403);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), allowed ? (origin ?? null) : null);
      assert.equal(response.headers.get('Access-Control-Allow-Headers'), allowed ? 'Content-Type' : null);
      assert.equal(upstream.received.length, 0);
    });
  }

  for (const [origin, site, status] of [
    [SITE, 'same-origin', 200],
    [undefined, 'same-origin', 200],
    ['https://evil.example', 'same-origin', 403],
    [SITE, 'cross-site', 403],
    ['http://10.0.0.7:3000', 'same-origin', 403],
  ] as const) {
    it(`are compared with Host where the URL has the server's own address: ${origin} ${site}`, async () => {
      const headers = { Origin: origin, 'Sec-Fetch-Site': site, Host: 'shop.example' };
      const url = 'http://10.0.0.7:3000/api/voice-token';
      assert.equal((await handlers.token(visitorRequest({ url, headers }))).status, status);
    });
  }

  it('are compared with the URL where Host is none', async () => {
    const response = await handlers.token(visitorRequest({ headers: { Host: 'no host' } }));
    assert.equal(response.status, 200);
  });

  it('of other sites are refused by default, without a CORS wildcard', async () => {
    const handler = createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url, limiter: false });
    const response = await handler(visitorRequest({ headers: { Origin: PARTNER, 'Sec-Fetch-Site': 'cross-site' } }));
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
  });
});

describe('methods and bodies', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
    it(`${method} never reaches the service`, async () => {
      const response = await handlers.token(visitorRequest({ method }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('Allow'), 'POST, OPTIONS');
      assert.equal((await handlers.session(visitorRequest({ method }))).status, method === 'DELETE' ? 400 : 405);
      assert.equal(upstream.received.length, 0);
    });
  }

  it('the session endpoint lists its methods in Allow and in the preflight answer', async () => {
    assert.equal(
      (await handlers.session(visitorRequest({ method: 'GET' }))).headers.get('Allow'),
      'POST, DELETE, OPTIONS',
    );
    const headers = { Origin: PARTNER, 'Sec-Fetch-Site': 'cross-site', 'Access-Control-Request-Method': 'DELETE' };
    const preflight = await handlers.session(visitorRequest({ method: 'OPTIONS', headers }));
    assert.equal(preflight.headers.get('Access-Control-Allow-Methods'), 'POST, DELETE');
    const token = await handlers.token(visitorRequest({ method: 'OPTIONS', headers }));
    assert.equal(token.headers.get('Access-Control-Allow-Methods'), 'POST');
  });

  for (const type of [
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
  ]) {
    it(`refuses the media type ${type ?? '(none)'}`, async () => {
      const body = type === undefined ? new Uint8Array([123, 125]) : '{}';
      for (const handler of Object.values(handlers)) {
        const response = await handler(visitorRequest({ body, headers: { 'Content-Type': type } }));
        assert.equal(response.status, 415);
      }
      assert.equal(upstream.received.length, 0);
    });
  }

  it('accepts JSON with a charset', async () => {
    assert.equal(
      (await handlers.token(visitorRequest({ headers: { 'Content-Type': 'Application/JSON; charset=utf-8' } }))).status,
      200,
    );
  });

  it('refuses a body over the limit, whatever Content-Length says', async () => {
    const big = 'a'.repeat(2_049);
    const silent = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1_000)) });
    for (const request of [
      visitorRequest({ body: big }),
      visitorRequest({ body: '{}', headers: { 'Content-Length': '999999' } }),
      visitorRequest({ body: big, headers: { 'Content-Length': '2' } }),
      visitorRequest({ body: silent }),
    ]) {
      const response = await handlers.token(request);
      assert.equal(response.status, 413);
      assert.equal((await readError(response)).code, 'body-too-large');
    }
    const offer = visitorRequest({ body: `v=0${'a'.repeat(65_536)}`, headers: { 'Content-Type': 'application/sdp' } });
    assert.equal((await handlers.session(offer)).status, 413);
    assert.equal(upstream.received.length, 0);
  });
});

describe('every answer', () => {
  const requests = [
    visitorRequest(),
    visitorRequest({ method: 'GET' }),
    visitorRequest({ method: 'OPTIONS' }),
    visitorRequest({ headers: { Origin: 'null' } }),
  ];
  for (const request of requests) {
    it(`has the private headers: ${request.method} from ${request.headers.get('Origin')}`, async () => {
      const { headers } = await handlers.token(request);
      assert.equal(headers.get('Cache-Control'), 'no-store');
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
      assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    });
  }
});
