import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { Caller, mint, post } from '../caller.js';

const REALTIME = { session: { type: 'realtime' } };

interface ErrorBody {
  error: { message: string; type: string; code: string | null; param: string | null };
}

async function refused(response: Response, status: number, code: string): Promise<ErrorBody['error']> {
  const { error } = (await response.json()) as ErrorBody;
  assert.equal(response.status, status);
  assert.equal(error.code, code);
  assert.equal(error.type, 'invalid_request_error');
  assert.ok(error.message && 'param' in error);
  return error;
}

describe('the HTTP side', () => {
  let server: PracticeServer;
  let clock = Date.now();
  const callers: Caller[] = [];

  before(async () => {
    server = await startPracticeServer({ apiKey: 'sk-right', now: () => clock });
  });
  after(async () => {
    for (const caller of callers) caller.close();
    await server.close();
  });

  const caller = (): Caller => {
    const made = new Caller({ url: server.url });
    callers.push(made);
    return made;
  };
  const secret = async (
    body: unknown = REALTIME,
  ): Promise<{ value: string; expires_at: number; session: { type: string } }> =>
    (await (await mint(server.url, body, 'sk-right')).json()) as {
      value: string;
      expires_at: number;
      session: { type: string };
    };

  describe('client secrets', () => {
    it('are minted for ten minutes, with their session', async () => {
      const { value, expires_at, session } = await secret();
      assert.match(value, /^ek_/);
      assert.equal(expires_at, Math.floor(clock / 1000) + 600);
      assert.deepEqual(session, { type: 'realtime' });
    });

    it('expire after the time asked for, within limits', async () => {
      const { expires_at } = await secret({ ...REALTIME, expires_after: { anchor: 'created_at', seconds: 30 } });
      assert.equal(expires_at, Math.floor(clock / 1000) + 30);
      const tooShort = await mint(server.url, { ...REALTIME, expires_after: { seconds: 5 } }, 'sk-right');
      await refused(tooShort, 400, 'invalid_value');
    });

    it('are refused for a wrong key and without a key', async () => {
      await refused(await mint(server.url, REALTIME, 'sk-wrong'), 401, 'invalid_api_key');
      await refused(
        await fetch(`${server.url}/v1/realtime/client_secrets`, { method: 'POST', body: '{}' }),
        401,
        'missing_api_key',
      );
    });

    it('need the type of the session, and refuse fields of the beta', async () => {
      const error = await refused(
        await mint(server.url, { session: {} }, 'sk-right'),
        400,
        'missing_required_parameter',
      );
      assert.equal(error.param, 'session.type');
      const beta = await mint(server.url, { session: { type: 'realtime', modalities: ['text'] } }, 'sk-right');
      assert.equal((await refused(beta, 400, 'unknown_parameter')).param, 'session.modalities');
    });
  });

  describe('calls', () => {
    it('are answered with 201, SDP and a readable location', async () => {
      const { value } = await secret();
      const response = await post(server.url, '/v1/realtime/calls', value, await caller().offer());
      assert.equal(response.status, 201);
      assert.match(response.headers.get('content-type') ?? '', /^application\/sdp/);
      assert.match(response.headers.get('location') ?? '', /^\/v1\/realtime\/calls\/rtc_\w+$/);
      const answer = await response.text();
      assert.ok(answer.endsWith('\r\n'));
      assert.match(answer, /a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 \d+ typ host/);
      assert.match(answer, /a=sendrecv/);
    });

    it('can be opened several times with one secret, until it expires', async () => {
      const { value } = await secret({ ...REALTIME, expires_after: { seconds: 10 } });
      const offer = await caller().offer();
      assert.equal((await post(server.url, '/v1/realtime/calls', value, offer)).status, 201);
      clock += 9000;
      assert.equal((await post(server.url, '/v1/realtime/calls', value, offer)).status, 201);
      clock += 2000;
      await refused(await post(server.url, '/v1/realtime/calls', value, offer), 401, 'token_expired');
    });

    it('are refused for an unknown secret and for an invalid offer', async () => {
      const offer = await caller().offer();
      await refused(await post(server.url, '/v1/realtime/calls', 'ek_unknown', offer), 401, 'invalid_api_key');
      await refused(await post(server.url, '/v1/realtime/calls', 'sk-wrong', offer), 401, 'invalid_api_key');
      const { value } = await secret();
      await refused(await post(server.url, '/v1/realtime/calls', value, 'garbage'), 400, 'invalid_offer');
      await refused(await post(server.url, '/v1/realtime/calls?dcid=x', value, offer), 400, 'invalid_value');
    });

    it('can be opened by a server, with a form', async () => {
      const client = caller();
      const form = new FormData();
      form.set('sdp', new Blob([await client.offer({ dcid: 7 })], { type: 'application/sdp' }));
      form.set(
        'session',
        new Blob([JSON.stringify({ type: 'realtime', instructions: 'From the form.' })], { type: 'application/json' }),
      );
      const response = await fetch(`${server.url}/v1/realtime/calls?dcid=7`, {
        method: 'POST',
        headers: { Authorization: 'Bearer sk-right' },
        body: form,
      });
      assert.equal(response.status, 201);
      await client.accept(response);
      const { session } = await client.event('session.created');
      assert.ok('instructions' in session && session.instructions === 'From the form.');
    });

    it('end when they are hung up', async () => {
      const client = caller();
      const { value } = await secret();
      await client.accept(await post(server.url, '/v1/realtime/calls?dcid=1', value, await client.offer({ dcid: 1 })));
      await client.event('session.created');
      const hangup = (id: string) =>
        fetch(`${server.url}/v1/realtime/calls/${id}/hangup`, {
          method: 'POST',
          headers: { Authorization: 'Bearer sk-right' },
        });
      assert.equal((await hangup(client.callId)).status, 200);
      await client.until(() => client.channelState === 'closed', 'the channel to close');
      await refused(await hangup('rtc_none'), 404, 'call_not_found');
    });
  });

  describe('cross-origin access', () => {
    const preflight = (headers: string) =>
      fetch(`${server.url}/v1/realtime/calls`, {
        method: 'OPTIONS',
        headers: {
          Origin: 'https://site.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': headers,
        },
      });

    it('is allowed, with the headers the service allows and no others', async () => {
      const response = await preflight('authorization,content-type,x-own');
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      const allowed = (response.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',').sort();
      assert.deepEqual(allowed, ['authorization', 'content-type', 'x-openai-agents-sdk']);
    });

    it('covers answers and refusals, and shows the location', async () => {
      const { value } = await secret();
      for (const key of [value, 'ek_unknown']) {
        const response = await fetch(`${server.url}/v1/realtime/calls`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${key}`,
            'Content-Type': 'application/sdp',
            Origin: 'https://site.example',
          },
          body: await caller().offer(),
        });
        assert.equal(response.headers.get('access-control-allow-origin'), '*', `status ${response.status}`);
        assert.equal(response.headers.get('access-control-expose-headers'), 'Location');
      }
    });
  });
});
