import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { DerivedKey } from '../../src/server/derived-key.js';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from '../server/upstream-server.js';
import { killChild, startChild } from '../support/child-process.js';
import { redisIsMissing, startRedis, withRedis, type RedisProcess } from '../support/redis-process.js';

interface Running {
  url: string;
  child: ChildProcess;
}

let upstream: UpstreamServer;
const children: ChildProcess[] = [];
before(async () => {
  upstream = await startUpstream();
});
afterEach(() => children.splice(0).forEach(killChild));
after(() => upstream.close());

async function start(env: Record<string, string> = {}): Promise<Running> {
  const own = { PORT: '0', OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: upstream.url, REDIS_URL: '' };
  const child = startChild(process.execPath, ['demo/reference/server.js'], {
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  child.stdout!.resume();
  return { url: String(line).trim().split('\n')[0]!, child };
}

/** With the endpoint of secrets, which is off by default. */
const startWithTokens = (env: Record<string, string> = {}): Promise<Running> => start({ TOKEN_ENDPOINT: '1', ...env });

const mint = ({ url }: Running): Promise<Response> =>
  fetch(`${url}/api/voice-token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: '{}',
  });

describe('the reference server', () => {
  it('serves a page with a nonce of its own, and secure headers', async () => {
    const { url } = await start();
    const nonces = new Set<string>();
    for (let index = 0; index < 2; index++) {
      const response = await fetch(url);
      const policy = response.headers.get('Content-Security-Policy')!;
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
      assert.ok(nonce, policy);
      assert.doesNotMatch(policy, /unsafe|\*/);
      const page = await response.text();
      assert.equal(page.match(/<script/g)?.length, 1);
      assert.ok(page.includes(`nonce="${nonce}"`));
      nonces.add(nonce);
      assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
      assert.equal(response.headers.get('X-Frame-Options'), 'SAMEORIGIN');
      assert.match(response.headers.get('Permissions-Policy') ?? '', /microphone=\(self\)/);
      assert.match(response.headers.get('Strict-Transport-Security') ?? '', /max-age=\d+/);
    }
    assert.equal(nonces.size, 2);
    const script = await fetch(`${url}/realtime-voice.min.js`);
    assert.equal(script.status, 200);
    assert.ok((await script.text()).length > 10_000);
  });

  it('gives no secrets unless it is told to', async () => {
    upstream.answer(SECRET_ANSWER);
    assert.equal((await mint(await start())).status, 404);
    assert.equal(upstream.received.length, 0);
  });

  it('answers at both endpoints and at its health route', async () => {
    const running = await startWithTokens();
    assert.deepEqual(await (await fetch(`${running.url}/health`)).json(), { status: 'ok' });
    upstream.answer(SECRET_ANSWER);
    assert.equal((await mint(running)).status, 200);
    upstream.answer(respond(201, 'v=0\r\n'));
    const headers = { 'Content-Type': 'application/sdp', Origin: running.url };
    const session = await fetch(`${running.url}/api/voice-session`, { method: 'POST', headers, body: 'v=0\r\n' });
    assert.equal(session.status, 201);
  });

  it('serves pages of the sites that it is told of, and of no others', async () => {
    const { url } = await startWithTokens({ ALLOWED_ORIGINS: 'https://shop.example, https://www.shop.example' });
    upstream.answer(SECRET_ANSWER);
    const seen = [];
    for (const Origin of ['https://shop.example', 'https://www.shop.example', 'https://evil.example']) {
      const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site', Origin };
      const response = await fetch(`${url}/api/voice-token`, { method: 'POST', headers, body: '{}' });
      seen.push([response.status, response.headers.get('Access-Control-Allow-Origin')]);
    }
    assert.deepEqual(seen, [
      [200, 'https://shop.example'],
      [200, 'https://www.shop.example'],
      [403, null],
    ]);
    const { headers } = await fetch(`${url}/realtime-voice.min.js`);
    const names = ['Cross-Origin-Resource-Policy', 'Access-Control-Allow-Origin', 'X-Content-Type-Options'];
    assert.deepEqual(
      names.map((name) => headers.get(name)),
      ['cross-origin', '*', 'nosniff'],
    );
  });

  it('answers what has begun when it is told to stop, and exits', async () => {
    const running = await startWithTokens({ STOP_DELAY_SECONDS: '2' });
    const reached = new Promise<() => void>((resolve) => {
      upstream.answer((response, received) => resolve(() => SECRET_ANSWER(response, received)));
    });
    // Browsers open connections ahead, and may never use them.
    const unused = connect(Number(new URL(running.url).port), '127.0.0.1');
    await once(unused, 'connect');
    const begun = mint(running);
    const answer = await reached;
    const exit = once(running.child, 'exit');
    const output = running.child.stdout!;
    const stopping = once(output, 'data');
    running.child.kill('SIGTERM');
    await stopping;
    const refusing = once(output, 'data');
    const health = await fetch(`${running.url}/health`);
    assert.deepEqual([health.status, await health.json()], [503, { status: 'stopping' }]);
    await refusing;
    await assert.rejects(fetch(`${running.url}/health`), 'no new connections');
    answer();
    assert.equal((await begun).status, 200);
    assert.deepEqual(await exit, [0, null]);
    unused.destroy();
  });

  it('keeps to its daily budget', async () => {
    upstream.answer(SECRET_ANSWER);
    const running = await startWithTokens({ MOST_CALLS_A_DAY: '2' });
    const statuses = [];
    for (let index = 0; index < 3; index++) statuses.push((await mint(running)).status);
    assert.deepEqual(statuses, [200, 200, 429]);
  });

  it('says what is wrong with its settings', async () => {
    const env = { ...process.env, OPENAI_API_KEY: 'sk-a', MOST_CALLS_A_DAY: 'many', PORT: '0' };
    const child = startChild(process.execPath, ['demo/reference/server.js'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [output] = (await once(child.stderr!, 'data')) as [Buffer];
    await once(child, 'exit');
    assert.notEqual(child.exitCode, 0);
    assert.match(String(output), /MOST_CALLS_A_DAY must be a number|settings\.js/);
  });

  describe('with Redis', () => {
    let redis: RedisProcess;
    before(async () => {
      if (!redisIsMissing()) redis = await startRedis();
    });
    after(() => redis?.stop());

    it(
      'shares its limits with other servers',
      withRedis(async () => {
        upstream.answer(SECRET_ANSWER);
        const env = { REDIS_URL: redis.url, LIMIT_PER_ADDRESS: '3' };
        const [one, another] = await Promise.all([startWithTokens(env), startWithTokens(env)]);
        const statuses = [];
        for (const server of [one, another, one, another, one]) statuses.push((await mint(server)).status);
        assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
      }),
    );

    it(
      'keeps addresses in Redis as hashes that nobody without its secret can make',
      withRedis(async () => {
        upstream.answer(SECRET_ANSWER);
        await mint(await startWithTokens({ REDIS_URL: redis.url, SECRET: 'the secret of the site' }));
        const client = new Redis(redis.url);
        const keys = (await client.keys('*:address:*')).join(' ');
        client.disconnect();
        const hash = (secret: string) => new DerivedKey(secret, 'limiter address').sign('127.0.0.1');
        assert.ok(keys.includes(await hash('the secret of the site')), keys);
        assert.ok(!keys.includes(await hash('realtime-voice')));
      }),
    );
  });
});
