import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { freePort } from '../support/free-port.js';
import { InstalledProject, NewNode, withRegistry } from '../support/installed-project.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from './stack-page.js';
import { follow } from './start-page.js';

/** What `npm create …` of each framework would leave is in `test/stacks/apps`. */
const APPS: readonly { readonly name: string; readonly path?: string }[] = [
  { name: 'next' },
  { name: 'nuxt' },
  { name: 'workers' },
  { name: 'sveltekit' },
  { name: 'react-router', path: '/help' },
  { name: 'astro' },
];
/** They must not talk with their makers. */
const QUIET = {
  NO_COLOR: '1',
  DO_NOT_TRACK: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

describe('a newcomer who does what the page says talks in Chromium with', () => {
  let practice: PracticeProcess;
  let node: Promise<NewNode>;
  const installs = new Map<string, Promise<InstalledProject>>();
  let project: InstalledProject | undefined;
  let site: ServerProcess | undefined;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    node = NewNode.find();
    node.catch(() => undefined);
  });
  afterEach(async () => {
    await site?.stop();
    project?.remove();
    site = project = undefined;
  });
  after(async () => {
    await practice?.stop();
    (await node.catch(() => undefined))?.remove();
  });

  for (const { name, path = '/' } of APPS) {
    it(
      name,
      withRegistry(async () => {
        const t0 = performance.now();
        project = await InstalledProject.of(`test/stacks/apps/${name}`);
        const t1 = performance.now();
        const [program, ...run] = follow(`docs/start/${name}.md`, project).split(' ');
        const port = String(await freePort());
        site = await startServer({
          name,
          program,
          run: [...run, '--', '--port', port],
          cwd: project.folder,
          env: { ...QUIET, PATH: (await node).path, OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url },
          limitMs: 90_000,
          address: (line) => new RegExp(`http://[\\w.]+:${port}`).exec(line)?.[0],
        });
        const t2 = performance.now();
        await assertAnswers(await sharedChromium(), site.url + path);
        console.log(
          name,
          [t1 - t0, t2 - t1, performance.now() - t2].map((ms) => (ms / 1000).toFixed(1)),
        );
      }),
    );
  }
});
