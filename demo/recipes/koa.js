// Koa 3
import { createReadStream } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import Koa from 'koa';
import { voiceSession, voiceToken } from './voice.js';

const routes = {
  '/api/voice-token': getRequestListener(voiceToken),
  '/api/voice-session': getRequestListener(voiceSession),
};
// Leave this out if your app has a middleware for static files.
const files = {
  '/': ['public/index.html', 'html'],
  '/realtime-voice.min.js': ['public/realtime-voice.min.js', 'js'],
};

const app = new Koa();
// Before a body parser: the handlers read the body themselves.
app.use(async (context, next) => {
  const listener = Object.hasOwn(routes, context.path) ? routes[context.path] : undefined;
  if (!listener) return next();
  context.respond = false;
  await listener(context.req, context.res);
});
app.use((context) => {
  const [file, type] = Object.hasOwn(files, context.path) ? files[context.path] : [];
  if (!file) return;
  context.type = type;
  context.body = createReadStream(file);
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
