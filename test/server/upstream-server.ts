import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Resolves if the handler closes the connection before it has its answer. */
  aborted: Promise<void>;
}

export type Answer = (response: ServerResponse, received: Received) => void;

/** A real HTTP server in place of the service. It records requests and answers as the test decides. */
export interface UpstreamServer {
  url: string;
  received: Received[];
  /** Sets one answer for each of the next requests; the last one is used for all further requests. */
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

export const SECRET_ANSWER: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ value: 'ek_visitor', expires_at: 1_900_000_000, session: { instructions: 'hidden' } }));
};

export function respond(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

export const NO_ANSWER: Answer = () => undefined;
export const CLOSE_CONNECTION: Answer = (response) => void response.socket?.destroy();

export async function startUpstream(): Promise<UpstreamServer> {
  const received: Received[] = [];
  let answers: Answer[] = [SECRET_ANSWER];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const aborted = new Promise<void>((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8'), aborted };
      received.push(one);
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (...next) => {
      answers = next;
      received.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
