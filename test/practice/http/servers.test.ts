import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type PracticeServer, type PracticeServerOptions, startPracticeServer } from '../../../demo/practice/server.js';
import { Caller } from '../caller.js';
import { FragmentCaller } from '../fragment-caller.js';

const SESSION = { session: { type: 'realtime' } };
const SDP = { 'Content-Type': 'application/sdp' };
const JSON_BODY = { 'Content-Type': 'application/json' };

describe('the practice server as another one', () => {
  let server: PracticeServer;
  let caller: { close(): void } | undefined;

  afterEach(async () => {
    caller?.close();
    caller = undefined;
    await server.close();
  });

  const start = async (as: NonNullable<PracticeServerOptions['as']>): Promise<Caller> => {
    server = await startPracticeServer({ as, apiKey: 'site-key', thinkingMs: 0 });
    const made = new Caller({ url: server.url });
    caller = made;
    return made;
  };
  const post = (path: string, headers: Record<string, string>, body: string) =>
    fetch(server.url + path, { method: 'POST', headers: { Origin: 'https://site.example', ...headers }, body });
  const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
  const secretOf = async (response: Response) => {
    assert.equal(response.status, 200);
    return ((await response.json()) as { value: string }).value;
  };
  const mint = async () =>
    secretOf(
      await post(
        '/v1/realtime/client_secrets',
        { ...JSON_BODY, Authorization: 'Bearer site-key' },
        JSON.stringify(SESSION),
      ),
    );
  const corsOf = (response: Response) => [
    response.headers.get('access-control-allow-origin'),
    response.headers.get('access-control-expose-headers'),
  ];

  it('azure: another root, a header for the key, the id in the query, and no channel agreed on', async () => {
    const client = await start('azure');
    const secrets = '/openai/v1/realtime/client_secrets';
    const value = await secretOf(await post(secrets, { ...JSON_BODY, 'api-key': 'site-key' }, JSON.stringify(SESSION)));
    await secretOf(await post(secrets, { ...JSON_BODY, Authorization: 'Bearer site-key' }, JSON.stringify(SESSION)));
    assert.equal(
      await code(await post(secrets, { ...JSON_BODY, 'api-key': 'other' }, JSON.stringify(SESSION))),
      'invalid_api_key',
    );
    assert.equal((await post('/v1/realtime/client_secrets', JSON_BODY, '{}')).status, 404);

    const agreed = new Caller({ url: server.url });
    try {
      const headers = { ...SDP, Authorization: `Bearer ${value}` };
      await agreed.accept(await post('/openai/v1/realtime/calls?dcid=3', headers, await agreed.offer({ dcid: 3 })));
      const response = await post('/openai/v1/realtime/calls?dcid=3', headers, await client.offer());
      assert.equal(response.status, 201);
      assert.match(response.headers.get('location') ?? '', /^\/openai\/v1\/realtime\/calls\?call_id=rtc_\w+$/);
      assert.equal(corsOf(response)[0], '*');
      await client.accept(response);
      await client.event('session.created');
      assert.deepEqual(agreed.events, []);
    } finally {
      agreed.close();
    }
  });

  for (const [kind, agrees] of [
    ['openai', true],
    ['azure', undefined],
    ['huggingface', true],
    ['litellm', true],
  ] as const) {
    it(`${kind}: its secrets ${agrees ? 'say' : 'do not say'} that a channel can be agreed on`, async () => {
      await start(kind);
      const headers = { ...JSON_BODY, Authorization: 'Bearer site-key' };
      const root = kind === 'azure' ? '/openai/v1' : '/v1';
      const response = await post(`${root}/realtime/client_secrets`, headers, JSON.stringify(SESSION));
      assert.equal(((await response.json()) as { dcid?: true }).dcid, agrees);
    });
  }

  it('azure: GPT-Live beside it', async () => {
    const client = await start('azure');
    const body = JSON.stringify({
      session: { model: 'any' },
      transport: { type: 'webrtc', sdp: await client.offer() },
    });
    const response = await post('/openai/v1/live/sessions', { ...JSON_BODY, 'api-key': 'site-key' }, body);
    assert.equal(response.status, 201);
    assert.match(response.headers.get('location') ?? '', /^\/openai\/v1\/live\/sessions\/live_\w+$/);
  });

  it('localai: JSON both ways, and not for pages of other sites', async () => {
    const client = await start('localai');
    const key = { Authorization: 'Bearer site-key' };
    const sdp = await client.offer();
    assert.equal(await code(await post('/v1/realtime/calls', { ...SDP, ...key }, sdp)), 'unsupported_content_type');
    assert.equal(
      await code(await post('/v1/realtime/calls', { ...JSON_BODY, ...key }, JSON.stringify({ sdp }))),
      'missing_required_parameter',
    );
    assert.equal(
      await code(await post('/v1/realtime/calls', JSON_BODY, JSON.stringify({ sdp, model: 'any' }))),
      'missing_api_key',
    );
    assert.equal(
      (await post('/v1/realtime/client_secrets', { ...JSON_BODY, ...key }, JSON.stringify(SESSION))).status,
      404,
    );
    const response = await post(
      '/v1/realtime/calls',
      { ...JSON_BODY, ...key },
      JSON.stringify({ sdp, model: 'my-model' }),
    );
    assert.deepEqual([response.status, response.headers.get('location'), ...corsOf(response)], [200, null, null, null]);
    const answer = (await response.json()) as { sdp: string; session_id: string };
    assert.deepEqual(Object.keys(answer).sort(), ['sdp', 'session_id']);
    await client.connect(answer.sdp, answer.session_id);
    const { session } = await client.event('session.created');
    assert.ok(session.type === 'realtime' && session.model === 'my-model');
    const call = await fetch(`${server.url}/practice/calls/${answer.session_id}`);
    assert.equal(call.status, 200);
  });

  it('huggingface: the handshake of the service with 200, and not for pages of other sites', async () => {
    const client = await start('huggingface');
    const headers = { ...SDP, Authorization: `Bearer ${await mint()}` };
    const response = await post('/v1/realtime/calls?dcid=2', headers, await client.offer({ dcid: 2 }));
    assert.deepEqual([response.status, ...corsOf(response)], [200, null, null]);
    const preflight = await fetch(`${server.url}/v1/realtime/calls`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://site.example', 'Access-Control-Request-Method': 'POST' },
    });
    assert.deepEqual([preflight.ok, corsOf(preflight)[0]], [false, null]);
    assert.match(response.headers.get('content-type') ?? '', /^application\/sdp/);
    await client.accept(response);
    await client.event('session.created');
  });

  it('litellm: secrets that cannot be recognised, and no other key', async () => {
    const client = await start('litellm');
    const value = await mint();
    assert.match(value, /^[A-Za-z0-9+/]{200,}=+$/);
    const offer = await client.offer({ dcid: 2 });
    const call = (key: string) => post('/v1/realtime/calls?dcid=2', { ...SDP, Authorization: `Bearer ${key}` }, offer);
    for (const key of ['site-key', 'ek_unknown', value.replace(/=+$/, '')])
      assert.equal(await code(await call(key)), 'invalid_api_key');
    const response = await call(value);
    assert.deepEqual([response.status, corsOf(response)[0]], [201, '*']);
  });

  describe('speaches', () => {
    const startSpeaches = async (): Promise<FragmentCaller> => {
      server = await startPracticeServer({ as: 'speaches', thinkingMs: 0 });
      const client = new FragmentCaller({ url: server.url });
      caller = client;
      assert.equal(await code(await post('/v1/realtime', SDP, 'v=0')), 'missing_required_parameter');
      assert.equal((await post('/v1/realtime/calls', SDP, 'v=0')).status, 404);
      const response = await post('/v1/realtime?model=my-model', SDP, await client.offer());
      assert.deepEqual(
        [response.status, response.headers.get('content-type'), response.headers.get('location')],
        [200, 'text/plain charset=utf-8', null],
      );
      await client.accept(response);
      await client.event('session.created');
      return client;
    };

    it('wraps every event, and cuts the long ones', async () => {
      const client = await startSpeaches();
      client.type('long story');
      await client.event('response.audio_transcript.delta');
      const kinds = new Set(client.messages.map(({ type }) => type));
      assert.deepEqual([...kinds].sort(), ['full_message', 'partial_message']);
      assert.ok(client.longestMessage.length < 1024, `${client.longestMessage.length}`);
      assert.ok(client.messages.every(({ data }) => data.length <= 900));
      const created = client.messages.filter(({ id }) => id === client.events[0]?.['event_id']);
      assert.deepEqual(
        created.map(({ fragment_index }) => fragment_index),
        [...created.keys()],
      );
      assert.ok(created.length > 1 && created.every(({ total_fragments }) => total_fragments === created.length));
    });

    it('has the names of the beta and no others', async () => {
      const client = await startSpeaches();
      const { session } = await client.event('session.created');
      assert.deepEqual(
        [session?.['model'], session?.['modalities'], session?.['type'], session?.['audio']],
        ['my-model', ['audio', 'text'], undefined, undefined],
      );
      assert.equal((session?.['turn_detection'] as { type: string }).type, 'server_vad');
      client.type('hello');
      const { response } = await client.event('response.done');
      assert.deepEqual(response?.modalities, ['audio']);
      assert.deepEqual(
        response?.output?.[0]?.content?.map(({ type }) => type),
        ['audio'],
      );
      await client.until(() => client.levels.filter((level) => level > 0.02).length > 100, 'its sound');
      client.type('tool');
      await client.event('response.function_call_arguments.done');
      await client.until(() => client.types().filter((type) => type === 'response.done').length === 2, 'the call');
      assert.deepEqual([...new Set(client.types())].sort(), [
        'conversation.item.created',
        'response.audio.done',
        'response.audio_transcript.delta',
        'response.audio_transcript.done',
        'response.content_part.added',
        'response.content_part.done',
        'response.created',
        'response.done',
        'response.function_call_arguments.delta',
        'response.function_call_arguments.done',
        'response.output_item.added',
        'response.output_item.done',
        'session.created',
      ]);
      assert.equal((await client.event('response.function_call_arguments.done'))['name'], undefined);
    });
  });
});
