// Express 5
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { voiceSession, voiceToken } from './voice.js';

const app = express();
// Express gives Node's request; the handlers take a web-standard one, and the address of the connection.
// Before express.json() and its like: the handlers read the body themselves.
app.all('/api/voice-token', getRequestListener(voiceToken));
app.all('/api/voice-session', getRequestListener(voiceSession));
app.use(express.json());
app.use(express.static('public'));

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
