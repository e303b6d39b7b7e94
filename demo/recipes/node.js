// Node
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { voiceSession, voiceToken } from './voice.js';

// The adapter turns Node's request into a web-standard one, with the address of the connection.
const endpoints = {
  '/api/voice-token': getRequestListener(voiceToken),
  '/api/voice-session': getRequestListener(voiceSession),
};
const files = {
  '/': ['public/index.html', 'text/html; charset=utf-8'],
  '/realtime-voice.min.js': ['public/realtime-voice.min.js', 'text/javascript; charset=utf-8'],
};

const server = createServer((request, response) => {
  const [path] = request.url.split('?');
  if (Object.hasOwn(endpoints, path)) return endpoints[path](request, response);
  if (!Object.hasOwn(files, path)) return response.writeHead(404).end();
  const [file, type] = files[path];
  response.setHeader('Content-Type', type);
  createReadStream(file)
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
});
server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
