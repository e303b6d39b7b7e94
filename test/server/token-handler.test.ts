import { getRequestListener } from '@hono/node-server';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTokenHandler, type HandlerOptions, type MintRecord } from '../../src/server/index.js';
import { visitorRequest, readError, responseText, KEY } from './visitor.js';
import { CLOSE_CONNECTION, respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

const session = { model: 'some-realtime-model', instructions: 'You sell chairs.' };
const handlerWith = (options: Partial<HandlerOptions> = {}) =>
  createTokenHandler({ apiKey: KEY, session, baseUrl: upstream.url, limiter: false, ...options });

describe('getting a client secret', () => {
  it("asks for the site's session and returns only the secret", async () => {
    const response = await handlerWith()(visitorRequest());
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      value: 'ek_visitor',
      expires_at: 1_900_000_000,
      calls_url: `${upstream.url}/v1/realtime/calls`,
    });
    const [sent] = upstream.received;
    assert.equal(sent?.method, 'POST');
    assert.equal(sent?.path, '/v1/realtime/client_secrets');
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    assert.deepEqual(JSON.parse(sent!.body), {
      expires_after: { anchor: 'created_at', seconds: 60 },
      session: { ...session, type: 'realtime' },
    });
  });

  // In pieces it costs the server more.
  it('answers in one piece, of a known length', async () => {
    const server = createServer(getRequestListener(handlerWith())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const headers = { 'Content-Type': 'application/json', Origin: url };
    const response = await fetch(url, { method: 'POST', headers, body: '{}' });
    const { length } = await response.text();
    server.closeAllConnections();
    server.close();
    assert.equal(response.headers.get('Transfer-Encoding'), null);
    assert.equal(response.headers.get('Content-Length'), String(length));
  });

  it('keeps the given session type', async () => {
    await handlerWith({ session: { type: 'transcription' } })(visitorRequest());
    assert.equal(JSON.parse(upstream.received[0]!.body).session.type, 'transcription');
  });

  it('ignores later changes to the session object', async () => {
    const changing = { ...session };
    const handler = handlerWith({ session: changing });
    changing.instructions = 'You sell nothing.';
    await handler(visitorRequest());
    assert.equal(JSON.parse(upstream.received[0]!.body).session.instructions, session.instructions);
  });

  for (const [asked, sent] of [
    [1, 10],
    [45, 45],
    [7200, 120],
  ] as const) {
    it(`sends expiresAfter ${asked} as ${sent} s`, async () => {
      await handlerWith({ expiresAfter: asked })(visitorRequest());
      assert.equal(JSON.parse(upstream.received[0]!.body).expires_after.seconds, sent);
    });
  }

  it('accepts a base URL that ends in /v1 or a slash', async () => {
    await handlerWith({ baseUrl: `${upstream.url}/openai/v1/` })(visitorRequest());
    assert.equal(upstream.received[0]?.path, '/openai/v1/realtime/client_secrets');
  });

  for (const body of ['{"client_secret":{"value":"ek_x","expires_at":5}}', '{"client_secret":"ek_x","expires_at":5}']) {
    it(`accepts a compatible server's ${body}`, async () => {
      upstream.answer(respond(200, body));
      const answer = (await (await handlerWith()(visitorRequest())).json()) as Record<string, unknown>;
      assert.equal(answer['value'], 'ek_x');
      assert.equal(answer['expires_at'], 5);
    });
  }

  for (const body of ['', 'null', '[]', '{"value":7}', '<html>', `{"value":"${KEY}"}`, '{"value":"sk-other"}']) {
    it(`fails if the service answers ${body || 'an empty body'}`, async () => {
      upstream.answer(respond(200, body));
      const response = await handlerWith()(visitorRequest());
      assert.equal(response.status, 502);
      assert.equal((await readError(response)).code, 'upstream-invalid');
      assert.doesNotMatch(await responseText(response), /sk-/);
    });
  }
});

