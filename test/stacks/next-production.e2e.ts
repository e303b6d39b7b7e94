import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../support/free-port.js';
import { InstalledProject, NewNode, withRegistry } from '../support/installed-project.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from './stack-page.js';
import { follow } from './start-page.js';

const START_LIMIT_MS = 60_000;
/** The same endpoint with the other handler, as the recipe says. */
const TOKEN_ROUTE = `export const dynamic = 'force-dynamic';
export { voiceToken as POST } from '../voice-session/voice.js';
`;

describe('Next.js, built and started, which visitors know by another name than it listens at', () => {
  let practice: PracticeProcess;
  let made: { node: NewNode; project: InstalledProject } | undefined;
  let site: ServerProcess | undefined;
  let ready: Promise<ServerProcess>;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    ready = buildAndStart();
    site = await ready.catch(() => undefined);
  });
  after(async () => {
    await site?.stop();
    made?.project.remove();
    made?.node.remove();
    await practice?.stop();
  });

  async function buildAndStart(): Promise<ServerProcess> {
    const node = await NewNode.find();
    const project = await InstalledProject.of('test/stacks/apps/next');
    made = { node, project };
    follow('docs/start/next.md', project);
    project.write('app/api/voice-token/route.js', TOKEN_ROUTE);
    const key = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url };
    const env = { ...process.env, ...key, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', PATH: node.path };
    execFileSync('npm', ['run', 'build'], { cwd: project.folder, env, stdio: 'pipe' });
    const port = await freePort();
    return startServer({
      name: 'Next.js',
      program: 'npm',
      run: ['run', 'start', '--', '--hostname', '127.0.0.1', '--port', String(port)],
      cwd: project.folder,
      env,
      limitMs: START_LIMIT_MS,
      address: (line) => new RegExp(`http://127\\.0\\.0\\.1:${port}`).exec(line)?.[0],
    });
  }

  /** By this name Chromium finds this machine, and gives the page the microphone. */
  const shop = (): URL => new URL(site!.url.replace('127.0.0.1', 'shop.localhost'));

  /** Asks for a token as a browser does that has no `Sec-Fetch-Site`. */
  async function ask(origin: string): Promise<string> {
    const headers = { host: shop().host, origin, 'content-type': 'application/json' };
    const asked = request(`${site!.url}/api/voice-token`, { method: 'POST', headers });
    asked.end('{}');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    const { value, error } = JSON.parse(text) as { value?: string; error?: { code: string } };
    return `${answer.statusCode} ${value ? 'secret' : error?.code}`;
  }

  it(
    'talks in Chromium',
    withRegistry(async () => {
      await ready;
      await assertAnswers(await sharedChromium(), shop().href);
    }),
  );

  it(
    'gives a secret to its own pages only',
    withRegistry(async () => {
      await ready;
      assert.equal(await ask(shop().origin), '200 secret');
      assert.equal(await ask('http://other.localhost'), '403 origin-not-allowed');
      // The address that Next.js says a request was made to.
      assert.equal(await ask(site!.url), '403 origin-not-allowed');
    }),
  );
});
