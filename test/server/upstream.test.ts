import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTokenHandler } from '../../src/server/index.js';
import { post } from '../../src/server/upstream.js';
import { visitorRequest, readError, KEY } from './visitor.js';
import { NO_ANSWER, respond, startUpstream, type UpstreamServer } from './upstream-server.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

const init = () => ({ headers: new Headers(), body: '{}' });

describe('a request to the service', () => {
  it('fails after the time limit if the service does not answer, and is not sent again', async () => {
    upstream.answer(NO_ANSWER);
    const startedAt = Date.now();
    await assert.rejects(post(upstream.url, init(), new AbortController().signal, 1_000), {
      status: 504,
      code: 'upstream-timeout',
    });
    assert.ok(Date.now() - startedAt < 5_000);
    assert.equal(upstream.received.length, 1);
    await upstream.received[0]!.aborted;
  });

  it('fails after the time limit if the body never ends', async () => {
    upstream.answer((response) => {
      response.writeHead(200);
      response.write('{"value":');
    });
    await assert.rejects(post(upstream.url, init(), new AbortController().signal, 100), { code: 'upstream-timeout' });
  });

  it('has one time limit for both attempts', async () => {
    upstream.answer((response) => setTimeout(() => respond(500, '')(response, upstream.received[0]!), 900), NO_ANSWER);
    const startedAt = Date.now();
    await assert.rejects(post(upstream.url, init(), new AbortController().signal, 1_000), { code: 'upstream-timeout' });
    assert.ok(Date.now() - startedAt < 1_850);
    assert.equal(upstream.received.length, 2);
  });

  it('is aborted when the visitor leaves', async () => {
    const visitor = new AbortController();
    upstream.answer(() => visitor.abort());
    const handler = createTokenHandler({ apiKey: KEY, session: {}, baseUrl: upstream.url, limiter: false });
    const response = await handler(visitorRequest({ signal: visitor.signal }));
    assert.equal((await readError(response)).code, 'aborted');
    await upstream.received[0]!.aborted;
    assert.equal(upstream.received.length, 1);
  });
});
