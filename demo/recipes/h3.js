// h3 2, the server of Nitro 3. In a Nitro or Nuxt project, each route is a file that exports its handler.
import { H3, serve } from 'h3';
import { voiceSession, voiceToken } from './voice.js';

const app = new H3();
app.all('/api/voice-token', (event) => voiceToken(event.req, { address: event.req.ip }));
app.all('/api/voice-session', (event) => voiceSession(event.req, { address: event.req.ip }));

const server = serve(app, { port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1', silent: true });
await server.ready();
console.log(server.url);
