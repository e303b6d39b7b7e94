import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { startDevDemo } from '../../demo/dev.js';
import type { Demo } from '../../demo/server.js';

describe('the demo for development', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDevDemo({ port: 0 });
  });
  after(() => demo.close());

  it('serves the bundle with a source map of the TypeScript files', async () => {
    const bundle = await (await fetch(`${demo.url}/dist/realtime-voice.min.js`)).text();
    assert.match(bundle, /\n\/\/# sourceMappingURL=realtime-voice\.min\.js\.map\n$/);
    const map = (await (await fetch(`${demo.url}/dist/realtime-voice.min.js.map`)).json()) as {
      sources: string[];
      sourcesContent: string[];
    };
    const index = map.sources.indexOf('../src/element/realtime-voice.ts');
    assert.match(map.sourcesContent[index]!, /class RealtimeVoiceElement/);
  });

  it('tells its pages to reload when one of their files changes', async () => {
    const page = await (await fetch(demo.url)).text();
    assert.match(page, /<script type="module" src="\/dev\/reload\.js"><\/script>/);
    const { body } = await fetch(`${demo.url}/dev/version`);
    const events = body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = await events.read();
    await utimes('demo/demo.css', new Date(), new Date());
    const second = await events.read();
    await events.cancel();
    assert.match(first.value!, /^data: /);
    assert.notEqual(second.value, first.value);
  });

  it('still has the endpoints of the demo', async () => {
    const headers = { 'Content-Type': 'application/json', Origin: demo.url };
    const response = await fetch(`${demo.url}/api/voice-token`, { method: 'POST', body: '{}', headers });
    assert.equal(response.status, 200);
  });
});

it('npm run dev ends on Ctrl-C', { timeout: 40_000 }, async () => {
  const env = { ...process.env, PORT: '0', OPENAI_API_KEY: '' };
  // A group of its own: a terminal sends the signal to all processes of the command.
  const dev = spawn('npm', ['run', 'dev'], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(dev, 'exit');
  let url: string | undefined;
  for await (const line of createInterface(dev.stdout)) {
    url = /^Demo: (\S+)/.exec(line)?.[1];
    if (url) break;
  }
  assert.ok(url, 'it said where it listens');
  process.kill(-dev.pid!, 'SIGINT');
  await ended;
  await assert.rejects(fetch(url));
});
