import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ServiceRefusal, VoiceError, type VoiceErrorCode } from '../../src/errors.js';
import { checkUrl, request, type Endpoint } from '../../src/transport/http-request.js';
import { startFaultServer, type Answer, type FaultServer } from '../support/http-faults.js';

let server: FaultServer;
before(async () => {
  server = await startFaultServer();
});
after(() => server.close());

const TOKENS: Endpoint = { name: 'The token endpoint', errorCode: 'token-failed' };

async function refused(answer: Answer, endpoint = TOKENS): Promise<VoiceError> {
  server.answer('/refuses', answer);
  const { signal } = new AbortController();
  const asking = request(endpoint, `${server.url}/refuses`, { signal }, () => assert.fail('It was read.'));
  const error = await asking.then(
    () => assert.fail('It did not fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof VoiceError);
  assert.equal(error.cause, undefined);
  return error;
}

describe('a refusal', () => {
  const TABLE: [number, VoiceErrorCode, boolean][] = [
    [400, 'token-failed', false],
    [401, 'token-unauthorized', false],
    [403, 'token-unauthorized', false],
    [404, 'token-failed', false],
    [405, 'token-failed', false],
    [408, 'token-failed', true],
    [425, 'token-failed', true],
    [429, 'rate-limited', true],
    [500, 'token-failed', true],
    [502, 'token-failed', true],
    [503, 'token-failed', true],
  ];
  for (const [status, code, retriable] of TABLE) {
    it(`by ${status} is ${code}, ${retriable ? 'worth' : 'not worth'} another try`, async () => {
      const error = await refused({ status, body: { error: { message: 'As the server puts it.' } } });
      assert.deepEqual([error.code, error.retriable], [code, retriable]);
      assert.equal(error.message, `The token endpoint answered ${status}: As the server puts it.`);
      assert.equal(error.retryAfterMs, undefined);
    });
  }

  for (const status of [401, 403])
    it(`by ${status} is the service's if it got a secret, otherwise the site's`, async () => {
      const refusals = [TOKENS, { ...TOKENS, secret: 'ek_hidden' }].map((endpoint) => refused({ status }, endpoint));
      const isOfService = (await Promise.all(refusals)).map((error) => error instanceof ServiceRefusal);
      assert.deepEqual(isOfService, [false, true]);
    });

  it('has the code of the endpoint', async () => {
    const error = await refused({ status: 500 }, { name: 'The calls endpoint', errorCode: 'signaling-failed' });
    assert.deepEqual([error.code, error.message], ['signaling-failed', 'The calls endpoint answered 500.']);
  });

  it('for a used-up quota is no rate limit', async () => {
    for (const status of [429, 400, 402]) {
      const error = await refused({
        status,
        headers: { 'retry-after': '5' },
        body: { error: { code: 'insufficient_quota', message: 'You exceeded your current quota.' } },
      });
      assert.deepEqual([error.code, error.retriable], ['quota-exceeded', false], String(status));
      assert.match(error.message, /exceeded your current quota/);
    }
  });
});

describe("the server's reason", () => {
  const BODIES: [string | object, string][] = [
    [{ error: { message: 'One.' } }, ': One.'],
    [{ error: 'Two.' }, ': Two.'],
    [{ message: 'Three.' }, ': Three.'],
    [{ error: { code: 'x' }, message: 'Four.' }, ': Four.'],
    [{ error: null }, '.'],
    [{ error: { message: { deep: 1 } } }, '.'],
    [{ error: 7, message: 7 }, '.'],
    ['null', '.'],
    ['7', '.'],
    ['[]', '.'],
    ['<h1>Bad Gateway</h1>', '.'],
    ['', '.'],
    [{ error: 'x'.repeat(10_000) }, `: ${'x'.repeat(300)}`],
  ];
  for (const [body, said] of BODIES) {
    it(`are found in ${JSON.stringify(body).slice(0, 40) || 'nothing'}`, async () => {
      assert.equal((await refused({ status: 500, body })).message, `The token endpoint answered 500${said}`);
    });
  }

  it('is left out when the body is incomplete', async () => {
    assert.equal(
      (await refused({ status: 500, body: { error: 'Never whole.' }, truncate: true })).message,
      'The token endpoint answered 500.',
    );
  });
});

describe('the delay that a server asks for', () => {
  const wait = async (after: string | undefined, status = 429) =>
    (await refused({ status, ...(after !== undefined && { headers: { 'retry-after': after } }) })).retryAfterMs;

  for (const [after, ms] of [
    ['5', 5_000],
    ['0.5', 1_000],
    ['0', 1_000],
    ['-3', 1_000],
    ['30', 30_000],
    ['31', 30_000],
    ['86400', 30_000],
    ['1e99', 30_000],
  ] as const) {
    it(`of ${after} seconds is ${ms} ms`, async () => assert.equal(await wait(after), ms));
  }

  it('as a date is the time until then, from 1 to 30 seconds', async () => {
    const at = (ms: number) => new Date(Date.now() + ms).toUTCString();
    // The header has whole seconds, and the answer takes its time.
    const ten = await wait(at(10_000));
    assert.ok(ten! > 5_000 && ten! <= 10_000, String(ten));
    assert.equal(await wait(at(3_600_000)), 30_000);
    assert.equal(await wait(at(-3_600_000)), 1_000);
  });

  it('is undefined if it is missing or invalid', async () => {
    assert.equal(await wait(undefined), undefined);
    assert.equal(await wait('a while'), undefined);
  });

  it('is read only from rate limits', async () => {
    assert.equal(await wait('5', 401), undefined);
  });
});

describe('a URL', () => {
  it('that fetch takes is in order', () => checkUrl('tokenUrl', 'https://shop.example/voice?a=b'));

  for (const url of ['http://[', 'https://user:password@shop.example/'])
    it(`is not ${url}: the error names the option, and does not repeat the URL`, () => {
      const message = 'tokenUrl must be a URL like /voice or https://example.com/voice.';
      assert.throws(() => checkUrl('tokenUrl', url), { code: 'configuration', retriable: false, message });
    });
});
