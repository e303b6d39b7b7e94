import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { VoiceError } from '../../../src/errors.js';
import { requestAdditions } from '../../../src/session/connection/request-additions.js';
import type { RequestInitHook } from '../../../src/session/session-options.js';
import { TOKEN_ENDPOINT } from '../../../src/transport/token-source.js';

const ask = (requestInit: unknown) =>
  requestAdditions(
    { requestInit: requestInit as RequestInitHook },
    'token',
    TOKEN_ENDPOINT,
    new AbortController().signal,
  );

async function failure(requestInit: unknown): Promise<VoiceError> {
  const error = await ask(requestInit).then(
    () => assert.fail('It did not fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof VoiceError, inspect(error));
  return error;
}

describe('what the page adds to a request', () => {
  for (const [init, additions] of [
    [undefined, { headers: {}, fields: undefined }],
    [null, { headers: {}, fields: undefined }],
    [{}, { headers: {}, fields: undefined }],
    [
      { headers: { 'X-Token': 'a' }, body: null },
      { headers: { 'x-token': 'a' }, fields: undefined },
    ],
    [
      { headers: new Headers({ 'X-Token': 'a' }), body: '' },
      { headers: { 'x-token': 'a' }, fields: undefined },
    ],
    [
      { headers: [['X-Token', 'a']], method: 'PUT' },
      { headers: { 'x-token': 'a' }, fields: undefined },
    ],
    [{ body: '{"captcha":1}' }, { headers: {}, fields: { captcha: 1 } }],
    [{ body: '{}' }, { headers: {}, fields: {} }],
  ] as const) {
    it(`is read from ${inspect(init)}, at once or by a promise`, async () => {
      assert.deepEqual(await ask(() => init), additions);
      assert.deepEqual(await ask(async () => init), additions);
    });
  }

  it('is nothing without a function', async () => {
    assert.deepEqual(await ask(undefined), { headers: {}, fields: undefined });
  });

  const secret = 'csrf-secret';
  for (const init of [
    5,
    'abc',
    true,
    [],
    { headers: 5 },
    { headers: { 'bad name': 'x' } },
    { headers: { 'X-Token': `${secret}\n${secret}` } },
    { body: { captcha: 1 } },
    { body: new URLSearchParams({ captcha: '1' }) },
    { body: 5 },
    { body: '[1]' },
    { body: '"text"' },
    { body: `captcha=${secret}` },
  ]) {
    it(`is not ${inspect(init)}: the error says what is, and repeats nothing of it`, async () => {
      for (const requestInit of [() => init, async () => init]) {
        const error = await failure(requestInit);
        assert.deepEqual([error.code, error.retriable], ['configuration', false]);
        assert.match(error.message, /^requestInit must be a function that returns .* the text of a JSON object/);
        assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes(secret));
      }
    });
  }

  for (const requestInit of ['abc', {}, 5, true]) {
    it(`does not come from ${inspect(requestInit)}`, async () => {
      const error = await failure(requestInit);
      assert.deepEqual([error.code, error.retriable], ['configuration', false]);
      assert.match(error.message, /^requestInit must be a function/);
    });
  }

  it('fails with the code of the endpoint if the function does', async () => {
    const cause = new Error('No captcha.');
    const throws = (): never => {
      throw cause;
    };
    for (const requestInit of [throws, () => Promise.reject(cause)]) {
      const error = await failure(requestInit);
      assert.deepEqual([error.code, error.retriable, error.cause], ['token-failed', true, cause]);
    }
  });
});
