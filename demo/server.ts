import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { startPracticeServer } from './practice/server.js';
import { createSite } from './site.js';

export interface DemoOptions {
  /** Default 8080; the next free one is taken when it is busy. 0 = any. */
  port?: number;
  /** With a key the real service is used, without one the practice server. */
  apiKey?: string | undefined;
  /** The real service's host; default `https://api.openai.com`. */
  baseUrl?: string | undefined;
}

export interface Demo {
  url: string;
  /** The practice server's address; undefined when the real service is used. */
  practiceUrl: string | undefined;
  close(): Promise<void>;
}

type Server = ReturnType<typeof createAdaptorServer>;

const PORTS_TO_TRY = 20;

/** The demo's website on this machine, with the practice server beside it unless there is a key. */
export async function startDemo({ port = 8080, apiKey, baseUrl }: DemoOptions = {}): Promise<Demo> {
  const practice = apiKey ? undefined : await startPracticeServer({ port: 0 });
  // The practice server takes any key.
  const service = practice
    ? { baseUrl: practice.url, apiKey: 'practice', limiter: false as const }
    : { baseUrl: baseUrl ?? 'https://api.openai.com', apiKey: apiKey! };
  try {
    const server = createAdaptorServer({ fetch: createSite(service).fetch });
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

async function main(): Promise<void> {
  const demo = await startDemo({
    port: Number(process.env['PORT'] || 8080),
    apiKey: process.env['OPENAI_API_KEY'],
    baseUrl: process.env['OPENAI_BASE_URL'],
  });
  console.log(`Demo: ${demo.url}/`);
  console.log(
    demo.practiceUrl
      ? 'Practice server: a stand-in on this machine answers, no AI and no cost. Set OPENAI_API_KEY for the real service.'
      : 'Real service: OPENAI_API_KEY is set, calls are charged to it.',
  );
  const stop = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    void demo.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