describe('hostile requests', () => {
  const bodies: (string | null)[] = [
    null,
    '',
    '{}',
    'null',
    '[]',
    '"x"',
    '{',
    '\u0000',
    '{"session":{"model":"dear"}}',
    '{"model":"dear"}',
    '{"instructions":"obey me"}',
    '{"tools":[{"type":"function","name":"drain"}]}',
    '{"voice":"x"}',
    '{"expires_after":{"seconds":7200}}',
    '{"type":"transcription"}',
    '{"__proto__":{"model":"dear"}}',
    '{"constructor":{"prototype":{"model":"dear"}}}',
    '{"session":null}',
    '{"baseUrl":"https://evil.example"}',
    '{"apiKey":"x"}',
    '","session":{"model":"dear"}}',
    'a'.repeat(2_048),
    '{"authorization":"Bearer x"}',
  ];

  it('cannot change the request to the service by their body', async () => {
    const handler = handlerWith();
    for (const body of bodies)
      assert.equal((await handler(visitorRequest({ body }))).status, 200, JSON.stringify(body));
    const requests = upstream.received.map(({ method, path, headers, body }) =>
      JSON.stringify({ method, path, headers, body }),
    );
    assert.equal(requests.length, bodies.length);
    assert.equal(new Set(requests).size, 1);
  });

  it('cannot change it by headers or query', async () => {
    await handlerWith()(
      visitorRequest({
        url: 'https://shop.example/api/voice-token?model=dear',
        headers: {
          Authorization: 'Bearer x',
          Cookie: 'a=b',
          'OpenAI-Safety-Identifier': 'me',
          'OpenAI-Organization': 'x',
        },
      }),
    );
    const [sent] = upstream.received;
    assert.equal(sent?.path, '/v1/realtime/client_secrets');
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    for (const name of ['cookie', 'openai-safety-identifier', 'openai-organization', 'origin']) {
      assert.equal(sent?.headers[name], undefined, name);
    }
  });
});

describe('if the service fails, the handler', () => {
  const leaky = JSON.stringify({
    error: { message: `Incorrect API key provided: ${KEY}`, code: 'some_code', param: 'session.tools[0]' },
  });
  const quota = JSON.stringify({ error: { message: 'pay', code: 'insufficient_quota' } });
  const table: [number, string, number, string, number][] = [
    [301, leaky, 502, 'upstream-rejected', 1],
    [400, leaky, 502, 'upstream-rejected', 1],
    [401, leaky, 502, 'upstream-unauthorized', 1],
    [403, leaky, 502, 'upstream-unauthorized', 1],
    [404, leaky, 502, 'upstream-rejected', 1],
    [429, leaky, 429, 'rate-limited', 1],
    [429, quota, 429, 'insufficient_quota', 1],
    [500, leaky, 502, 'upstream-unavailable', 2],
    [503, leaky, 502, 'upstream-unavailable', 2],
  ];
  for (const [from, body, to, code, attempts] of table) {
    it(`turns ${from} into ${to} ${code} after ${attempts} attempts`, async () => {
      upstream.answer(respond(from, body, { 'X-Request-Id': 'req_1', Location: 'https://elsewhere.example/' }));
      const response = await handlerWith()(visitorRequest());
      assert.equal(response.status, to);
      assert.equal((await readError(response)).code, code);
      assert.equal(upstream.received.length, attempts);
      assert.doesNotMatch(await responseText(response), /sk-|Incorrect|some_code|req_1|elsewhere/);
    });
  }

  it('passes on Retry-After', async () => {
    upstream.answer(respond(429, '', { 'Retry-After': '17' }));
    const response = await handlerWith()(visitorRequest());
    assert.equal(response.headers.get('Retry-After'), '17');
    assert.match(response.headers.get('Access-Control-Expose-Headers') ?? '', /Retry-After/);
  });

  it('tries again after a 5xx answer', async () => {
    upstream.answer(respond(502, ''), SECRET_ANSWER);
    assert.equal((await handlerWith()(visitorRequest())).status, 200);
    assert.equal(upstream.received[0]?.body, upstream.received[1]?.body);
  });

  it('tries again after a broken connection', async () => {
    upstream.answer(CLOSE_CONNECTION, SECRET_ANSWER);
    assert.equal((await handlerWith()(visitorRequest())).status, 200);
    assert.equal(upstream.received.length, 2);
  });

  it('answers 502 if nothing listens at the base URL', async () => {
    const response = await handlerWith({ baseUrl: 'http://127.0.0.1:1' })(visitorRequest());
    assert.equal(response.status, 502);
    assert.equal((await readError(response)).code, 'upstream-unreachable');
  });

  it("gives the service's error code and field to onMint, not to the visitor", async () => {
    upstream.answer(respond(400, leaky));
    const records: MintRecord[] = [];
    await handlerWith({ onMint: (record) => void records.push(record) })(visitorRequest());
    assert.deepEqual(records[0]?.upstream, { status: 400, code: 'some_code', param: 'session.tools[0]' });
    assert.equal(records[0]?.ok, false);
    assert.doesNotMatch(JSON.stringify(records), /sk-/);
  });
});

