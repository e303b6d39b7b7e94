/** Serves the token handler as Deno passes requests to it. It prints its address. */
import { createTokenHandler } from 'realtime-voice/server';

const handler = createTokenHandler({
  apiKey: 'sk-the-key-of-the-site',
  baseUrl: Deno.args[0],
  session: { model: 'gpt-realtime' },
});
// The process that started this one is only a wrapper: to kill it would leave this one running.
const serve = (request, info) => (request.url.endsWith('/stop') ? Deno.exit() : handler(request, info));
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`) }, serve);
