import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { inspection } from './http/inspection.js';
import { liveEndpoint } from './http/live-endpoint.js';
import { realtimeEndpoint } from './http/realtime-endpoint.js';
import { GREETING, HEARD } from './answers/replies.js';
import { Secrets } from './http/secrets.js';
import { SERVER_KINDS, type ServerKind, type ServerKindName } from './http/server-kinds.js';
import { ServiceError } from './http/service-error.js';
import { sentencesOf, Speech } from './sound/speech.js';
import { Switchboard } from './call/switchboard.js';

export interface PracticeServerOptions {
  /** 0 = any free port. */
  port?: number;
  /** Whose HTTP and wire it has: the service's own, unless another is named. */
  as?: ServerKindName;
  /** The key a site's server must show; without it, any is good. */
  apiKey?: string;
  /** Words per minute of the voice. */
  voiceRate?: number;
  /** Pause before an answer. */
  thinkingMs?: number;
  /** How far an answer is made ahead of its playback: with 0 both end together, with much, `response.done` comes early. */
  leadMs?: number;
  /** How long a session may last. */
  sessionSeconds?: number;
  /** Every call begins scripted: it says nothing by itself, not even `session.created`. */
  scripted?: boolean;
  /** Milliseconds, as `Date.now`: for tests of expiry. */
  now?: () => number;
}

export interface PracticeServer {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Stands where the Realtime service would, for one machine: real HTTP, real WebRTC, no model. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const kind: ServerKind = SERVER_KINDS[options.as ?? 'openai'];
  const secrets = new Secrets(options.now ?? Date.now, kind.secret === 'sealed');
  const speech = new Speech(options.voiceRate ?? 165);
  const tempo = {
    thinkingMs: options.thinkingMs ?? 250,
    leadMs: options.leadMs ?? 400,
    sessionMs: (options.sessionSeconds ?? 3600) * 1000,
  };
  const switchboard = new Switchboard({ speech, tempo, scripted: options.scripted ?? false });

  void makeAhead(speech);

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
  app.route('/practice', inspection(switchboard.calls, tempo));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      switchboard.close();
      await speech.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * The first words of most calls; made now, they are there when they are wanted. One sentence at a time: on a busy machine
 * all of them take ten seconds, and what a caller is to hear meanwhile must not wait for that.
 */
async function makeAhead(speech: Speech): Promise<void> {
  for (const sentence of [...sentencesOf(GREETING), HEARD]) await speech.say(sentence).catch(() => undefined);
}
