import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { respond, SECRET_ANSWER, startUpstream, type UpstreamServer } from '../server/upstream-server.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

const FOLDER = 'demo/recipes';
const KEY = 'sk-the-key-of-the-site';
const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const OPENED = respond(201, SDP, { Location: '/v1/realtime/calls/rtc_1' });

/** Recipes that are whole servers, for Node. */
const SERVERS = ['express', 'fastify', 'h3', 'hono', 'koa', 'node'];
type Call = (...parameters: unknown[]) => Promise<Response>;
/** Recipes that a framework calls, and how it does so. */
const FUNCTIONS: Record<string, (recipe: Record<string, Call>, request: Request) => Promise<Response>> = {
  sveltekit: (recipe, request) => recipe[request.method]!({ request, getClientAddress: () => '192.0.2.1' }),
  'react-router': ({ action }, request) => action!({ request, params: {}, context: {} }),
  astro: ({ ALL }, request) => ALL!({ request, clientAddress: '192.0.2.1' }),
  next: (recipe, request) => recipe[request.method]!(request, { params: Promise.resolve({}) }),
};
const WITHOUT_ADDRESS = ['react-router', 'next'];

/** Mounts the route as Nitro does. */
const NUXT_SERVER = `
import { createServer } from 'node:http';
import { createApp, toNodeListener } from 'h3';
import handler from './nuxt.js';
const app = createApp().use('/api/voice-session', handler);
const server = createServer(toNodeListener(app)).listen(0, '127.0.0.1', () =>
  console.log('http://127.0.0.1:' + server.address().port));
`;

const DENO = [
  ...['node_modules/deno/bin.cjs', 'run', '--no-config', '--no-remote', '--no-npm', '--no-prompt'],
  ...['--allow-net=127.0.0.1', '--import-map', 'test/packaging/import-map.json'],
];

let upstream: UpstreamServer;
let addressKnown = false;
before(async () => {
  upstream = await startUpstream();
  // The recipes that are functions read them when they are imported.
  Object.assign(process.env, { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.url });
});
after(() => upstream.close());
beforeEach(() => upstream.answer(SECRET_ANSWER));

const knowsAddress = (): boolean => upstream.received[0]?.headers['openai-safety-identifier'] !== undefined;

/** A page asks for a secret and for a call, and hangs up; another site gets nothing. */
async function visit(origin: string, ask: (request: Request) => Promise<Response>, hasToken: boolean): Promise<void> {
  const headers = { Origin: origin, 'Content-Type': 'application/json' };
  if (hasToken) {
    const token = await ask(new Request(`${origin}/api/voice-token`, { method: 'POST', headers, body: '{}' }));
    assert.equal(token.status, 200);
    assert.equal(((await token.json()) as { value: string }).value, 'ek_visitor');
  }
  upstream.answer(OPENED);
  const url = `${origin}/api/voice-session`;
  const offer = { ...headers, 'Content-Type': 'application/sdp' };
  const opened = await ask(new Request(url, { method: 'POST', headers: offer, body: SDP }));
  assert.equal(opened.status, 201);
  assert.equal(await opened.text(), SDP);
  const location = opened.headers.get('Location')!;
  assert.match(location, /call_id=rtc_1/);
  assert.match(upstream.received[0]!.body, /name="sdp"/);
  const told = knowsAddress();

  upstream.answer(respond(200, ''));
  const ended = await ask(new Request(url + location, { method: 'DELETE', headers: { Origin: origin } }));
  assert.equal(ended.status, 204);

  upstream.answer(OPENED);
  const evil = { ...offer, Origin: 'https://evil.example' };
  assert.equal((await ask(new Request(url, { method: 'POST', headers: evil, body: SDP }))).status, 403);
  assert.equal(upstream.received.length, 0);
  addressKnown = told;
}

