import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { Call } from './call.js';
import { inspection } from './inspection.js';
import { RealtimeDialect } from './realtime-dialect.js';
import { GREETING, HEARD } from './replies.js';
import { Secrets } from './secrets.js';
import { invalid, ServiceError } from './service-error.js';
import { readSession, type SessionRequest } from './session-config.js';
import { sentencesOf, Speech } from './speech.js';

export interface PracticeServerOptions {
  /** 0 = any free port. */
  port?: number;
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
  /** Changes an answer before it is sent, to lead its traffic through a relay. */
  iceCandidateRewrite?: (answerSdp: string) => string | Promise<string>;
  /** The server does not look for the client, so that all traffic takes the way the answer names. */
  ignoreOfferCandidates?: boolean;
  /** Milliseconds, as `Date.now`: for tests of expiry. */
  now?: () => number;
}

export interface PracticeServer {
  url: string;
  port: number;
  close(): Promise<void>;
}

const LONGEST_CHANNEL_ID = 65_534;
const KEPT_CALLS = 100;

/** Stands where the Realtime service would, for one machine: real HTTP, real WebRTC, no model. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const secrets = new Secrets(options.now ?? Date.now);
  const speech = new Speech(options.voiceRate ?? 165);
  const calls = new Map<string, Call>();
  const tempo = {
    thinkingMs: options.thinkingMs ?? 250,
    leadMs: options.leadMs ?? 400,
    sessionMs: (options.sessionSeconds ?? 3600) * 1000,
  };

  // The first words of most calls; made now, they are there when they are wanted.
  for (const sentence of [...sentencesOf(GREETING), HEARD]) speech.say(sentence).catch(() => undefined);

  const app = new Hono();
  app.use('/v1/*', cors({
    origin: '*',
    allowMethods: ['GET', 'POST', 'OPTIONS'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-OpenAI-Agents-SDK'],
    exposeHeaders: ['Location'],
  }));
  app.onError((problem, c) => {
    if (problem instanceof ServiceError) return c.json({ error: problem.refusal }, problem.status);
    console.error('practice server:', problem);
    return c.json({ error: { message: 'The server had an error.', type: 'server_error', code: null, param: null } }, 500);
  });

  app.post('/v1/realtime/client_secrets', async (c) => {
    checkApiKey(c, options.apiKey);
    const body: unknown = await c.req.json().catch(() => {
      throw invalid('We could not parse the JSON body of your request.', 'invalid_json');
    });
    return c.json(secrets.mint(body));
  });

  app.post('/v1/realtime/calls', async (c) => {
    const { offer, session } = await readOffer(c, secrets, options.apiKey);
    const call = new Call({
      speech,
      tempo,
      dialect: (line) => new RealtimeDialect(line, session),
      channelId: channelIdOf(c.req.query('dcid')),
      ignoreOfferCandidates: options.ignoreOfferCandidates ?? false,
      scripted: options.scripted ?? false,
    });
    const answer = await call.answer(offer);
    keep(calls, call);
    c.header('Location', `/v1/realtime/calls/${call.id}`);
    c.header('Content-Type', 'application/sdp');
    return c.body((await options.iceCandidateRewrite?.(answer)) ?? answer, 201);
  });

  app.post('/v1/realtime/calls/:id/hangup', (c) => {
    checkApiKey(c, options.apiKey);
    const call = calls.get(c.req.param('id'));
    if (!call) throw new ServiceError(404, 'No such call.', 'call_not_found');
    call.end();
    return c.body(null, 200);
  });

  app.route('/practice', inspection(calls));

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
      for (const call of calls.values()) call.end();
      await speech.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ended calls stay visible for a while. */
function keep(calls: Map<string, Call>, call: Call): void {
  calls.set(call.id, call);
  const oldest = [...calls.values()].find(({ ended }) => ended);
  if (calls.size > KEPT_CALLS && oldest) calls.delete(oldest.id);
}

function bearer(c: Context): string {
  const token = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
  if (!token) throw new ServiceError(401, 'Missing bearer authentication in header.', 'missing_api_key');
  return token;
}

function checkApiKey(c: Context, wanted: string | undefined): void {
  const key = bearer(c);
  if (key.startsWith('ek_') || (wanted !== undefined && key !== wanted)) {
    throw new ServiceError(401, 'Incorrect API key provided.', 'invalid_api_key');
  }
}

function channelIdOf(dcid: string | undefined): number | undefined {
  if (dcid === undefined) return undefined;
  const id = Number(dcid);
  if (!Number.isInteger(id) || id < 0 || id > LONGEST_CHANNEL_ID) throw invalid('Invalid data channel id.', 'invalid_value', 'dcid');
  return id;
}

/** Two ways to call: a browser with an ephemeral key and the bare offer, a site's server with its own key and a form. */
async function readOffer(c: Context, secrets: Secrets, apiKey: string | undefined): Promise<{ offer: string; session: SessionRequest }> {
  const key = bearer(c);
  const bound = key.startsWith('ek_') ? secrets.redeem(key) : undefined;
  if (!bound) checkApiKey(c, apiKey);
  const kind = c.req.header('Content-Type') ?? '';
  if (kind.startsWith('application/sdp')) {
    const model = c.req.query('model');
    return { offer: await c.req.text(), session: bound ?? readSession({ type: 'realtime', ...(model ? { model } : {}) }) };
  }
  if (!kind.startsWith('multipart/form-data')) {
    throw invalid(`Unsupported content type: '${kind}'.`, 'unsupported_content_type');
  }
  const form = await c.req.formData().catch(() => {
    throw invalid('We could not parse the form of your request.', 'invalid_form');
  });
  const offer = await textOf(form.get('sdp'), 'sdp');
  const session = form.has('session') ? parsedSession(await textOf(form.get('session'), 'session')) : undefined;
  return { offer, session: bound ?? session ?? readSession({ type: 'realtime' }) };
}

async function textOf(part: FormDataEntryValue | null, name: string): Promise<string> {
  if (part === null) throw invalid(`Missing required parameter: '${name}'.`, 'missing_required_parameter', name);
  return typeof part === 'string' ? part : part.text();
}

function parsedSession(text: string): SessionRequest {
  try {
    return readSession(JSON.parse(text));
  } catch (problem) {
    if (problem instanceof SyntaxError) throw invalid("We could not parse the JSON of 'session'.", 'invalid_json', 'session');
    throw problem;
  }
}
