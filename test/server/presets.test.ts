import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  createSessionHandler,
  createTokenHandler,
  type HandlerOptions,
  type MintRecord,
  type RefusalRecord,
} from '../../src/server/index.js';
import { visitorRequest, readError, KEY, SITE } from './visitor.js';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

const SDP = 'v=0\r\n';
const presets = { sales: { instructions: 'Sell.' }, dictation: { type: 'transcription' } };

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

const optionsWith = (more: Partial<HandlerOptions> = {}): HandlerOptions => ({
  apiKey: KEY,
  session: { instructions: 'Greet.' },
  presets,
  baseUrl: upstream.url,
  limiter: false,
  ...more,
});
const token = (query: string) => visitorRequest({ url: `${SITE}/api/voice-token${query}` });
const offer = (query: string) =>
  visitorRequest({
    url: `${SITE}/api/voice-session${query}`,
    body: SDP,
    headers: { 'Content-Type': 'application/sdp' },
  });
const askedFor = (): unknown => JSON.parse(upstream.received[0]!.body).session;

describe('presets', () => {
  for (const [query, session] of [
    ['', { instructions: 'Greet.', type: 'realtime' }],
    ['?preset=sales', { instructions: 'Sell.', type: 'realtime' }],
    ['?shop=7&preset=dictation', { type: 'transcription' }],
  ] as const) {
    it(`choose the session of a client secret: ${query || 'without preset'}`, async () => {
      assert.equal((await createTokenHandler(optionsWith())(token(query))).status, 200);
      assert.deepEqual(askedFor(), session);
    });
  }

  it('choose the session of a call, and the call can be ended at its Location', async () => {
    upstream.answer(respond(201, SDP, { Location: '/v1/realtime/calls/rtc_1' }));
    const handler = createSessionHandler(optionsWith());
    const response = await handler(offer('?preset=sales'));
    assert.equal(response.status, 201);
    assert.match(upstream.received[0]!.body, /"instructions":"Sell\."/);
    assert.doesNotMatch(upstream.received[0]!.body, /Greet/);
    const location = response.headers.get('Location')!;
    const headers = { 'Content-Type': undefined };
    const leave = visitorRequest({ method: 'DELETE', url: `${SITE}/api/voice-session${location}`, headers });
    upstream.answer(respond(200, ''));
    assert.equal((await handler(leave)).status, 204);
  });

  it('of GPT-Live choose the session without its type', async () => {
    upstream.answer(respond(201, JSON.stringify({ session: { id: 'live_1' }, transport: { sdp: SDP } })));
    const live = { session: { type: 'live', model: 'a' }, presets: { sales: { type: 'live', model: 'b' } } };
    assert.equal((await createSessionHandler(optionsWith(live))(offer('?preset=sales'))).status, 201);
    assert.deepEqual(askedFor(), { model: 'b' });
  });

  it('are read once: later changes of the objects change nothing', async () => {
    const own = { sales: { instructions: 'Sell.' } };
    const handler = createTokenHandler(optionsWith({ presets: own }));
    own.sales.instructions = 'Give it away.';
    Object.assign(own, { gift: {} });
    await handler(token('?preset=sales'));
    assert.deepEqual(askedFor(), { instructions: 'Sell.', type: 'realtime' });
    assert.equal((await handler(token('?preset=gift'))).status, 400);
  });

  for (const query of [
    ...[
      '?preset=',
      '?preset=Sales',
      '?preset=sales%20',
      '?preset=toString',
      '?preset=__proto__',
      '?preset=constructor',
    ],
    ...['?preset=sales&preset=sales', '?preset=sales&preset=dictation', `?preset=${'a'.repeat(10_000)}`],
  ]) {
    it(`refuse ${query.slice(0, 40)} before the limiter, any other function of the site, or the service`, async () => {
      const called: string[] = [];
      const refusals: RefusalRecord[] = [];
      const options = optionsWith({
        limiter: () => (called.push('limiter'), { allowed: true }),
        authorize: () => (called.push('authorize'), true),
        onRefuse: (record) => void refusals.push(record),
      });
      for (const response of [
        await createTokenHandler(options)(token(query)),
        await createSessionHandler(options)(offer(query)),
      ]) {
        assert.equal(response.status, 400);
        assert.equal((await readError(response)).code, 'unknown-preset');
      }
      assert.deepEqual(called, []);
      assert.equal(upstream.received.length, 0);
      assert.deepEqual(refusals, Array(2).fill({ status: 400, code: 'unknown-preset' }));
    });
  }

  it('are named in the record of onMint', async () => {
    const records: MintRecord[] = [];
    const handler = createTokenHandler(optionsWith({ onMint: (record) => void records.push(record) }));
    await handler(token('?preset=sales'));
    await handler(token(''));
    assert.deepEqual(
      records.map(({ preset }) => preset),
      ['sales', undefined],
    );
  });

  for (const [what, wrong, message] of [
    ['a list', [{}], /presets must be an object/],
    ['null', null, /presets must be an object/],
    ['a preset that is a text', { sales: 'Sell.' }, /sales must be a session/],
    ['a preset that is a list', { sales: [] }, /sales must be a session/],
    ['a name with a space', { 'our sales': {} }, /a name has/],
    ['an empty name', { '': {} }, /a name has/],
    ['a preset of another API', { sales: { type: 'live' } }, /sales must be of the same API/],
  ] as const) {
    it(`must be right when the handler is made: ${what}`, () => {
      for (const make of [createTokenHandler, createSessionHandler]) {
        assert.throws(
          () => make(optionsWith({ presets: wrong as unknown as HandlerOptions['presets'] })),
          (error: Error) => error instanceof TypeError && message.test(error.message),
        );
      }
    });
  }
});
