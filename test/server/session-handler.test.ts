import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSessionHandler, type HandlerOptions, type MintRecord } from '../../src/server/index.js';
import { visitorRequest, readError, responseText, KEY, SITE } from './visitor.js';
import { respond, startUpstream, type Answer, type UpstreamServer } from './upstream-server.js';

const OFFER = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const SDP_ANSWER = 'v=0\r\no=- 3 4 IN IP4 127.0.0.1\r\ns=é \r\nt=0 0\r\n\r\n';
const ANSWER: Answer = respond(201, SDP_ANSWER, {
  'Content-Type': 'application/sdp',
  Location: '/v1/realtime/calls/rtc_abc123',
  'X-Request-Id': 'req_1',
});

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(ANSWER));

const session = { model: 'some-realtime-model' };
const handlerWith = (options: Partial<HandlerOptions> = {}) =>
  createSessionHandler({ apiKey: KEY, session, baseUrl: upstream.url, ...options });
const offer = (body: string = OFFER, type = 'application/sdp') =>
  visitorRequest({ body, headers: { 'Content-Type': type } });

describe('the offer', () => {
  it('is sent with the session as a form whose fields have a media type and no file name', async () => {
    await handlerWith({ safetyIdentifier: 'abc' })(offer());
    const [sent] = upstream.received;
    assert.equal(sent?.path, '/v1/realtime/calls');
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    assert.equal(sent?.headers['openai-safety-identifier'], 'abc');
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(sent?.headers['content-type'] ?? '')?.[1];
    const field = (name: string, type: string, content: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
    const sessionJson = '{"model":"some-realtime-model","type":"realtime"}';
    const fields = field('sdp', 'application/sdp', OFFER) + field('session', 'application/json', sessionJson);
    assert.equal(sent?.body, `${fields}--${boundary}--\r\n`);
  });

  it('is sent in a form that a standard parser can read', async () => {
    await handlerWith()(offer());
    const [sent] = upstream.received;
    const form = await new Response(sent?.body, {
      headers: { 'Content-Type': sent!.headers['content-type']! },
    }).formData();
    assert.equal(form.get('sdp'), OFFER);
    assert.deepEqual(JSON.parse(String(form.get('session'))), { ...session, type: 'realtime' });
  });

  it('can be JSON, of which only sdp is used', async () => {
    await handlerWith()(
      offer(JSON.stringify({ sdp: OFFER, session: { model: 'dear' }, model: 'dear' }), 'application/json'),
    );
    assert.match(upstream.received[0]!.body, /v=0\r\n/);
    assert.doesNotMatch(upstream.received[0]!.body, /dear/);
  });

  it('cannot inject a second session into the form', async () => {
    const field = 'Content-Disposition: form-data; name="session"\r\n\r\n{"model":"dear"}';
    await handlerWith()(offer(`${OFFER}--form\r\n${field}\r\n--form--\r\n`));
    const [sent] = upstream.received;
    const form = await new Response(sent?.body, {
      headers: { 'Content-Type': sent!.headers['content-type']! },
    }).formData();
    assert.equal(form.getAll('session').length, 1);
    assert.doesNotMatch(String(form.get('session')), /dear/);
  });

  for (const [body, type] of [
    ['', 'application/sdp'],
    ['hello', 'application/sdp'],
    ['{}', 'application/json'],
    ['{', 'application/json'],
    ['null', 'application/json'],
    ['{"sdp":7}', 'application/json'],
    ['{"sdp":""}', 'application/json'],
  ] as const) {
    it(`is refused if it is ${type} ${JSON.stringify(body)}`, async () => {
      const records: MintRecord[] = [];
      const response = await handlerWith({ onMint: (record) => void records.push(record) })(offer(body, type));
      assert.equal(response.status, 400);
      assert.equal((await readError(response)).code, 'invalid-offer');
      assert.equal(upstream.received.length, 0);
      assert.equal(records.length, 0);
    });
  }
});

describe('the answer', () => {
  for (const status of [200, 201]) {
    it(`with status ${status} is passed on byte for byte, with a Location at this endpoint`, async () => {
      upstream.answer(respond(status, SDP_ANSWER, { Location: '/v1/realtime/calls/rtc_abc123' }));
      const response = await handlerWith()(offer());
      assert.equal(response.status, 201);
      assert.equal(response.headers.get('Content-Type'), 'application/sdp');
      assert.equal(response.headers.get('Location'), '?call_id=rtc_abc123');
      assert.match(response.headers.get('Access-Control-Expose-Headers') ?? '', /Location/);
      assert.equal(response.headers.get('Cache-Control'), 'no-store');
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(SDP_ANSWER));
    });
  }

  it('contains no key and no other header of the service', async () => {
    assert.doesNotMatch(await responseText(await handlerWith()(offer())), /sk-|req_1/);
  });

  it('gives onMint the id of the call', async () => {
    const records: MintRecord[] = [];
    await handlerWith({ onMint: (record) => void records.push(record) })(offer());
    assert.equal(records[0]?.callId, 'rtc_abc123');
    assert.equal(records[0]?.status, 201);
  });

  it('has the same Location if the service is Azure', async () => {
    upstream.answer(respond(201, SDP_ANSWER, { Location: '/openai/v1/realtime/calls?call_id=rtc_abc123' }));
    const response = await handlerWith({ baseUrl: `${upstream.url}/openai` })(offer());
    assert.equal(upstream.received[0]?.path, '/openai/v1/realtime/calls');
    assert.equal(response.headers.get('Location'), '?call_id=rtc_abc123');
  });

  it('has a Location that keeps the query of the request', async () => {
    const url = `${SITE}/api/voice-session?shop=M%26S&call_id=mine`;
    const response = await handlerWith()(
      visitorRequest({ url, body: OFFER, headers: { 'Content-Type': 'application/sdp' } }),
    );
    const address = new URL(response.headers.get('Location')!, url);
    assert.equal(address.href, `${SITE}/api/voice-session?shop=M%26S&call_id=rtc_abc123`);
  });

  for (const location of [undefined, '/v1/realtime/calls', 'https://elsewhere.example/calls/7']) {
    it(`has no Location if the service's is ${location ?? 'missing'}`, async () => {
      upstream.answer(respond(201, SDP_ANSWER, location === undefined ? {} : { Location: location }));
      const response = await handlerWith()(offer());
      assert.equal(response.status, 201);
      assert.equal(response.headers.get('Location'), null);
    });
  }

  it('is not passed on if it is not SDP', async () => {
    upstream.answer(respond(200, '<html>sign in'));
    const response = await handlerWith()(offer());
    assert.equal(response.status, 502);
    assert.equal((await readError(response)).code, 'upstream-invalid');
    assert.doesNotMatch(await responseText(response), /html/);
  });

  for (const [from, to, code] of [
    [400, 502, 'upstream-rejected'],
    [401, 502, 'upstream-unauthorized'],
    [429, 429, 'rate-limited'],
    [500, 502, 'upstream-unavailable'],
  ] as const) {
    it(`with status ${from} becomes ${to} ${code}`, async () => {
      upstream.answer(respond(from, `{"error":{"message":"${KEY}"}}`));
      const response = await handlerWith()(offer());
      assert.equal(response.status, to);
      assert.equal((await readError(response)).code, code);
      assert.doesNotMatch(await responseText(response), /sk-/);
    });
  }

  it('needs an apiKey', () => {
    assert.throws(() => createSessionHandler({ session } as HandlerOptions), /createSessionHandler: apiKey is missing/);
  });
});
