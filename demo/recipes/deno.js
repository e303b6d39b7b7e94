// Deno
import { voiceSession, voiceToken } from './voice.js';

const endpoints = { '/api/voice-token': voiceToken, '/api/voice-session': voiceSession };
const files = {
  '/': ['public/index.html', 'text/html; charset=utf-8'],
  '/realtime-voice.min.js': ['public/realtime-voice.min.js', 'text/javascript; charset=utf-8'],
};

async function serve(request, info) {
  const { pathname } = new URL(request.url);
  // `info` tells the handlers the address of the connection.
  if (Object.hasOwn(endpoints, pathname)) return endpoints[pathname](request, info);
  if (!Object.hasOwn(files, pathname)) return new Response('Not found', { status: 404 });
  const [file, type] = files[pathname];
  return new Response(await Deno.readFile(file), { headers: { 'Content-Type': type } });
}

const port = Number(Deno.env.get('PORT') ?? 3000);
const onListen = (address) => console.log(`http://127.0.0.1:${address.port}`);
Deno.serve({ hostname: '127.0.0.1', port, onListen }, serve);
