// Hono on Node
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { voiceSession, voiceToken } from './voice.js';

const app = new Hono();
app.all('/api/voice-token', (c) => voiceToken(c.req.raw, { address: getConnInfo(c).remote.address }));
app.all('/api/voice-session', (c) => voiceSession(c.req.raw, { address: getConnInfo(c).remote.address }));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
