import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { NONCE, secureHeaders } from 'hono/secure-headers';

const SCRIPT = readFileSync(fileURLToPath(import.meta.resolve('realtime-voice/dist/realtime-voice.min.js')));
const SCRIPT_HEADERS = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // A script with `integrity` or `type="module"` needs it.
  'Access-Control-Allow-Origin': '*',
};

/** The website: a page, the element's file, the endpoints and the health route. */
export function createSite({ voice, isStopping }) {
  const site = new Hono();
  // Before the headers below: they keep files from the pages of other sites, which may load this one.
  site.get('/realtime-voice.min.js', (c) => c.body(SCRIPT, 200, SCRIPT_HEADERS));

  const none = ["'none'"];
  site.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        scriptSrc: [NONCE],
        styleSrc: ["'self'"],
        // The page uses session-url. With token-url, add the origin of the service.
        connectSrc: ["'self'"],
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
      permissionsPolicy: { microphone: ['self'], camera: [], geolocation: [] },
      referrerPolicy: 'no-referrer',
    }),
  );

  // For the load balancer: a server that stops gets no new visitors.
  site.get('/health', (c) => c.json({ status: isStopping() ? 'stopping' : 'ok' }, isStopping() ? 503 : 200));

  const { token } = voice;
  if (token) site.all('/api/voice-token', (c) => token(c.req.raw, c.env));
  site.all('/api/voice-session', (c) => voice.session(c.req.raw, c.env));

  site.get('/', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(page(c.get('secureHeadersNonce')));
  });
  return site;
}

function page(nonce) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Voice assistant</title>
    <script type="module" nonce="${nonce}" src="/realtime-voice.min.js"></script>
  </head>
  <body>
    <realtime-voice session-url="/api/voice-session"></realtime-voice>
  </body>
</html>
`;
}
