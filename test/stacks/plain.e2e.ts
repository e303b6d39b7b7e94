import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { siteRoutes, TOKEN_PATH } from '../e2e/support/site.js';
import type { Routes } from '../support/page-server.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertTalks, openStack } from './stack-page.js';

describe('the packed package talks in Chromium', () => {
  let practice: PracticeProcess;
  let packed: PackedPackage;
  let dropIn: Routes;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    packed = new PackedPackage();
    packed.link('@hono/node-server');
    packed.copy('test/stacks', 'stacks');
    const body = readFileSync(packed.path('node_modules/realtime-voice/dist/realtime-voice.min.js'));
    dropIn = { '/voice.js': { body } };
  });
  after(async () => {
    packed?.remove();
    await practice?.stop();
  });

  for (const [name, folder] of [
    ['as a module script', 'module'],
    ['as a classic script in the head', 'classic'],
  ] as const) {
    it(name, async () => {
      const routes = { ...siteRoutes(practice.url), ...dropIn };
      await using opened = await openStack(await sharedChromium(), packed.path('stacks', folder), routes);
      await assertTalks(opened);
    });
  }

  for (const [name, run] of [
    ['Node', []],
    [
      'Deno',
      [resolve('node_modules/deno/bin.cjs'), 'run', '--allow-net', '--allow-env', '--allow-read', '--no-prompt'],
    ],
  ] as const) {
    it(`with its token handler in ${name}`, async () => {
      const site = await startServer({
        name: `The site in ${name}`,
        run: [...run, packed.path('stacks', name.toLowerCase(), 'server.js')],
        env: { OPENAI_API_KEY: 'practice', OPENAI_BASE_URL: practice.url },
        address: (line) => /http:\S+/.exec(line)?.[0],
      });
      try {
        const routes: Routes = {
          ...dropIn,
          [TOKEN_PATH]: (request, response) =>
            // Same origin for the page: its server passes the request on.
            void fetch(site.url, { method: 'POST', body: '{}', headers: passedOn(request.headers, site.url) })
              .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
              .catch((error: unknown) => response.writeHead(500).end(String(error))),
        };
        await using opened = await openStack(await sharedChromium(), packed.path('stacks/module'), routes);
        await assertTalks(opened);
      } finally {
        await site.stop();
      }
    });
  }
});

/** The headers of a page's request, for the server that it is passed on to: the origin is that server's. */
function passedOn(headers: NodeJS.Dict<string | string[]>, url: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    origin: new URL(url).origin,
    'sec-fetch-site': String(headers['sec-fetch-site']),
  };
}
