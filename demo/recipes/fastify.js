// Fastify 5
import { createReadStream } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import Fastify from 'fastify';
import { voiceSession, voiceToken } from './voice.js';

const app = Fastify();

// A scope of its own: the parsers of your other routes stay as they are.
app.register(async (voice) => {
  // Fastify refuses application/sdp with 415, and reads JSON itself. Here the handlers read the body.
  voice.removeAllContentTypeParsers();
  voice.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const mount = (url, handler) => {
    const listener = getRequestListener(handler);
    voice.route({
      method: ['GET', 'POST', 'DELETE', 'OPTIONS'],
      url,
      handler: (request, reply) => {
        reply.hijack();
        return listener(request.raw, reply.raw);
      },
    });
  };
  mount('/api/voice-token', voiceToken);
  mount('/api/voice-session', voiceSession);
});

// Leave this out if your app has a plugin for static files.
const serveFile = (url, file, type) => app.get(url, (_request, reply) => reply.type(type).send(createReadStream(file)));
serveFile('/', 'public/index.html', 'text/html');
serveFile('/realtime-voice.min.js', 'public/realtime-voice.min.js', 'text/javascript');

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
