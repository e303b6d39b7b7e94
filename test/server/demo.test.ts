import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server.js';
import { KEY } from './visitor.js';
import { NEVER, respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from './upstream-server.js';

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

  it('mints at the practice server', async () => {
    const response = await mint(demo);
    assert.equal(response.status, 200);
    const secret = (await response.json()) as Record<string, unknown>;
    assert.match(String(secret['value']), /^ek_/);
    assert.equal(secret['calls_url'], `${demo.practiceUrl}/v1/realtime/calls`);
  });

  it('serves pages under a strict policy which they keep to', async () => {
    const response = await fetch(`${demo.url}/`);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    assert.ok(
      policy.startsWith(
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${demo.practiceUrl}; img-src 'self'`,
      ),
    );
    const page = await response.text();
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i);
    const css = await (await fetch(`${demo.url}/demo.css`)).text();
    const script = await (await fetch(`${demo.url}/demo.js`)).text();
    for (const text of [page.replace('http-equiv', ''), css, script]) assert.doesNotMatch(text, /https?:\/\//);
  });

  it('lets the same page talk to GPT-Live, which has no secret to give', async () => {
    const [page, live] = await Promise.all(['/', '/?live'].map(async (path) => (await fetch(demo.url + path)).text()));
    assert.match(page!, /<realtime-voice id="voice" token-url="\/api\/voice-token"/);
    assert.match(page!, /href="\/\?live"/);
    assert.match(live!, /<realtime-voice id="voice" session-url="\/api\/voice-live"/);
    assert.match(live!, /id="unified" checked disabled/);
    assert.doesNotMatch(live!, /voice-token/);
  });

  it('serves nothing else from the disk', async () => {
    for (const path of [
      '/server.ts',
      '/practice/server.ts',
      '/../package.json',
      '/%2e%2e/package.json',
      '/dist/..%2fpackage.json',
      '/dist/../package.json',
    ]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        // fetch would normalise the path.
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

  it('answers to no other name than its own', async () => {
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

  it('takes the next free port when its own is busy', async () => {
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

  it('asks the service with it, for the session of the shop', async () => {
    upstream.answer(SECRET_ANSWER);
    assert.equal((await mint(demo)).status, 200);
    assert.equal(demo.practiceUrl, undefined);
    const [sent] = upstream.received;
    assert.equal(sent?.headers.authorization, `Bearer ${KEY}`);
    const { session } = JSON.parse(sent!.body);
    assert.equal(session.audio.input.turn_detection.type, 'server_vad');
    assert.equal(session.tools[0].name, 'show_fabric');
  });

  it('asks for GPT-Live with the same tool in its backend, and hangs up where the answer says', async () => {
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

  it('names the same tool in the page as in the session', async () => {
    assert.match(await readFile(new URL('../../demo/demo.js', import.meta.url), 'utf8'), /name: 'show_fabric'/);
  });

  it('leaves the service alone when a visitor hangs up', async () => {
    const visitor = new AbortController();
    upstream.answer(NEVER);
    const asked = mint(demo, { signal: visitor.signal });
    asked.catch(() => undefined);
    while (upstream.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    visitor.abort();
    await assert.rejects(asked);
    await upstream.received[0]!.aborted;
  });
});
