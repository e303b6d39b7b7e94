import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertAnswers } from '../stacks/stack-page.js';
import { killChild, startChild } from '../support/child-process.js';
import { ContainerEngine, PODMAN } from '../support/container-engine.js';
import { freePort } from '../support/free-port.js';
import { withProgram } from '../support/language-programs.js';
import { makeNodeImage } from '../support/node-image.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';

const FILE = 'demo/reference/Containerfile';
const IMAGE = 'realtime-voice-reference';
/** As in compose.yaml. */
const HARDENED = ['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges', ...ContainerEngine.LIMITS];

describe('the container of the reference server', () => {
  let practice: PracticeProcess;
  let engine: ContainerEngine | undefined;
  let container: ChildProcess | undefined;
  before(async () => {
    if (!existsSync(PODMAN.path)) return;
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    engine = new ContainerEngine();
    const [, base] = /^FROM (\S+)$/m.exec(readFileSync(FILE, 'utf8'))!;
    await makeNodeImage(engine, base!);
    engine.run('build', '--pull=never', '--isolation=chroot', '--network=host', '--file', FILE, '--tag', IMAGE, '.');
  });
  after(async () => {
    if (container) killChild(container);
    engine?.remove();
    await practice?.stop();
  });

  it(
    'is built, talks in Chromium, gives a secret, and stops on SIGTERM',
    withProgram(PODMAN, async () => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const settings = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url, PORT: port, TOKEN_ENDPOINT: 1 };
      const env = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      const run = ['run', '--rm', '--name', 'site', '--network=host', '--pull=never', ...HARDENED, ...env, IMAGE];
      container = startChild(PODMAN.path, [...engine!.options, ...run], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await Promise.race([once(container.stdout!, 'data'), once(container, 'exit')])) as [unknown];
      assert.equal(String(line).trim(), `http://0.0.0.0:${port}`);
      container.stdout!.resume();

      assert.equal(engine!.run('exec', 'site', 'id', '-un').trim(), 'node');
      assert.deepEqual(await (await fetch(`${url}/health`)).json(), { status: 'ok' });
      await assertAnswers(await sharedChromium(), url);
      const headers = { 'Content-Type': 'application/json', Origin: url };
      const answer = await fetch(`${url}/api/voice-token`, { method: 'POST', headers, body: '{}' });
      assert.equal(typeof ((await answer.json()) as { value?: unknown }).value, 'string');

      const exit = once(container, 'exit');
      engine!.run('kill', '--signal', 'TERM', 'site');
      assert.deepEqual(await exit, [0, null]);
      await assert.rejects(fetch(`${url}/health`));
    }),
  );
});
