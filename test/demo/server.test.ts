import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server.js';
import { KEY } from '../server/visitor.js';
import { NO_ANSWER, respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from '../server/upstream-server.js';

const mint = (demo: Demo, init: RequestInit = {}): Promise<Response> =>
  fetch(`${demo.url}/api/voice-token`, {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json', Origin: demo.url },
    ...init,
  });

describe('the demo without a key', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ port: 0 });
  });
  after(() => demo.close());

  it('says that what answers repeats what is said', async () => {
    const page = await (await fetch(demo.url)).text();
    assert.match(page, /<p class="practice" id="practice">\s+Practice mode/);
  });

  it('gets its client secrets from the practice server', async () => {
    const response = await mint(demo);
    assert.equal(response.status, 200);
    const secret = (await response.json()) as Record<string, unknown>;
    assert.match(String(secret['value']), /^ek_/);
    assert.equal(secret['calls_url'], `${demo.practiceUrl}/v1/realtime/calls`);
  });

  it('serves pages that comply with their own strict Content-Security-Policy', async () => {
    const response = await fetch(`${demo.url}/`);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    const connect = `connect-src 'self' ${demo.practiceUrl}`;
    const start = `default-src 'none'; script-src 'self'; style-src 'self'; ${connect}; img-src 'self'`;
    assert.ok(policy.startsWith(start), policy);
    const page = await response.text();
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i);
    const parts = ['demo.css', 'demo.js', 'copying.js', 'event-log.js', 'shop.js', 'switches.js', 'words.js'];
    const files = parts.map(async (name) => (await fetch(`${demo.url}/${name}`)).text());
    for (const text of [page, ...(await Promise.all(files))]) assert.doesNotMatch(text, /https?:\/\//);
  });

  it('serves the page with the diagnostics, with the same policy and nothing inline', async () => {
    const [shop, response, redirect] = await Promise.all([
      fetch(`${demo.url}/`),
      fetch(`${demo.url}/diagnostics/`),
      fetch(`${demo.url}/diagnostics`, { redirect: 'manual' }),
    ]);
    assert.deepEqual([redirect.status, redirect.headers.get('location')], [308, '/diagnostics/']);
    const policy = response.headers.get('Content-Security-Policy');
    assert.ok(policy);
    assert.equal(policy, shop.headers.get('Content-Security-Policy'));
    const page = await response.text();
    assert.match(page, /<realtime-voice-diagnostics token-url="\/api\/voice-token">/);
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)|https?:\/\//i);
    const css = await fetch(`${demo.url}/diagnostics/diagnostics.css`);
    assert.match(css.headers.get('Content-Type')!, /text\/css/);
    assert.match(await shop.text(), /href="\/diagnostics\/"/);
  });

  it('uses session-url for GPT-Live, which has no client secrets', async () => {
    const [page, live] = await Promise.all(['/', '/?live'].map(async (path) => (await fetch(demo.url + path)).text()));
    assert.match(page!, /<realtime-voice\s+id="voice"\s+token-url="\/api\/voice-token"/);
    assert.match(page!, /href="\/\?live"/);
    assert.match(live!, /<realtime-voice\s+id="voice"\s+session-url="\/api\/voice-live"/);
    assert.match(live!, /id="unified" checked disabled/);
    assert.doesNotMatch(live!, /voice-token/);
  });

  it('says how to build a file that is missing, and serves no source map, since its pages load none', async () => {
    const locale = await fetch(`${demo.url}/dist/locales/unknown.min.js`);
    assert.equal(await locale.text(), 'Not built yet. Run: npm run build');
    const map = await fetch(`${demo.url}/dist/realtime-voice.min.js.map`);
    assert.deepEqual([map.status, await map.text()], [404, '404 Not Found']);
  });

  it('serves no other file from the disk', async () => {
    for (const path of [
      '/server.ts',
      '/practice/server.ts',
      '/../package.json',
      '/%2e%2e/package.json',
      '/dist/..%2fpackage.json',
      '/dist/../package.json',
    ]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        // Not with fetch, which would normalise the path first.
        request(`${demo.url}/`, { path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      assert.equal(status, 404, path);
    }
  });

  it('refuses requests for any other host name', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        `${demo.url}/api/voice-token`,
        {
          method: 'POST',
          headers: { Host: 'evil.example', Origin: 'http://evil.example', 'Content-Type': 'application/json' },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end('{}');
    });
    assert.equal(status, 421);
  });

  it('uses the next free port if its port is busy', async () => {
    const port = Number(new URL(demo.url).port);
    const second = await startDemo({ port });
    assert.ok(Number(new URL(second.url).port) > port);
    await second.close();
  });
});

describe('the demo with a key', () => {
  let upstream: UpstreamServer;
  let demo: Demo;
  before(async () => {
    upstream = await startUpstream();
    demo = await startDemo({ port: 0, apiKey: KEY, baseUrl: upstream.url });
  });
  after(() => Promise.all([demo.close(), upstream.close()]));

  it('sends the key and the session of the shop to the service', async () => {
    upstream.answer(SECRET_ANSWER);
    assert.equal((await mint(demo)).status, 200);
    assert.equal(demo.practiceUrl, undefined);
    assert.match(await (await fetch(demo.url)).text(), /<p class="practice" id="practice" hidden>/);
    const [sent] = upstream.received;
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    const { session } = JSON.parse(sent!.body);
    assert.equal(session.audio.input.turn_detection.type, 'server_vad');
    assert.equal(session.tools[0].name, 'show_fabric');
  });

  it('opens a GPT-Live call with the same tool, and ends it at the Location of the answer', async () => {
    const answer = { session: { id: 'live_1' }, transport: { type: 'webrtc', sdp: 'v=0\r\n' } };
    upstream.answer(respond(201, JSON.stringify(answer)), respond(200, ''));
    const path = `${demo.url}/api/voice-live`;
    const headers = { 'Content-Type': 'application/sdp', Origin: demo.url };
    const response = await fetch(path, { method: 'POST', body: 'v=0\r\n', headers });
    assert.equal(response.status, 201);
    const { session } = JSON.parse(upstream.received[0]!.body);
    assert.equal(session.type, undefined);
    assert.equal(session.delegation.responses.tools[0].name, 'show_fabric');
    const resource = new URL(response.headers.get('Location')!, path);
    assert.equal((await fetch(resource, { method: 'DELETE', headers: { Origin: demo.url } })).status, 204);
    assert.deepEqual(
      upstream.received.map(({ path }) => path),
      ['/v1/live/sessions', '/v1/live/sessions/live_1/hangup'],
    );
  });

  it('uses the same tool name in the page and in the session', async () => {
    assert.match(await readFile(new URL('../../demo/shop.js', import.meta.url), 'utf8'), /name: 'show_fabric'/);
  });

  it('aborts its request to the service when the visitor leaves', async () => {
    const visitor = new AbortController();
    upstream.answer(NO_ANSWER);
    const asked = mint(demo, { signal: visitor.signal });
    asked.catch(() => undefined);
    while (upstream.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    visitor.abort();
    await assert.rejects(asked);
    await upstream.received[0]!.aborted;
  });
});
