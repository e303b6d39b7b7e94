import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { VoiceError } from '../../src/errors.js';
import { exchange, readAnswer, type OfferRequest } from '../../src/transport/signaling.js';
import { startFaultServer, type Answer, type FaultServer } from '../support/http-faults.js';

const OFFER = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n';
/** The blank lines at its end would go with a trim. */
const ANSWER = 'v=0\r\no=- 3 4 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=ice-lite\r\n\r\n';

let server: FaultServer;
before(async () => {
  server = await startFaultServer();
});
after(() => server.close());

function offer(answer: Answer | undefined, of: Partial<OfferRequest> = {}, signal = new AbortController().signal) {
  if (answer) server.answer('/calls', answer);
  return exchange({ url: `${server.url}/calls`, offer: OFFER, secret: 'ek_1', credentials: 'omit', ...of }, signal);
}

async function failure(promise: Promise<unknown>): Promise<VoiceError> {
  const error = await promise.then(
    () => assert.fail('It did not fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof VoiceError, inspect(error));
  return error;
}

describe('the offer', () => {
  it('is posted unchanged, with its type and the secret, and with no other header', async () => {
    await offer({ body: ANSWER });
    const plain = await startFaultServer();
    plain.answer('/calls', {});
    await fetch(`${plain.url}/calls`, { method: 'POST', body: 'x' });
    const usual = Object.keys(plain.requests[0]!.headers);
    await plain.close();
    const { method, body, headers } = server.requests.at(-1)!;
    assert.deepEqual(
      [method, body, headers['content-type'], headers.authorization],
      ['POST', OFFER, 'application/sdp', 'Bearer ek_1'],
    );
    assert.deepEqual(
      Object.keys(headers).filter((name) => !usual.includes(name)),
      ['authorization'],
    );
  });

  it("is posted without a secret to the site's own server", async () => {
    await offer({ body: ANSWER }, { secret: undefined });
    assert.equal(server.requests.at(-1)!.headers.authorization, undefined);
  });
});

describe('the answer', () => {
  const BODIES: [string, string][] = [
    ['application/sdp', ANSWER],
    ['text/plain', ANSWER],
    ['application/json', JSON.stringify({ sdp: ANSWER })],
    ['application/json', JSON.stringify({ answer: ANSWER })],
    ['application/json', JSON.stringify({ answer: { type: 'answer', sdp: ANSWER } })],
    ['application/json', JSON.stringify({ type: 'answer', sdp: ANSWER })],
    ['application/json', JSON.stringify({ transport: { type: 'webrtc', sdp: ANSWER } }, null, 2)],
    // Not every server names the type it sends.
    ['text/html', JSON.stringify({ sdp: ANSWER })],
    ['application/json', ANSWER],
  ];
  for (const [type, body] of BODIES) {
    for (const status of [200, 201]) {
      it(`is read from ${status} ${type} ${body.slice(0, 24).replaceAll(/\s+/g, ' ')}, and never trimmed`, async () => {
        const reply = await offer({ status, body, headers: { 'content-type': type } });
        assert.equal(reply.answer, ANSWER);
        assert.deepEqual([reply.location, reply.id], [null, undefined]);
      });
    }
  }

  it('comes with the location of the call, or with its id', async () => {
    assert.equal(
      (await offer({ status: 201, body: ANSWER, headers: { location: '/v1/realtime/calls/rtc_1' } })).location,
      '/v1/realtime/calls/rtc_1',
    );
    for (const more of [{ session: { id: 'live_1' } }, { session_id: 'live_1' }, { call_id: 'live_1' }]) {
      assert.equal((await offer({ body: { sdp: ANSWER, ...more } })).id, 'live_1');
    }
    assert.equal(readAnswer(JSON.stringify({ sdp: ANSWER, session: null, call_id: 7 })).id, undefined);
  });

  for (const body of [
    '',
    ' ',
    'null',
    '7',
    '"v=0"',
    '[]',
    '{}',
    '{"sdp":7}',
    '{"sdp":null,"transport":null}',
    '{"answer":{"sdp":{}}}',
    '{"sdp":"<html>"}',
    '<!doctype html>',
    `<pre>${ANSWER}</pre>`,
    '{"sdp":"v=0',
  ]) {
    it(`is not ${body || 'nothing'}`.replaceAll(/\s+/g, ' '), async () => {
      assert.throws(
        () => readAnswer(body),
        (error) => error instanceof VoiceError && error.code === 'signaling-failed',
      );
      assert.equal((await failure(offer({ body }))).code, 'signaling-failed');
    });
  }
});

describe('an offer that is refused', () => {
  for (const [status, code] of [
    [400, 'signaling-failed'],
    [401, 'token-unauthorized'],
    [404, 'signaling-failed'],
    [429, 'rate-limited'],
    [500, 'signaling-failed'],
  ] as const) {
    it(`by ${status} is ${code}, in the server's words and without the secret`, async () => {
      const error = await failure(
        offer(
          { status, body: { error: { message: 'As the server puts it.' } }, headers: { 'retry-after': '7' } },
          { secret: 'ek_hidden' },
        ),
      );
      assert.equal(error.code, code);
      assert.match(error.message, /The calls endpoint answered \d+: As the server puts it\./);
      assert.equal(error.retryAfterMs, status === 429 ? 7_000 : undefined);
      assert.ok(!inspect(error, { depth: 10 }).includes('ek_hidden'));
    });
  }

  it('for a used-up quota is quota-exceeded', async () => {
    const error = await failure(
      offer({ status: 429, body: { error: { code: 'insufficient_quota', message: 'No more.' } } }),
    );
    assert.deepEqual([error.code, error.retriable], ['quota-exceeded', false]);
  });

  it('by a redirect to a page has no answer', async () => {
    server.answer('/login', { body: '<!doctype html>', headers: { 'content-type': 'text/html' } });
    assert.equal((await failure(offer({ redirect: '/login' }))).code, 'signaling-failed');
  });

  it('because the connection broke has a cause, and is retriable', async () => {
    for (const answer of [{ reset: true }, { body: ANSWER, truncate: true }]) {
      const error = await failure(offer(answer, { secret: 'ek_hidden' }));
      assert.deepEqual([error.code, error.retriable], ['signaling-failed', true]);
      assert.ok(error.cause);
      assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes('ek_hidden'));
    }
  });

  it('because it was stopped rejects with the abort reason', async () => {
    const call = new AbortController();
    const stopped = new Error('Stopped.');
    const arrived = new Promise<void>((resolve) => {
      server.answer('/calls', () => {
        resolve();
        return { hang: true };
      });
    });
    const asking = offer(undefined, {}, call.signal);
    await arrived;
    call.abort(stopped);
    await assert.rejects(asking, stopped);
  });
});
