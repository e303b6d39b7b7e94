import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { SECRET_ANSWER, startUpstream, type UpstreamServer } from '../server/upstream-server.js';

interface Worker {
  fetch(request: Request, env: Record<string, string>): Promise<Response>;
}

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

it('the recipe for Workers counts by the address that Cloudflare tells', async () => {
  const path = '../../demo/recipes/worker.js';
  const worker = ((await import(path)) as { default: Worker }).default;
  upstream.answer(SECRET_ANSWER);
  const env = { OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: upstream.url };
  const visit = async (address: string): Promise<number> => {
    const Origin = 'https://shop.example';
    const headers = { 'Content-Type': 'application/json', 'CF-Connecting-IP': address, Origin };
    return (await worker.fetch(new Request(`${Origin}/api/voice-token`, { method: 'POST', headers, body: '{}' }), env))
      .status;
  };
  const statuses = [];
  for (let index = 0; index < 11; index++) statuses.push(await visit('192.0.2.1'));
  assert.deepEqual(statuses, [...Array<number>(10).fill(200), 429]);
  assert.equal(await visit('192.0.2.2'), 200);
});
