import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  createSessionHandler,
  createTokenHandler,
  type HandlerOptions,
  type MintRecord,
} from '../../src/server/index.js';
import { visitorRequest, readError, responseText, KEY } from './visitor.js';
import { respond, startUpstream, type UpstreamServer } from './upstream-server.js';

const OFFER = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns="é"\r\nt=0 0\r\n';
const SDP_ANSWER = 'v=0\r\no=- 3 4 IN IP4 127.0.0.1\r\ns=é \r\nt=0 0\r\n\r\n';
const answered = (body: unknown) =>
  respond(201, JSON.stringify(body), { 'Content-Type': 'application/json', Location: '/v1/live/sessions/live_other' });

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() =>
  upstream.answer(answered({ session: { id: 'live_7f' }, transport: { type: 'webrtc', sdp: SDP_ANSWER } })),
);

const session = {
  type: 'live',
  model: 'some-live-model',
  instructions: 'You sell chairs.',
  delegation: { type: 'client' },
};
const handlerWith = (options: Partial<HandlerOptions> = {}) =>
  createSessionHandler({ apiKey: KEY, session, baseUrl: upstream.url, ...options });
const offer = () => visitorRequest({ body: OFFER, headers: { 'Content-Type': 'application/sdp' } });

describe('a GPT-Live session', () => {
  it('is requested as JSON, with the unchanged offer and without its type', async () => {
    await handlerWith({ safetyIdentifier: 'abc' })(offer());
    const [sent] = upstream.received;
    assert.equal(sent?.path, '/v1/live/sessions');
    assert.equal(sent?.headers['content-type'], 'application/json');
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    assert.equal(sent?.headers['openai-safety-identifier'], 'abc');
    const { type: _, ...wanted } = session;
    assert.deepEqual(JSON.parse(sent!.body), { session: wanted, transport: { type: 'webrtc', sdp: OFFER } });
  });

  it('works with an Azure base URL', async () => {
    await handlerWith({ baseUrl: `${upstream.url}/openai/` })(offer());
    assert.equal(upstream.received[0]?.path, '/openai/v1/live/sessions');
  });

  it('is answered like a Realtime call', async () => {
    const records: MintRecord[] = [];
    const response = await handlerWith({ onMint: (record) => void records.push(record) })(offer());
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('Content-Type'), 'application/sdp');
    assert.equal(response.headers.get('Location'), '?call_id=live_7f');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(SDP_ANSWER));
    assert.deepEqual({ ...records[0], durationMs: 0 }, { ok: true, status: 201, callId: 'live_7f', durationMs: 0 });
  });

  for (const id of [undefined, null, 7, '', 'x', 'live_7f/../x']) {
    it(`gets no Location if its id is ${String(id)}`, async () => {
      upstream.answer(answered({ session: { id }, transport: { sdp: SDP_ANSWER } }));
      const response = await handlerWith()(offer());
      assert.equal(response.status, 201);
      assert.equal(response.headers.get('Location'), null);
    });
  }

  for (const body of [
    null,
    7,
    [],
    {},
    { transport: null },
    { transport: { sdp: 7 } },
    { transport: { sdp: '<html>' } },
    { session: null, sdp: SDP_ANSWER },
  ]) {
    it(`fails if the service answers ${JSON.stringify(body)?.slice(0, 40)}`, async () => {
      upstream.answer(answered(body));
      const response = await handlerWith()(offer());
      assert.equal(response.status, 502);
      assert.equal((await readError(response)).code, 'upstream-invalid');
    });
  }

  it('fails if the service does not answer with JSON', async () => {
    upstream.answer(respond(201, SDP_ANSWER));
    const response = await handlerWith()(offer());
    assert.equal(response.status, 502);
    assert.doesNotMatch(await responseText(response), /v=0/);
  });

  it('makes createTokenHandler throw at creation', () => {
    assert.throws(
      () => createTokenHandler({ apiKey: KEY, session }),
      /^TypeError: createTokenHandler: .*Use createSessionHandler/,
    );
  });
});
