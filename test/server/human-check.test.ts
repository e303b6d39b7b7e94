import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSessionHandler, createTokenHandler, type HandlerOptions } from '../../src/server/index.js';
import { SpentTokens } from '../../src/server/spent-tokens.js';
import { visitorRequest, readError, responseText, KEY, SITE } from './visitor.js';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';
import { HUMAN_SECRET, HUMAN_TOKEN, refusedBecause, startVerifier, verified } from './verifier-server.js';

const SDP = 'v=0\r\n';

let upstream: UpstreamServer;
let verifier: UpstreamServer;
before(async () => {
  [upstream, verifier] = await Promise.all([startUpstream(), startVerifier()]);
});
after(() => Promise.all([upstream.close(), verifier.close()]));
beforeEach(() => {
  upstream.answer(SECRET_ANSWER);
  verifier.answer(verified());
});

type HumanOptions = Partial<NonNullable<HandlerOptions['verifyHuman']>>;

const optionsWith = (human: HumanOptions = {}, more: Partial<HandlerOptions> = {}): HandlerOptions => ({
  apiKey: KEY,
  session: {},
  baseUrl: upstream.url,
  limiter: false,
  verifyHuman: { secretKey: HUMAN_SECRET, url: `${verifier.url}/siteverify`, ...human },
  ...more,
});
const asking = (headers: Record<string, string | undefined> = { 'X-Human-Token': HUMAN_TOKEN }) =>
  visitorRequest({ headers });

