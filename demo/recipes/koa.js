// Koa 3
import { getRequestListener } from '@hono/node-server';
import Koa from 'koa';
import { voiceSession, voiceToken } from './voice.js';

const routes = {
  '/api/voice-token': getRequestListener(voiceToken),
  '/api/voice-session': getRequestListener(voiceSession),
};

const app = new Koa();
// Before a body parser: the handlers read the body themselves.
app.use(async (context, next) => {
  const listener = Object.hasOwn(routes, context.path) ? routes[context.path] : undefined;
  if (!listener) return next();
  context.respond = false;
  await listener(context.req, context.res);
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