describe('the recipes', () => {
  for (const name of SERVERS) {
    it(`${name} serves both endpoints, with the address of the visitor`, async () => {
      const server = await startServer({
        name,
        run: [`${FOLDER}/${name}.js`],
        env: { PORT: '0', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.url },
        address,
      });
      await visitServer(server);
    });
  }

  for (const [name, call] of Object.entries(FUNCTIONS)) {
    const told = WITHOUT_ADDRESS.includes(name) ? 'without an address' : 'with the address of the visitor';
    it(`${name} opens and ends a call, ${told}`, async (context) => {
      context.mock.method(console, 'warn', () => undefined);
      const recipe = (await import(pathToFileURL(`${FOLDER}/${name}.js`).href)) as Record<string, Call>;
      await visit('https://shop.example', (request) => call(recipe, request), false);
      assert.equal(addressKnown, !WITHOUT_ADDRESS.includes(name));
    });
  }

  it('worker serves both endpoints under Deno', () =>
    withDeno('worker-under-deno.js', (url) => visit(url, withoutRedirect, true)));

  it('deno serves both endpoints, with the address of the visitor', async () => {
    const server = await startServer({
      name: 'deno',
      run: [...DENO, '--allow-env', `${FOLDER}/deno.js`],
      env: { PORT: '0', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.url },
      address,
    });
    await visitServer(server);
  });

  it('vite has both endpoints while a site is developed, with the address of the visitor', async () => {
    const { createServer } = await import('vite');
    const { voiceEndpoints } = (await import(pathToFileURL(`${FOLDER}/vite.js`).href)) as { voiceEndpoints: Plugin };
    const server = await createServer({
      configFile: false,
      logLevel: 'error',
      root: FOLDER,
      plugins: [voiceEndpoints],
      server: { host: '127.0.0.1', port: 0 },
    });
    try {
      await server.listen();
      const url = new URL(server.resolvedUrls!.local[0]!).origin;
      await visit(url, withoutRedirect, true);
      assert.equal(addressKnown, true);
    } finally {
      await server.close();
    }
  });

  it('a handler that Deno.serve calls itself knows the address of the visitor', () =>
    withDeno('token-under-deno.js', async (url) => {
      const headers = { Origin: url, 'Content-Type': 'application/json' };
      assert.equal((await fetch(url, { method: 'POST', headers, body: '{}' })).status, 200);
      assert.equal(knowsAddress(), true);
    }));

  it('nuxt opens and ends a call with h3 1, with the address of the visitor', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-nuxt-'));
    try {
      mkdirSync(join(folder, 'node_modules'));
      // Nuxt 4 has h3 1; the recipe for h3 itself is for h3 2.
      symlinkSync(resolve('node_modules/h3-1'), join(folder, 'node_modules/h3'), 'junction');
      symlinkSync(resolve('.'), join(folder, 'node_modules/realtime-voice'), 'junction');
      for (const name of ['nuxt.js', 'voice.js']) copyFileSync(join(FOLDER, name), join(folder, name));
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(folder, 'server.js'), NUXT_SERVER);
      const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.url };
      const server = await startServer({ name: 'nuxt', run: [join(folder, 'server.js')], env, address });
      await visitServer(server, false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are all run here', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js'));
    const run = [...SERVERS, ...Object.keys(FUNCTIONS), 'deno', 'nuxt', 'vite', 'voice', 'worker'].map(
      (name) => `${name}.js`,
    );
    assert.deepEqual(files.sort(), run.sort());
  });
});

const withoutRedirect = (request: Request): Promise<Response> => fetch(request, { redirect: 'manual' });

/** Runs a program of this folder under Deno while it is visited. */
async function withDeno(program: string, visitIt: (url: string) => Promise<void>): Promise<void> {
  const server = await startServer({
    name: program,
    run: [...DENO, `test/packaging/${program}`, upstream.url],
    address,
  });
  try {
    await visitIt(server.url);
  } finally {
    await Promise.all([server.stop(), fetch(`${server.url}/stop`).catch(() => undefined)]);
  }
}

async function visitServer(server: ServerProcess, hasToken = true): Promise<void> {
  try {
    await visit(server.url, withoutRedirect, hasToken);
    assert.equal(addressKnown, true);
  } finally {
    await server.stop();
  }
}

function address(line: string): string | undefined {
  return line.startsWith('http') ? new URL(line).origin : undefined;
}
