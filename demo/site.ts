import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { createSessionHandler, createTokenHandler } from '../src/server/index.js';
import { builderParts, builtLanguages } from './builder/parts.js';
import { LIVE_SHOP_SESSION, SHOP_SESSION } from './shop-session.js';

const PAGES = new URL('./', import.meta.url);
const BUILT = new URL('../dist/', import.meta.url);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** The service that answers the calls. */
export interface Service {
  /** The base URL, without `/v1`. */
  baseUrl: string;
  apiKey: string;
  /** `false` for the practice server, which costs nothing. Default: the handlers' own limiter. */
  limiter?: false;
}

/** The demo's website: its pages, the built element, and the package's endpoints, mounted as a site mounts them. */
export function createSite({ baseUrl, apiKey, limiter }: Service): Hono {
  const site = new Hono();
  const token = createTokenHandler({ apiKey, baseUrl, limiter, session: SHOP_SESSION });
  const session = createSessionHandler({ apiKey, baseUrl, limiter, session: SHOP_SESSION });
  const live = createSessionHandler({ apiKey, baseUrl, limiter, session: LIVE_SHOP_SESSION });

  // DNS rebinding: another website's name could point to this machine and would then count as "same origin".
  site.use(async (context, next) => {
    const { hostname } = new URL(context.req.url);
    if (hostname === '127.0.0.1' || hostname === 'localhost') return next();
    return context.text('This demo answers on 127.0.0.1 only.', 421);
  });

  site.all('/api/voice-token', (context) => token(context.req.raw));
  // POST takes the offer. DELETE ends the call; its URL is the `Location` of the answer.
  site.all('/api/voice-session', (context) => session(context.req.raw));
  site.all('/api/voice-live', (context) => live(context.req.raw));

  const csp = [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `connect-src 'self' ${new URL(baseUrl).origin}`,
    `img-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  const send = async (base: URL, name: string, change = (text: string) => text): Promise<Response> => {
    const file = await readFile(fileURLToPath(new URL(name, base)), 'utf8').catch(() => undefined);
    if (file === undefined) return missing(base);
    return new Response(change(file), {
      headers: {
        'Content-Type': TYPES[name.split('.').at(-1)!]!,
        'Content-Security-Policy': csp,
        'Permissions-Policy': 'microphone=(self)',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
      },
    });
  };
  // Browsers request it on their own.
  site.get('/favicon.ico', () => new Response(null, { status: 204 }));
  site.get('/', (context) =>
    send(PAGES, 'index.html', (page) => {
      const shown = context.req.query('live') === undefined ? page : withLive(page);
      return limiter === false ? withPracticeNote(shown) : shown;
    }),
  );
  // For the page's menu of languages.
  site.get('/languages.json', (context) =>
    builtLanguages().then(
      (languages) => context.json(languages),
      () => missing(BUILT),
    ),
  );
  // The snippet builder, and what it is made of.
  site.get('/builder', (context) => context.redirect('/builder/'));
  site.get('/builder/', () => send(PAGES, 'builder/index.html'));
  site.get('/builder/parts.json', (context) =>
    builderParts().then(
      (parts) => context.json(parts),
      () => missing(BUILT),
    ),
  );
  site.get('/builder/:file{[\\w-]+\\.(?:css|js)}', (context) => send(PAGES, `builder/${context.req.param('file')}`));
  site.get('/:file{[\\w-]+\\.(?:html|css|js)}', (context) => send(PAGES, context.req.param('file')));
  // The page that the support sends to customers. Its own links are relative to its folder.
  site.get('/diagnostics', (context) => context.redirect('/diagnostics/', 308));
  site.get('/diagnostics/', () => send(PAGES, 'diagnostics/index.html'));
  site.get('/diagnostics/diagnostics.css', () => send(PAGES, 'diagnostics/diagnostics.css'));
  site.get('/dist/:file{[\\w.-]+\\.js}', (context) => send(BUILT, context.req.param('file')));
  site.get('/dist/locales/:file{[\\w.-]+\\.js}', (context) => send(BUILT, `locales/${context.req.param('file')}`));
  return site;
}

/** The same page for GPT-Live, which has no client secrets: the element uses `session-url`. */
function withLive(page: string): string {
  return page
    .replaceAll('token-url="/api/voice-token"', 'session-url="/api/voice-live"')
    .replaceAll('/api/voice-token', '/api/voice-live')
    .replace('id="unified"', 'id="unified" checked disabled');
}

/** Says that the practice server answers: it repeats what is said. */
function withPracticeNote(page: string): string {
  return page.replace('id="practice" hidden', 'id="practice"');
}

function missing(base: URL): Response {
  const hint = base === BUILT ? 'Not built yet. Run: npm run build' : 'Page not found.';
  return new Response(hint, { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
