import { getRequestListener } from '@hono/node-server';
import type { ServerKindName } from '../../../demo/practice/http/server-kinds.js';
import { createSessionHandler, createTokenHandler } from '../../../src/server/index.js';
import type { Routes } from '../../support/page-server.js';
import { SESSION_PATH } from './session-site.js';
import { SESSION, TOKEN_PATH } from './site.js';

type Handler = (request: Request) => Promise<Response>;

/** A site that uses one kind of server, set up as its owner would. */
export interface ServerSite {
  readonly name: string;
  readonly as: ServerKindName;
  /** The attributes of the element. */
  readonly attributes: (practiceUrl: string) => Readonly<Record<string, string>>;
  /** The handlers that the site mounts, by path. */
  readonly handlers?: (practiceUrl: string) => Readonly<Record<string, Handler>>;
  /** Whether the page gets the id of its call. */
  readonly tellsCallId: boolean;
  /** Whether the page can end its call at the site by DELETE. */
  readonly hangsUp: boolean;
  /** For servers that transcribe only if the page asks for it. */
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
  { name: 'OpenAI, through session-url', as: 'openai', ...bySession() },
  { name: 'Azure, with a client secret', as: 'azure', ...byToken('/openai') },
  { name: 'Azure, through session-url', as: 'azure', ...bySession('/openai/v1') },
  // It allows no cross-origin requests.
  { name: 'Hugging Face, through session-url', as: 'huggingface', ...bySession() },
  { name: 'LiteLLM, with a client secret', as: 'litellm', ...byToken() },
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
    name: 'Speaches, directly from the page',
    as: 'speaches',
    attributes: (url) => ({ 'session-url': `${url}/v1/realtime?model=any` }),
    tellsCallId: false,
    hangsUp: false,
    initialSession: TRANSCRIBED,
  },
];

/** The route that a site needs for LocalAI, which takes JSON and allows no cross-origin requests. */
async function offerInJson(request: Request, callsUrl: string): Promise<Response> {
  const body = JSON.stringify({ sdp: await request.text(), model: 'any' });
  const { status, text } = await fetch(callsUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
  return new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
}

/** Mounts handlers as routes. `answered` gets the method and status of each answer, such as `DELETE 204`. */
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
