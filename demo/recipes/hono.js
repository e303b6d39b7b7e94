// Hono on Node. On Deno and Bun, c.env tells the address too; on Workers it does not: see worker.js.
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { voiceSession, voiceToken } from './voice.js';

const app = new Hono();
app.all('/api/voice-token', (c) => voiceToken(c.req.raw, c.env));
app.all('/api/voice-session', (c) => voiceSession(c.req.raw, c.env));
app.use(serveStatic({ root: 'public' }));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
