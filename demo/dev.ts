import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { context, type BuildResult } from 'esbuild';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { serveDemo, startDemo, type Demo, type DemoOptions } from './server.js';
import { createSite } from './site.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BUNDLE = '/dist/realtime-voice.min.js';
/** A page reloads when the version it is told differs from the first one it was told. */
const RELOAD_SCRIPT = `let first;
new EventSource('/dev/version').onmessage = ({ data }) => {
  if (data !== (first ??= data)) location.reload();
};`;

/**
 * The demo for development. It bundles src/ in memory, with source maps, instead of serving the built file, and its
 * pages reload when src/ or a page changes. `npm run dev` also restarts it when a module of the server changes.
 */
export async function startDevDemo(options: DemoOptions = {}): Promise<Demo> {
  const version = new Version();
  let files: BuildResult['outputFiles'];
  const builder = await context({
    absWorkingDir: ROOT,
    entryPoints: ['src/index.ts'],
    outfile: `${ROOT}${BUNDLE}`,
    bundle: true,
    format: 'esm',
    write: false,
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [
      {
        name: 'reload',
        setup: (build) =>
          build.onEnd(({ outputFiles, errors }) => {
            // After an error the page keeps the last bundle that worked.
            if (errors.length > 0) return;
            files = outputFiles;
            version.change();
          }),
      },
    ],
  });
  await builder.watch();
  const pages = watch(`${ROOT}demo`, (_event, name) => {
    if (/\.(html|css|js)$/.test(name ?? '')) version.change();
  });
  await version.first;

  const bundled = (path: string): string | undefined => files?.find((file) => file.path.endsWith(path))?.text;
  const demo = await startDemo({ ...options, site: (service) => devSite(createSite(service), bundled, version) });
  return {
    ...demo,
    close: async () => {
      pages.close();
      await Promise.all([builder.dispose(), demo.close()]);
    },
  };
}

function devSite(site: Hono, bundled: (path: string) => string | undefined, version: Version): Hono {
  const dev = new Hono();
  const script = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' };
  dev.get(BUNDLE, (context) => context.body(bundled(BUNDLE) ?? '', 200, script));
  dev.get(`${BUNDLE}.map`, (context) => context.body(bundled(`${BUNDLE}.map`) ?? '', 200));
  dev.get('/dev/reload.js', (context) => context.body(RELOAD_SCRIPT, 200, script));
  dev.get('/dev/version', (context) =>
    streamSSE(context, async (stream) => {
      while (!stream.aborted) {
        // Taken before the line is written: a change during the writing must not be missed.
        const { next } = version;
        await stream.writeSSE({ data: version.current });
        await Promise.race([next, new Promise<void>((resolve) => stream.onAbort(resolve))]);
      }
    }),
  );
  dev.all('*', async (context) => {
    const response = await site.fetch(context.req.raw);
    if (!response.headers.get('Content-Type')?.startsWith('text/html')) return response;
    const page = await response.text();
    const reloading = page.replace('</head>', '<script type="module" src="/dev/reload.js"></script></head>');
    return new Response(reloading, response);
  });
  return dev;
}

/** What the pages show now. It differs after a restart, too. */
class Version {
  #changes = 0;
  #resolve = (): void => {};
  next = this.#waiting();
  readonly first: Promise<void> = this.next;

  get current(): string {
    return `${process.pid}.${this.#changes}`;
  }

  change(): void {
    this.#changes++;
    this.#resolve();
    this.next = this.#waiting();
  }

  #waiting(): Promise<void> {
    return new Promise((resolve) => (this.#resolve = resolve));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serveDemo(startDevDemo);
