// h3 2, as a server of its own. In a Nuxt project, each route is a file that exports its handler: see nuxt.js.
import { readFile } from 'node:fs/promises';
import { H3, serve } from 'h3';
import { voiceSession, voiceToken } from './voice.js';

const app = new H3();
app.all('/api/voice-token', (event) => voiceToken(event.req, { address: event.req.ip }));
app.all('/api/voice-session', (event) => voiceSession(event.req, { address: event.req.ip }));
// Leave this out if your app serves static files.
const serveFile = (url, file, type) =>
  app.get(url, async () => new Response(await readFile(file), { headers: { 'Content-Type': type } }));
serveFile('/', 'public/index.html', 'text/html; charset=utf-8');
serveFile('/realtime-voice.min.js', 'public/realtime-voice.min.js', 'text/javascript; charset=utf-8');

const server = serve(app, { port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1', silent: true });
await server.ready();
console.log(server.url);
