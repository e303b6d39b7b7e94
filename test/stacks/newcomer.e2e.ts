import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { siteRoutes } from '../e2e/support/site.js';
import { startPageServer } from '../support/page-server.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from './stack-page.js';
import { follow } from './start-page.js';

/** Pages of `docs/start` whose files are a whole site. */
const SITES = ['express', 'fastify', 'hono', 'koa', 'h3', 'node'];
/** Pages for a project that `npm create vite` has made: what renders its component, and the packages that it has. */
const VITE: Record<string, { main: string; packages: readonly string[] }> = {
  react: {
    main: `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import App from './App';
createRoot(document.getElementById('app')!).render(createElement(App));`,
    packages: ['@vitejs/plugin-react', 'react', 'react-dom', 'scheduler'],
  },
  vue: {
    main: `import { createApp } from 'vue';
import App from './App.vue';
createApp(App).mount('#app');`,
    packages: ['@vitejs/plugin-vue', 'vue'],
  },
  svelte: {
    main: `import { mount } from 'svelte';
import App from './App.svelte';
mount(App, { target: document.getElementById('app')! });`,
    packages: ['@sveltejs/vite-plugin-svelte', 'svelte'],
  },
};
const INDEX = '<!doctype html><div id="app"></div><script type="module" src="/src/main.ts"></script>';

describe('a newcomer who does what the page says talks in Chromium with', () => {
  let practice: PracticeProcess;
  let project: PackedPackage | undefined;
  let site: ServerProcess | undefined;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
  });
  afterEach(async () => {
    await site?.stop();
    project?.remove();
    site = project = undefined;
  });
  after(() => practice?.stop());

  it('a page without a build, by both of its scripts', async () => {
    const [tag, classic] = [...readFileSync('docs/start/html.md', 'utf8').matchAll(/^```html\n([^]*?)^```$/gm)].map(
      ([, code]) => code!,
    );
    for (const html of [tag!, tag!.replace(/^.*<\/script>\n/, classic!)]) {
      const body = `<!doctype html><title>My site</title>${html}`;
      const server = await startPageServer({ '/': { body }, ...siteRoutes(practice.url) });
      try {
        await assertAnswers(await sharedChromium(), server.url);
      } finally {
        await server.close();
      }
    }
  });

  for (const name of SITES) {
    it(name, async () => {
      project = new PackedPackage();
      const [program, ...run] = follow(`docs/start/${name}.md`, project).split(' ');
      assert.equal(program, 'node');
      site = await start(name, run);
      await assertAnswers(await sharedChromium(), site.url);
    });
  }

  it('deno', async () => {
    project = new PackedPackage();
    const [program, verb, ...run] = follow('docs/start/deno.md', project).split(' ');
    assert.deepEqual([program, verb], ['deno', 'run']);
    // The packages are links, which Deno would not know.
    site = await start('deno', [resolve('node_modules/deno/bin.cjs'), 'run', '--node-modules-dir=manual', ...run]);
    await assertAnswers(await sharedChromium(), site.url);
  });

  for (const [name, { main, packages }] of Object.entries(VITE)) {
    it(`${name}, in a project of Vite`, async () => {
      project = new PackedPackage();
      project.link('vite', ...packages);
      project.write('index.html', INDEX);
      project.write('src/main.ts', main);
      assert.equal(follow(`docs/start/${name}.md`, project), 'npm run dev');
      site = await start(name, ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', '0']);
      await assertAnswers(await sharedChromium(), site.url);
    });
  }

  const start = (name: string, run: readonly string[]): Promise<ServerProcess> =>
    startServer({
      name,
      run,
      cwd: project!.folder,
      env: { PORT: '0', OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url, NO_COLOR: '1' },
      address: (line) => /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0],
    });
});
