import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createTokenHandler } from 'realtime-voice/server';
// A server renderer imports the element, too.
import 'realtime-voice';

const voiceToken = createTokenHandler({
  apiKey: process.env.OPENAI_API_KEY,
  baseUrl: process.env.OPENAI_BASE_URL,
  session: { model: 'gpt-realtime' },
});
const server = createServer(
  getRequestListener((request, { incoming }) => voiceToken(request, { address: incoming.socket.remoteAddress })),
);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
