import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { GREETING, HEARD } from './answers/reply-to.js';
import { inspection } from './http/inspection.js';
import { liveEndpoint } from './http/live-endpoint.js';
import { realtimeEndpoint } from './http/realtime-endpoint.js';
import { Secrets } from './http/secrets.js';
import { SERVER_KINDS, type ServerKind, type ServerKindName } from './http/server-kinds.js';
import { acceptSidebands } from './http/sideband.js';
import { programPath } from './programs.js';
import { ServiceError } from './service/service-error.js';
import { sentencesOf, type Speech } from './sound/speech.js';
import { Synthesizer } from './speech/synthesizer.js';
import { ProcessPool } from './switchboard/process-pool.js';
import { Switchboard } from './switchboard/switchboard.js';

export interface PracticeServerOptions {
  /** Default 0, which means any free port. */
  port?: number;
  /** The kind of server it behaves like. Default `openai`. */
  as?: ServerKindName;
  /** The key of the site's server. By default any key is accepted. */
  apiKey?: string;
  /** Words per minute of the voice. Default 165. */
  voiceRate?: number;
  /** Milliseconds before an answer begins. Default 250. */
  thinkingMs?: number;
  /** How many milliseconds `response.done` comes before the end of the playback. Default 400. */
  leadMs?: number;
  /** How many seconds a session lasts until it expires. Default 3600. */
  sessionSeconds?: number;
  /** Whether every call begins scripted: it says nothing by itself, not even `session.created`. Default false. */
  scripted?: boolean;
  /** The clock that client secrets expire by, in milliseconds. Default `Date.now`. */
  now?: () => number;
}

export interface PracticeServer {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Stands in for the Realtime service on this machine, with real HTTP and real WebRTC, but without a model. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const kind: ServerKind = SERVER_KINDS[options.as ?? 'openai'];
  const secrets = new Secrets(options.now ?? Date.now, kind.secret === 'sealed');
  const speech = new Synthesizer(options.voiceRate ?? 165);
  const processes = new ProcessPool(await programPath('call'), speech);
  const tempo = {
    thinkingMs: options.thinkingMs ?? 250,
    leadMs: options.leadMs ?? 400,
    sessionMs: (options.sessionSeconds ?? 3600) * 1000,
  };
  const switchboard = new Switchboard({ processes, tempo, scripted: options.scripted ?? false });

  void processes.fill();
  void makeFirstSentences(speech);

  const app = new Hono();
  if (kind.crossOrigin) {
    app.use(
      `${kind.root}/*`,
      cors({
        origin: '*',
        allowMethods: ['GET', 'POST', 'OPTIONS'],
        allowHeaders: ['Authorization', 'Content-Type', 'X-OpenAI-Agents-SDK'],
        exposeHeaders: ['Location'],
      }),
    );
  }
  app.onError((problem, c) => {
    if (problem instanceof ServiceError) return c.json({ error: problem.refusal }, problem.status);
    console.error('practice server:', problem);
    return c.json(
      { error: { message: 'The server had an error.', type: 'server_error', code: null, param: null } },
      500,
    );
  });
  app.route(kind.root, realtimeEndpoint(kind, switchboard, secrets, options.apiKey));
  if (kind.live) app.route(kind.root, liveEndpoint(kind, switchboard, options.apiKey));
  app.route('/practice', inspection(switchboard.calls, processes, tempo));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const closeSidebands = acceptSidebands(server, kind, switchboard.calls, options.apiKey);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      closeSidebands();
      await Promise.all([closed, switchboard.close(), speech.close()]);
    },
  };
}

/**
 * Makes the first words of most calls in advance. One sentence at a time, because all of them together can take ten
 * seconds on a busy machine, and a caller's sentence must not wait behind them.
 */
async function makeFirstSentences(speech: Speech): Promise<void> {
  for (const sentence of [...sentencesOf(GREETING), HEARD]) await speech.say(sentence).catch(() => undefined);
}
