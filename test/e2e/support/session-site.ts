import { getRequestListener } from '@hono/node-server';
import { createSessionHandler } from '../../../src/server/index.js';
import type { Routes } from '../../support/page-server.js';
import { SESSION } from './site.js';

/** Where the tests' sites mount it. */
export const SESSION_PATH = '/api/voice-session';

/** A request as the site's own server saw it. */
export interface SeenOnSite {
  readonly method: string | undefined;
  readonly url: string | undefined;
}

/** A site that mounts the package's session handler and records the requests to it. */
export function sessionRoutes(path: string, practiceUrl: string, seen: SeenOnSite[]): Routes {
  const handler = createSessionHandler({ apiKey: 'practice', baseUrl: practiceUrl, session: SESSION, limiter: false });
  const listener = getRequestListener(handler);
  return {
    [path]: (request, response) => {
      seen.push({ method: request.method, url: request.url });
      void listener(request, response);
    },
  };
}
