import { getRequestListener } from '@hono/node-server';
import type { ServerKindName } from '../../../demo/practice/http/server-kinds.js';
import { createSessionHandler, createTokenHandler } from '../../../src/server/index.js';
import type { Routes } from '../../support/page-server.js';
import { SESSION } from './site.js';

export const SESSION_PATH = '/api/voice-session';
const TOKEN_PATH = '/api/voice-token';

type Handler = (request: Request) => Promise<Response>;

/** A site whose visitors talk to one kind of server, set up as its owner would. */
export interface ServerSite {
  readonly name: string;
  readonly as: ServerKindName;
  /** Of the element. */
  readonly attributes: (practiceUrl: string) => Readonly<Record<string, string>>;
  /** What the site mounts, by path. */
  readonly handlers?: (practiceUrl: string) => Readonly<Record<string, Handler>>;
  /** Whether the page learns the id of its call. */
  readonly tellsCallId: boolean;
  /** Whether the page can have the site end its call. */
  readonly hangsUp: boolean;
  /** Nothing is written down unless the page asks for it. */
  readonly initialSession?: object;
}

const byToken = (root = ''): Pick<ServerSite, 'attributes' | 'handlers' | 'tellsCallId' | 'hangsUp'> => ({
  attributes: () => ({ 'token-url': TOKEN_PATH }),
  handlers: (url) => ({
    [TOKEN_PATH]: createTokenHandler({ apiKey: 'practice', baseUrl: url + root, session: SESSION, limiter: false }),
  }),
  tellsCallId: true,
  hangsUp: false,
});

const bySession = (root = ''): Pick<ServerSite, 'attributes' | 'handlers' | 'tellsCallId' | 'hangsUp'> => ({
  attributes: () => ({ 'session-url': SESSION_PATH }),
  handlers: (url) => ({
    [SESSION_PATH]: createSessionHandler({ apiKey: 'practice', baseUrl: url + root, session: SESSION, limiter: false }),
  }),
  tellsCallId: true,
  hangsUp: true,
});

const TRANSCRIBED = { audio: { input: { transcription: { model: 'any' } } } };

export const SERVER_SITES: readonly ServerSite[] = [
  { name: 'the service, through the site', as: 'openai', ...bySession() },
  { name: 'Azure, by a secret', as: 'azure', ...byToken('/openai') },
  { name: 'Azure, through the site', as: 'azure', ...bySession('/openai/v1') },
  // No page of another site may ask it.
  { name: 'Hugging Face, through the site', as: 'huggingface', ...bySession() },
  { name: 'LiteLLM, by a secret', as: 'litellm', ...byToken() },
  {
    name: 'LocalAI, through a route of the site',
    as: 'localai',
    attributes: () => ({ 'session-url': SESSION_PATH }),
    handlers: (url) => ({ [SESSION_PATH]: (request) => offerInJson(request, `${url}/v1/realtime/calls`) }),
    tellsCallId: true,
    hangsUp: false,
    initialSession: TRANSCRIBED,
  },
  {
    name: 'Speaches, straight from the page',
    as: 'speaches',
    attributes: (url) => ({ 'session-url': `${url}/v1/realtime?model=any` }),
    tellsCallId: false,
    hangsUp: false,
    initialSession: TRANSCRIBED,
  },
];

/** All that a site needs in front of LocalAI, which wants JSON and admits no other site. */
async function offerInJson(request: Request, callsUrl: string): Promise<Response> {
  const body = JSON.stringify({ sdp: await request.text(), model: 'any' });
  const { status, text } = await fetch(callsUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
  return new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
}

/** @param answered gets what was asked and how it ended, as `DELETE 204` */
export function routesOf(handlers: Readonly<Record<string, Handler>>, answered: string[] = []): Routes {
  const mounted = Object.entries(handlers).map(([path, handler]) => {
    const listener = getRequestListener(async (request) => {
      const response = await handler(request);
      answered.push(`${request.method} ${response.status}`);
      return response;
    });
    return [path, (...exchange: Parameters<typeof listener>) => void listener(...exchange)] as const;
  });
  return Object.fromEntries(mounted);
}
