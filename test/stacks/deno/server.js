import { createTokenHandler } from 'realtime-voice/server';
// A server renderer imports the element, too.
import 'realtime-voice';

const voiceToken = createTokenHandler({
  apiKey: Deno.env.get('OPENAI_API_KEY'),
  baseUrl: Deno.env.get('OPENAI_BASE_URL'),
  session: { model: 'gpt-realtime' },
});
Deno.serve(
  { port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`) },
  voiceToken,
);