describe('the options', () => {
  const wrong: [string, unknown, RegExp][] = [
    ['no key', { session }, /apiKey is missing/],
    ['an empty key', { apiKey: ' ', session }, /apiKey is missing/],
    ['no options', undefined, /apiKey is missing/],
    ['no session', { apiKey: KEY }, /session is missing/],
    ['a session that is not an object', { apiKey: KEY, session: 'gpt' }, /session is missing/],
    ['a wildcard origin', { apiKey: KEY, session, allowedOrigins: ['*'] }, /allowedOrigins/],
    ['the null origin', { apiKey: KEY, session, allowedOrigins: ['null'] }, /allowedOrigins/],
    ['an origin with a path', { apiKey: KEY, session, allowedOrigins: ['https://a.example/b'] }, /allowedOrigins/],
    ['a base URL that is not a URL', { apiKey: KEY, session, baseUrl: 'api.openai.com' }, /baseUrl/],
    ['a base URL with a password', { apiKey: KEY, session, baseUrl: 'https://a:b@c.example' }, /baseUrl/],
    ['an expiry that is not a number', { apiKey: KEY, session, expiresAfter: NaN }, /expiresAfter/],
  ];
  for (const [name, options, message] of wrong) {
    it(`are refused at creation, without quoting the key: ${name}`, () => {
      assert.throws(
        () => createTokenHandler(options as HandlerOptions),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /sk-/);
          return true;
        },
      );
    });
  }

  it('make calls_url unnecessary for the default service', async (context) => {
    // Mocked, because this request would go to the real service.
    context.mock.method(globalThis, 'fetch', (url: string) => {
      assert.equal(url, 'https://api.openai.com/v1/realtime/client_secrets');
      return Promise.resolve(Response.json({ value: 'ek_x', expires_at: 5 }));
    });
    const response = await createTokenHandler({ apiKey: KEY, session, limiter: false })(visitorRequest());
    assert.deepEqual(await response.json(), { value: 'ek_x', expires_at: 5, dcid: true });
  });
});

describe('a data channel that is agreed on beforehand', () => {
  const tells = async (body: object, options: Partial<HandlerOptions> = {}): Promise<unknown> => {
    upstream.answer(respond(200, JSON.stringify({ value: 'ek_x', ...body })));
    const answer = (await (await handlerWith(options)(visitorRequest())).json()) as { dcid?: unknown };
    return answer.dcid;
  };

  it('is offered where the service says that it takes one, and nowhere else', async () => {
    assert.equal(await tells({ dcid: true }), true);
    assert.equal(await tells({}), undefined);
    for (const dcid of [false, null, 'true', 1, 4, {}]) assert.equal(await tells({ dcid }), undefined, String(dcid));
    assert.equal(await tells({}, { baseUrl: `${upstream.url}/api.openai.com` }), undefined);
  });

  for (const baseUrl of ['https://eu.api.openai.com', 'https://api.openai.com/v1', 'https://API.openai.com:443']) {
    it(`is offered at ${baseUrl}`, async (context) => {
      // Mocked, because this request would go to the real service.
      context.mock.method(globalThis, 'fetch', () => Promise.resolve(Response.json({ value: 'ek_x' })));
      assert.equal(await tells({}, { baseUrl }), true);
    });
  }

  for (const baseUrl of [
    'https://xapi.openai.com',
    'https://api.openai.com.example',
    'http://api.openai.com',
    'https://res.openai.azure.com/openai',
  ]) {
    it(`is not offered at ${baseUrl}`, async (context) => {
      context.mock.method(globalThis, 'fetch', () => Promise.resolve(Response.json({ value: 'ek_x' })));
      assert.equal(await tells({}, { baseUrl }), undefined);
    });
  }
});
