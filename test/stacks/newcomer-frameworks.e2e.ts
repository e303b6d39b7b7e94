import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { siteRoutes } from '../e2e/support/site.js';
import { freePort } from '../support/free-port.js';
import { InstalledProject, NewNode, withRegistry } from '../support/installed-project.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers, assertTalks, openStack } from './stack-page.js';
import { follow } from './start-page.js';

interface App {
  /** The name of its page in `docs/start`, and of the folder with what `npm create …` would leave. */
  readonly name: string;
  /** Where the element is. Default: `/`. */
  readonly path?: string;
}

const APPS: readonly App[] = [
  { name: 'nuxt' },
  { name: 'next' },
  { name: 'workers' },
  { name: 'sveltekit' },
  { name: 'react-router', path: '/help' },
  { name: 'astro' },
];
/** Whole projects that use the plain tag: the page of editors says in a sentence what each framework needs. */
const TAGS = { solid: 'test/stacks/solid', angular: 'test/stacks/angular' };
/** The largest first. */
const FOLDERS = [...APPS.map(({ name }) => `test/stacks/apps/${name}`), ...Object.values(TAGS)];
/** Nothing but the registry of npm is asked: no statistics, no file of Cloudflare about its places. */
const QUIET = {
  NO_COLOR: '1',
  NG_CLI_ANALYTICS: 'false',
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NEXT_IGNORE_INCORRECT_LOCKFILE: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};
/** For the start, and for the first page: each takes its time on two cores. */
const START_LIMIT_MS = 2 * 60_000;

describe('a newcomer who does what the page says talks in Chromium with', () => {
  let practice: PracticeProcess;
  let node: Promise<NewNode>;
  let installs: ReadonlyMap<string, Promise<InstalledProject>>;
  let site: ServerProcess | undefined;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    node = NewNode.find();
    installs = installInTurn(FOLDERS, node);
    // Calls need the machine for themselves.
    await Promise.allSettled(installs.values());
  });
  afterEach(async () => {
    await site?.stop();
    site = undefined;
  });
  after(async () => {
    await practice?.stop();
    for (const made of [node, ...installs.values()]) (await made.catch(() => undefined))?.remove();
  });

  for (const [name, template] of Object.entries(TAGS)) {
    it(
      `${name}, in its own project`,
      withRegistry(async () => {
        const { folder } = await installs.get(template)!;
        const env = { ...process.env, ...QUIET, PATH: (await node).path };
        execFileSync('npm', ['run', 'build'], { cwd: folder, env, stdio: 'pipe' });
        await using opened = await openStack(await sharedChromium(), join(folder, 'dist'), siteRoutes(practice.url));
        await assertTalks(opened);
      }),
    );
  }

  for (const { name, path = '/' } of APPS) {
    it(
      name,
      withRegistry(async () => {
        const project = await installs.get(`test/stacks/apps/${name}`)!;
        const env = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url };
        const command = follow(`docs/start/${name}.md`, project) || startWrangler(project, env);
        const [program, ...run] = command.split(' ');
        const port = String(await freePort());
        site = await startServer({
          name,
          program,
          run: [...run, ...(program === 'npm' ? ['--'] : []), '--port', port],
          cwd: project.folder,
          env: { ...QUIET, ...env, PATH: (await node).path },
          limitMs: START_LIMIT_MS,
          address: (line) => new RegExp(`http://[\\w.]+:${port}`).exec(line)?.[0],
        });
        // A development server builds the page when it is asked for.
        await fetch(site.url + path, { signal: AbortSignal.timeout(START_LIMIT_MS) });
        await assertAnswers(await sharedChromium(), site.url + path);
      }),
    );
  }
});

/** The page of Workers has its command in a sentence. Wrangler has the variables in a file. */
function startWrangler(project: InstalledProject, env: Readonly<Record<string, string>>): string {
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  project.write('.dev.vars', lines.join('\n'));
  const [, command] = /^Run `(.+?)`/m.exec(readFileSync('docs/start/workers.md', 'utf8')) ?? [];
  assert.ok(command, 'The page does not say how to start.');
  return command;
}

/** Two at a time. */
function installInTurn(
  folders: readonly string[],
  first: Promise<unknown>,
): ReadonlyMap<string, Promise<InstalledProject>> {
  const installs: Promise<unknown>[] = [first];
  return new Map(
    folders.map((folder) => {
      const turn = installs.at(-2) ?? Promise.resolve();
      const project = turn.catch(() => undefined).then(() => InstalledProject.of(folder));
      // Its own test says what is wrong.
      project.catch(() => undefined);
      installs.push(project);
      return [folder, project];
    }),
  );
}
