import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ServiceError } from '../service/service-error.js';
import type { PlacedCall } from '../switchboard/placed-call.js';
import { checkApiKey } from './keys.js';
import type { ServerKind } from './server-kinds.js';

const MOST_BYTES = 1_000_000;

/**
 * WebSockets of a site's server to a running call, at `/v1/realtime?call_id=…`. Both sides get the events of the
 * session and may send events. Returns a function that closes all of them.
 */
export function acceptSidebands(
  server: Server,
  kind: ServerKind,
  calls: ReadonlyMap<string, PlacedCall>,
  apiKey: string | undefined,
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });

  const callOf = (request: IncomingMessage): PlacedCall => {
    const url = new URL(request.url ?? '', 'http://practice');
    if (url.pathname !== `${kind.root}/realtime` || !kind.location) throw new ServiceError(404, 'Not found.', null);
    checkApiKey({ req: { header: (name) => textOf(request.headers[name.toLowerCase()]) } }, kind, apiKey);
    const call = calls.get(url.searchParams.get('call_id') ?? '');
    if (!call || call.ended) throw new ServiceError(404, 'No such call.', 'call_not_found');
    return call;
  };

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => undefined);
    try {
      const call = callOf(request);
      const accept = (): Promise<WebSocket> =>
        new Promise((resolve) => sockets.handleUpgrade(request, stream, head, resolve));
      void join(call, stream, accept);
    } catch (problem) {
      const status = problem instanceof ServiceError ? problem.status : 500;
      stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  return () => sockets.clients.forEach((socket) => socket.terminate());
}

/** Accepts the WebSocket once the call is listened to: whoever sees it open misses no event from then on. */
async function join(call: PlacedCall, stream: Duplex, accept: () => Promise<WebSocket>): Promise<void> {
  const early: string[] = [];
  let send = (text: string): void => void early.push(text);
  const leave = await call.listen((text) => send(text));
  stream.on('close', leave);
  if (stream.destroyed) return leave();
  const socket = await accept();
  socket.on('message', (data) => void call.receive(String(data)));
  socket.on('error', () => undefined);
  send = (text) => socket.send(text);
  early.forEach(send);
  await call.over;
  socket.close(1000);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
