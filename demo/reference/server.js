// A server as a site would run it. Everything is set by the environment: see settings.js.
import { serve } from '@hono/node-server';
import { settings } from './settings.js';
import { createSite } from './site.js';
import { createVoice } from './voice.js';

/** Requests end within some 20 seconds. What takes longer is cut off. */
const STOP_LIMIT_MS = 25_000;

let isStopping = false;
const { host: hostname, port, ...options } = settings;
const voice = createVoice(options);
const site = createSite({ voice, isStopping: () => isStopping });
const server = serve({ fetch: site.fetch, hostname, port }, (address) => {
  console.log(`http://${hostname}:${address.port}`);
});

function stop() {
  if (isStopping) return;
  isStopping = true;
  console.log('Stopping: requests that have begun are answered, calls go to the other servers.');
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  server.close(async () => {
    await voice.close();
    process.exit(0);
  });
  server.closeIdleConnections();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
