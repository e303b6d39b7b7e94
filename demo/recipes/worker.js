// Cloudflare Workers, and other hosts of `export default { fetch }`. They pass the key with the request.
import { createSessionHandler, createTokenHandler } from 'realtime-voice/server';

let routes;

export default {
  async fetch(request, env) {
    routes ??= createRoutes(env);
    const handler = routes[new URL(request.url).pathname];
    if (!handler) return new Response('Not found', { status: 404 });
    // Set by Cloudflare itself. On another host, use the header that this host sets.
    return handler(request, { address: request.headers.get('CF-Connecting-IP') });
  },
};

function createRoutes({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl }) {
  const session = {
    model: 'gpt-realtime-2.1',
    instructions: 'You are the friendly assistant of a bicycle shop. Be brief.',
    audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
  };
  const options = { apiKey, baseUrl, session };
  return { '/api/voice-token': createTokenHandler(options), '/api/voice-session': createSessionHandler(options) };
}
