import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Route {
  readonly status?: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Routes = Readonly<Record<string, Route | ((request: IncomingMessage, response: ServerResponse) => void)>>;

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
};

/** Serves the given routes, and the built element at `/realtime-voice.min.js`. */
export async function startPageServer(routes: Routes): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!;
    const route = routes[path] ?? builtIn(path);
    if (typeof route === 'function') return route(request, response);
    const type = TYPES[path.split('.').at(-1)!] ?? TYPES['html']!;
    response.writeHead(route.status ?? 200, { 'content-type': type, ...route.headers }).end(route.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function builtIn(path: string): Route {
  if (path === '/realtime-voice.min.js') return { body: readFileSync('dist/realtime-voice.min.js') };
  if (path === '/favicon.ico') return { status: 204 };
  return { status: 404, body: 'Not found' };
}
