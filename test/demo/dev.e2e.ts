import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { until } from '../e2e/support/until.js';
import { freePort } from '../support/free-port.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { closeTab, openTab } from '../support/tabs.js';

/** A copy of the project: a test must not change the files that others read. */
class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'realtime-voice-dev-'));

  constructor() {
    for (const name of ['src', 'demo', 'package.json', 'tsconfig.json'])
      cpSync(name, join(this.folder, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  /** Saves a file with other words, as an editor does. */
  change(path: string, from: string, to: string): void {
    const file = join(this.folder, path);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from), `${path} has no “${from}”`);
    writeFileSync(file, text.replace(from, to));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let project: ProjectCopy;
let dev: ServerProcess;
let page: Page;
before(async () => {
  project = new ProjectCopy();
  dev = await startServer({
    name: 'npm run dev',
    program: 'npm',
    run: ['run', 'dev'],
    // The page finds the server again after a restart.
    env: { PORT: String(await freePort()), OPENAI_API_KEY: '' },
    cwd: project.folder,
    address: (line) => /^Demo: (\S+)\/$/.exec(line)?.[1],
  });
  page = await openTab(await sharedChromium());
  await page.goto(`${dev.url}/`, { waitUntil: 'load' });
});
after(async () => {
  await closeTab(page);
  await dev.stop();
  project.remove();
});

/** How often the page was loaded again. Every load sets the time that a page counts from. */
const loadedAt = (): Promise<number> => page.evaluate(() => performance.timeOrigin);

/** While the page is loaded again, there is none that can be asked. */
const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> => question().catch(() => undefined);

const startButton = (): Promise<string | undefined> =>
  ask(() =>
    page.$eval('realtime-voice', ({ shadowRoot }) =>
      shadowRoot!.querySelector('[part~="start-button"]')!.textContent.trim(),
    ),
  );

it('a file of src/ that is saved is in the open page at once, and a mistake in it waits until it is mended', async () => {
  await until('the page is drawn', startButton, (text) => text === 'Start talking');
  const first = await loadedAt();
  project.change('src/locales/en.ts', "start: 'Start talking'", "start: 'Say something'");
  await until('the page shows the change', startButton, (text) => text === 'Say something');
  const second = await loadedAt();
  assert.notEqual(second, first, 'the page was loaded again');

  const errors = dev.output().length;
  project.change('src/locales/en.ts', "start: 'Say something'", 'start: ');
  await until(
    'the mistake is told',
    () => dev.output().slice(errors),
    (text) => /ERROR.*\n.*src\/locales\/en\.ts/s.test(text),
  );
  assert.deepEqual([await startButton(), await loadedAt()], ['Say something', second]);
  project.change('src/locales/en.ts', 'start: ', "start: 'Talk'");
  await until('the page shows the mended file', startButton, (text) => text === 'Talk');
});

it('a module of the server that is saved restarts the server, and the page is loaded again', async () => {
  const before = await loadedAt();
  const answer = async (): Promise<string | null> => (await fetch(`${dev.url}/`)).headers.get('permissions-policy');
  assert.equal(await answer(), 'microphone=(self)');
  project.change('demo/site.ts', "'microphone=(self)'", "'microphone=(self), camera=()'");
  await until(
    'the page is loaded again',
    () => ask(loadedAt),
    (time) => time !== undefined && time !== before,
  );
  assert.equal(await answer(), 'microphone=(self), camera=()');
});
