import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { startPracticeServer } from './practice/server.js';
import { createSite, type Service } from './site.js';

export interface DemoOptions {
  /** Default 8080. If the port is busy, the next free one is used. 0 = any free port. */
  port?: number;
  /** The key for the real service. Without a key, the practice server answers. */
  apiKey?: string | undefined;
  /** The real service's base URL, without `/v1`; default `https://api.openai.com`. */
  baseUrl?: string | undefined;
  /** Makes the website; default `createSite`. */
  site?: (service: Service) => { fetch(request: Request): Response | Promise<Response> };
}

export interface Demo {
  url: string;
  /** The practice server's URL; undefined if the real service is used. */
  practiceUrl: string | undefined;
  close(): Promise<void>;
}

type Server = ReturnType<typeof createAdaptorServer>;

const PORTS_TO_TRY = 20;

/** Starts the demo website on this machine; without a key, also the practice server. */
export async function startDemo({ port = 8080, apiKey, baseUrl, site = createSite }: DemoOptions = {}): Promise<Demo> {
  const practice = apiKey ? undefined : await startPracticeServer({ port: 0 });
  // The practice server accepts any key.
  const service = practice
    ? { baseUrl: practice.url, apiKey: 'practice' }
    : { baseUrl: baseUrl ?? 'https://api.openai.com', apiKey: apiKey! };
  try {
    const server = createAdaptorServer({ fetch: site(service).fetch });
    await listen(server, port);
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      practiceUrl: practice?.url,
      close: async () => {
        await Promise.all([closed(server), practice?.close()]);
      },
    };
  } catch (error) {
    await practice?.close();
    throw error;
  }
}

async function listen(server: Server, first: number): Promise<void> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!busy || port >= first + PORTS_TO_TRY || port >= 65_535) throw error;
    }
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

/** Runs a demo on the command line: options come from the environment, Ctrl-C ends it. */
export async function serveDemo(start: typeof startDemo): Promise<void> {
  const demo = await start({
    port: Number(process.env['PORT'] || 8080),
    apiKey: process.env['OPENAI_API_KEY'],
    baseUrl: process.env['OPENAI_BASE_URL'],
  });
  console.log(`Demo: ${demo.url}/`);
  console.log(
    demo.practiceUrl
      ? 'A practice server on this machine answers: no AI, no cost. Set OPENAI_API_KEY to use the real service.'
      : 'The real service answers: OPENAI_API_KEY is set, and calls are charged to it.',
  );
  const stop = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    void demo.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serveDemo(startDemo);