describe('verifyHuman', () => {
  it('asks the captcha service in a form, with the address of the visitor', async () => {
    const handler = createTokenHandler(optionsWith());
    assert.equal((await handler(asking(), { address: '192.0.2.1' })).status, 200);
    const [asked] = verifier.received;
    assert.equal(asked?.method, 'POST');
    assert.equal(asked?.path, '/siteverify');
    assert.match(asked?.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), {
      secret: HUMAN_SECRET,
      response: HUMAN_TOKEN,
      remoteip: '192.0.2.1',
    });
  });

  it('sends no address that it does not know whole', async () => {
    const handler = createTokenHandler(optionsWith());
    await handler(asking({ 'X-Human-Token': 'a' }), { address: '2001:db8::1' });
    await handler(asking({ 'X-Human-Token': 'b' }));
    for (const { body } of verifier.received) assert.equal(new URLSearchParams(body).get('remoteip'), null);
    assert.equal(verifier.received.length, 2);
  });

  it('guards the session endpoint too, but not its hang-up', async () => {
    const handler = createSessionHandler(optionsWith());
    const url = `${SITE}/api/voice-session`;
    const offer = (headers: Record<string, string> = {}) =>
      visitorRequest({ url, body: SDP, headers: { 'Content-Type': 'application/sdp', ...headers } });
    assert.equal((await readError(await handler(offer()))).code, 'human-unverified');
    assert.equal(upstream.received.length, 0);
    upstream.answer(respond(201, SDP, { Location: '/v1/realtime/calls/rtc_1' }));
    const opened = await handler(offer({ 'X-Human-Token': HUMAN_TOKEN }));
    assert.equal(opened.status, 201);
    upstream.answer(respond(200, ''));
    const leave = {
      method: 'DELETE',
      url: url + opened.headers.get('Location'),
      headers: { 'Content-Type': undefined },
    };
    assert.equal((await handler(visitorRequest(leave))).status, 204);
    assert.equal(verifier.received.length, 1);
  });

  it('comes after the limiter and before authorize', async () => {
    const order: string[] = [];
    verifier.answer((response, received) => {
      order.push('verifyHuman');
      verified()(response, received);
    });
    const hooks: Partial<HandlerOptions> = {
      limiter: () => (order.push('limiter'), { allowed: true }),
      authorize: () => (order.push('authorize'), true),
    };
    await createTokenHandler(optionsWith({}, hooks))(asking());
    assert.deepEqual(order, ['limiter', 'verifyHuman', 'authorize']);
    verifier.answer(refusedBecause('invalid-input-response'));
    order.length = 0;
    await createTokenHandler(optionsWith({}, hooks))(asking());
    assert.deepEqual(order, ['limiter']);
  });

  it('lets pages of other origins send the header', async () => {
    for (const [human, header] of [
      [{}, 'X-Human-Token'],
      [{ header: 'X-Captcha' }, 'X-Captcha'],
    ] as const) {
      const handler = createTokenHandler(optionsWith(human, { allowedOrigins: ['https://partner.example'] }));
      const origin = { Origin: 'https://partner.example', 'Sec-Fetch-Site': 'cross-site' };
      const preflight = await handler(visitorRequest({ method: 'OPTIONS', headers: origin }));
      assert.equal(preflight.headers.get('Access-Control-Allow-Headers'), `Content-Type, ${header}`);
      const response = await handler(asking({ ...origin, [header]: HUMAN_TOKEN }));
      assert.equal(response.status, 200);
    }
  });

  for (const [what, human, answer, passes] of [
    ['a hostname of the list', { hostnames: ['Shop.example'] }, { hostname: 'shop.example' }, true],
    ['another hostname', { hostnames: ['shop.example'] }, { hostname: 'evil.example' }, false],
    ['no hostname where one is wanted', { hostnames: ['shop.example'] }, { hostname: undefined }, false],
    ['the action', { action: 'call' }, { action: 'call' }, true],
    ['another action', { action: 'call' }, { action: 'login' }, false],
    ['no action where one is wanted', { action: 'call' }, {}, false],
    ['a score that is enough', { minScore: 0.5 }, { score: 0.5 }, true],
    ['a score that is too low', { minScore: 0.5 }, { score: 0.4 }, false],
    ['a score that is a text', { minScore: 0.5 }, { score: '1' }, false],
    ['no score where one is wanted', { minScore: 0 }, {}, false],
  ] as [string, HumanOptions, object, boolean][]) {
    it(`${passes ? 'admits' : 'refuses'} ${what}`, async () => {
      verifier.answer(verified(answer));
      const response = await createTokenHandler(optionsWith(human))(asking());
      assert.equal(response.status, passes ? 200 : 403);
      if (!passes) assert.equal((await readError(response)).code, 'human-unverified');
      assert.equal(upstream.received.length, passes ? 1 : 0);
    });
  }

  it('never shows the secret key or the token', async (context) => {
    const log = context.mock.method(console, 'error', () => undefined);
    verifier.answer(refusedBecause('invalid-input-secret', HUMAN_SECRET));
    const text = await responseText(await createTokenHandler(optionsWith())(asking()));
    assert.ok(!text.includes(HUMAN_SECRET) && !text.includes(HUMAN_TOKEN));
    assert.match(text, /human-check-unavailable/);
    assert.equal(log.mock.callCount(), 1);
    assert.match(String(log.mock.calls[0]?.arguments), /Check secretKey and url/);
    assert.ok(!String(log.mock.calls[0]?.arguments).includes(HUMAN_SECRET));
  });

  const right = { secretKey: HUMAN_SECRET, url: 'https://captcha.example/siteverify' };
  for (const [what, wrong, message] of [
    ['a function', () => true, /must be an object such as/],
    ['null', null, /must be an object such as/],
    ['no secret key', { url: right.url }, /secretKey is missing/],
    ['a secret key with a line break', { ...right, secretKey: `${HUMAN_SECRET}\n` }, /secretKey is missing/],
    ['no url', { secretKey: HUMAN_SECRET }, /url must be the https address/],
    ['a url without https', { ...right, url: 'http://captcha.example' }, /url must be the https address/],
    ['a url with a password', { ...right, url: 'https://a:b@captcha.example' }, /url must be the https address/],
    ['a header with a colon', { ...right, header: 'X-A:' }, /header must be the name/],
    ['no hostname in the list', { ...right, hostnames: [] }, /hostnames must be a list/],
    ['a wildcard for a hostname', { ...right, hostnames: ['*.shop.example'] }, /hostnames must be a list/],
    ['an origin for a hostname', { ...right, hostnames: ['https://shop.example'] }, /hostnames must be a list/],
    ['an empty action', { ...right, action: '' }, /action must be a text/],
    ['a score above 1', { ...right, minScore: 50 }, /minScore must be/],
  ] as const) {
    it(`must be right when the handler is made: ${what}`, () => {
      for (const make of [createTokenHandler, createSessionHandler]) {
        const options = { apiKey: KEY, session: {}, verifyHuman: wrong as unknown as HandlerOptions['verifyHuman'] };
        assert.throws(
          () => make(options),
          (error: Error) =>
            error instanceof TypeError && message.test(error.message) && !error.message.includes(HUMAN_SECRET),
        );
      }
    });
  }
});

describe('spent tokens', () => {
  it('are known for ten minutes', () => {
    let now = 0;
    const spent = new SpentTokens(() => now);
    assert.equal(spent.add('a'), true);
    now = 599_000;
    assert.equal(spent.add('a'), false);
    now = 600_000;
    assert.equal(spent.add('a'), true);
  });

  it('are at most 20,000: the oldest is forgotten first', () => {
    const spent = new SpentTokens(() => 0);
    for (let index = 0; index <= 20_000; index++) assert.equal(spent.add(String(index)), true);
    assert.equal(spent.add('20000'), false);
    assert.equal(spent.add('0'), true);
  });
});
