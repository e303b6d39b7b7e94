import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { VoiceError } from '../../src/errors.js';
import {
  callTokenSource,
  fetchSecret,
  parseSecret,
  type TokenRequest,
  type TokenSource,
} from '../../src/transport/token-source.js';
import { startFaultServer, type Answer, type FaultServer } from '../support/http-faults.js';

const KEY = 'sk-proj-the-key-of-the-site';

let server: FaultServer;
before(async () => {
  server = await startFaultServer();
});
after(() => server.close());

const endpoint = (of: Partial<TokenRequest> = {}): TokenRequest => ({
  url: `${server.url}/token`,
  method: 'POST',
  credentials: 'same-origin',
  ...of,
});

function ask(answer: Answer, signal = new AbortController().signal) {
  server.answer('/token', answer);
  return fetchSecret(endpoint(), signal);
}

async function failure(promise: Promise<unknown>): Promise<VoiceError> {
  const error = await promise.then(
    () => assert.fail('It did not fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof VoiceError, inspect(error));
  return error;
}

/** All that can be seen of an error, its causes included. */
const everything = (error: unknown) => inspect(error, { depth: 10, showHidden: true });

describe('a token', () => {
  const SHAPES: [unknown, object][] = [
    [{ value: 'ek_1' }, {}],
    [{ value: 'ek_1', expires_at: 1_900_000_000 }, { expiresAt: 1_900_000_000_000 }],
    [{ client_secret: { value: 'ek_1' } }, {}],
    [{ id: 'sess_1', client_secret: { value: 'ek_1', expires_at: 1_900_000_000 } }, { expiresAt: 1_900_000_000_000 }],
    [{ client_secret: 'ek_1', expires_at: 1_900_000_000 }, { expiresAt: 1_900_000_000_000 }],
    [{ token: 'ek_1' }, {}],
    [{ value: null, client_secret: null, token: 'ek_1' }, {}],
    ['ek_1', {}],
    [{ value: ' ek_1\n' }, {}],
    [
      { value: 'ek_1', calls_url: 'https://eu.api.openai.com/v1/realtime/calls' },
      { callsUrl: 'https://eu.api.openai.com/v1/realtime/calls' },
    ],
    [
      { value: 'ek_1', dcid: true, ice_servers: [{ urls: 'stun:stun.example' }] },
      { agreesOnChannel: true, iceServers: [{ urls: 'stun:stun.example' }] },
    ],
    [{ value: 'ek_1', dcid: 'true', ice_servers: null }, {}],
    [{ value: 'ek_1', dcid: 4 }, {}],
    [{ value: 'ek_1', expires_at: 'soon', calls_url: 7 }, {}],
    [{ value: 'ek_1', expires_at: 0, calls_url: '' }, {}],
    [{ value: 'ek_1', expires_at: null, session: { model: 'x' } }, {}],
  ];
  for (const [body, more] of SHAPES) {
    it(`is read from ${JSON.stringify(body)}`, async () => {
      const unset = { expiresAt: undefined, callsUrl: undefined, agreesOnChannel: false, iceServers: undefined };
      const secret = { value: 'ek_1', ...unset, ...more };
      assert.deepEqual(parseSecret(body), secret);
      assert.deepEqual(
        await ask({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        secret,
      );
      assert.deepEqual(await callTokenSource(async () => body as string, new AbortController().signal), secret);
    });
  }

  for (const source of [5, {}, true, [], Promise.resolve('ek_1')]) {
    it(`cannot come from ${inspect(source)}, and no retry helps`, async () => {
      const error = await failure(callTokenSource(source as unknown as TokenSource, new AbortController().signal));
      assert.deepEqual([error.code, error.retriable], ['configuration', false]);
      assert.match(error.message, /^tokenSource must be a client secret or a function/);
    });
  }

  it('of a function that fails may be worth another try', async () => {
    const cause = new Error('No network.');
    const error = await failure(callTokenSource(() => Promise.reject(cause), new AbortController().signal));
    assert.deepEqual([error.code, error.retriable, error.cause], ['token-failed', true, cause]);
  });

  it("need not look like OpenAI's", () => {
    for (const value of ['gAAAAABencrypted', 'eyJhbGciOi.eyJzdWIi.c2ln', 'pk-1', 'SK-1', 'task-1'])
      assert.equal(parseSecret({ value }).value, value);
  });

  for (const body of [
    undefined,
    null,
    '',
    ' ',
    7,
    true,
    [],
    ['ek_1'],
    {},
    { value: '' },
    { value: 7 },
    { value: {} },
    { client_secret: {} },
    { client_secret: 7 },
    { token: null },
    { value: 'ek_ü' },
    { value: 'ek_\nX-Evil: 1' },
    { value: 'ek_"1' },
    { value: 'ek_\\1' },
  ]) {
    it(`is not ${JSON.stringify(body)}`, () => {
      assert.throws(
        () => parseSecret(body),
        (error) => error instanceof VoiceError && error.code === 'token-failed',
      );
    });
  }

  for (const body of [
    { value: KEY },
    { client_secret: { value: KEY } },
    { client_secret: KEY },
    { token: KEY },
    KEY,
    { value: ` ${KEY}` },
  ]) {
    it(`is no secret key, which is never repeated: ${JSON.stringify(body).replace(KEY, 'sk-…')}`, async () => {
      const errors = [
        await failure(ask({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })),
        await failure(callTokenSource(async () => body as string, new AbortController().signal)),
      ];
      for (const error of errors) {
        assert.equal(error.code, 'configuration');
        assert.equal(error.retriable, false);
        assert.ok(!everything(error).includes('the-key'));
      }
    });
  }
});

describe('a token source of the page', () => {
  const { signal } = new AbortController();

  it('may be the secret itself', async () => {
    assert.equal((await callTokenSource('ek_1', signal)).value, 'ek_1');
    assert.equal((await failure(callTokenSource(KEY, signal))).code, 'configuration');
  });

  it('gets a signal that aborts with the call', async () => {
    let got: AbortSignal | undefined;
    await callTokenSource(async (given) => ((got = given), 'ek_1'), signal);
    assert.equal(got, signal);
  });

  it('that fails is token-failed with its reason, or its own VoiceError', async () => {
    const reason = new Error('No session.');
    const thrower = (): never => {
      throw reason;
    };
    for (const source of [() => Promise.reject(reason), thrower]) {
      const error = await failure(callTokenSource(source, signal));
      assert.deepEqual([error.code, error.cause], ['token-failed', reason]);
    }
    const chosen = new VoiceError('rate-limited', 'Later.');
    assert.equal(await failure(callTokenSource(() => Promise.reject(chosen), signal)), chosen);
  });

  it('that is aborted rejects with the abort reason', async () => {
    const call = new AbortController();
    const stopped = new Error('Stopped.');
    call.abort(stopped);
    await assert.rejects(
      callTokenSource(() => Promise.reject(new Error('Other.')), call.signal),
      stopped,
    );
  });
});

describe('the token endpoint', () => {
  it('gets a POST with an empty object, or a GET without a body', async () => {
    server.answer('/token', { body: { value: 'ek_1' } });
    await fetchSecret(endpoint(), new AbortController().signal);
    await fetchSecret(endpoint({ method: 'GET' }), new AbortController().signal);
    const [post, get] = server.requests.slice(-2);
    assert.deepEqual(
      [post?.method, post?.body, post?.headers['content-type'], post?.headers.accept],
      ['POST', '{}', 'application/json', 'application/json'],
    );
    assert.deepEqual(
      [get?.method, get?.body, get?.headers['content-type'], get?.headers.accept],
      ['GET', '', undefined, 'application/json'],
    );
  });

  it('may answer 201', async () => {
    assert.equal((await ask({ status: 201, body: { value: 'ek_1' } })).value, 'ek_1');
  });

  it('that answers with a web page is token-failed', async () => {
    const error = await failure(
      ask({ body: '<!doctype html><title>Home</title>', headers: { 'content-type': 'text/html' } }),
    );
    assert.equal(error.code, 'token-failed');
    assert.match(error.message, /text\/html/);
  });

  it('that redirects to a login page is not followed there', async () => {
    server.answer('/login', { body: '<!doctype html><title>Log in</title>', headers: { 'content-type': 'text/html' } });
    const error = await failure(ask({ redirect: '/login' }));
    assert.equal(error.code, 'token-failed');
    assert.match(error.message, /redirects/);
    assert.equal(server.requests.at(-1)!.path, '/token');
  });

  it('that answers with plain text does not get it repeated in the error', async () => {
    const error = await failure(ask({ body: 'ek_hidden' }));
    assert.equal(error.code, 'token-failed');
    assert.ok(!everything(error).includes('ek_hidden'));
  });

  it('that answers nothing, or half of it, is token-failed', async () => {
    for (const answer of [
      {},
      { status: 204 },
      { body: '{"value":', headers: { 'content-type': 'application/json' } },
      { body: { value: 'ek_1' }, truncate: true },
    ]) {
      assert.equal((await failure(ask(answer))).code, 'token-failed', JSON.stringify(answer));
    }
  });

  it('that cannot be reached is token-failed, and retriable', async () => {
    const error = await failure(ask({ reset: true }));
    assert.equal(error.code, 'token-failed');
    assert.equal(error.retriable, true);
    assert.ok(error.cause);
    assert.match(error.message, /connect-src/);
  });

  it('gets no answer read when the call is stopped', async () => {
    const call = new AbortController();
    const stopped = new Error('Stopped.');
    const arrived = new Promise<void>((resolve) => {
      server.answer('/token', () => {
        resolve();
        return { hang: true };
      });
    });
    const asking = fetchSecret(endpoint(), call.signal);
    await arrived;
    call.abort(stopped);
    await assert.rejects(asking, stopped);
    await assert.rejects(fetchSecret(endpoint(), call.signal), stopped);
  });

  it('puts no secret that was sent as plain text into the error', async () => {
    server.answer('/token', { body: 'ek_68af296e8e40' });
    const error = await fetchSecret(endpoint(), new AbortController().signal).catch((reason: unknown) => reason);
    assert.ok(error instanceof VoiceError);
    assert.ok(!inspect(error, { depth: 9 }).includes('ek_68'), inspect(error, { depth: 9 }));
  });
});
