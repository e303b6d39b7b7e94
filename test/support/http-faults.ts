import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request is answered. Default: status 200 and an empty body. */
export interface Answer {
  status?: number;
  body?: string | object;
  headers?: Record<string, string>;
  /** Wait before answering. */
  delayMs?: number;
  /** Accept the request and never answer. */
  hang?: boolean;
  /** Announce the length of the body, send half of it and close the connection. */
  truncate?: boolean;
  /** Close the connection without an answer. */
  reset?: boolean;
  /** Answer 302 to this URL. */
  redirect?: string;
  /** Leave out the CORS headers, like a server that is not meant for other origins. */
  noCors?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** The query with its question mark, or nothing. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When it arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** Whether the browser gave up before the answer was complete. */
  aborted: boolean;
}

export interface FaultServer {
  readonly url: string;
  /** Every request except CORS preflights, oldest first. */
  readonly requests: readonly SeenRequest[];
  readonly preflights: readonly SeenRequest[];
  /** Sets the answers for a path. They are given in order; the last one is repeated. */
  answer(path: string, ...answers: (Answer | ((request: SeenRequest) => Answer | Promise<Answer>))[]): void;
  close(): Promise<void>;
}

/** An HTTP server that misbehaves as told, for token and calls endpoints. It records the requests it receives. */
export async function startFaultServer(): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const preflights: SeenRequest[] = [];
  const plans = new Map<string, (Answer | ((request: SeenRequest) => Answer | Promise<Answer>))[]>();

  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    response.on('close', () => (request.aborted = !response.writableFinished));
    if (request.method === 'OPTIONS') {
      preflights.push(request);
      response.writeHead(204, cors(request)).end();
      return;
    }
    requests.push(request);
    const plan = plans.get(request.path) ?? [{ status: 404 }];
    const next = plan.length > 1 ? plan.shift()! : plan[0]!;
    await play(typeof next === 'function' ? await next(request) : next, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    preflights,
    answer: (path, ...answers) => void plans.set(path, answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function play(answer: Answer, request: SeenRequest, response: ServerResponse): Promise<void> {
  if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
  if (answer.hang || response.destroyed) return;
  if (answer.reset) return void response.socket?.destroy();
  const json = typeof answer.body === 'object';
  const body = Buffer.from(json ? JSON.stringify(answer.body) : ((answer.body as string | undefined) ?? ''));
  response.writeHead(answer.status ?? (answer.redirect ? 302 : 200), {
    'content-type': json ? 'application/json' : 'text/plain',
    ...(answer.noCors ? {} : cors(request)),
    ...(answer.redirect && { location: answer.redirect }),
    'content-length': String(body.length),
    ...answer.headers,
  });
  if (!answer.truncate) return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.socket?.destroy(), 50));
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const at = performance.now();
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = incoming;
  const { pathname: path, search: query } = new URL(url, 'http://localhost');
  return { method, path, query, headers, body: Buffer.concat(chunks).toString(), at, aborted: false };
}

function cors({ headers }: SeenRequest): Record<string, string> {
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-expose-headers': '*, location, retry-after',
    vary: 'origin',
  };
}
