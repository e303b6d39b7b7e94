// A server as a site would run it. Everything is set by the environment: see settings.js.
import { serve } from '@hono/node-server';
import { settings } from './settings.js';
import { createSite } from './site.js';
import { createVoice } from './voice.js';

/** Requests end within some 20 seconds. What takes longer is cut off. */
const STOP_LIMIT_MS = 20_000;

let isStopping = false;
/** Whether new connections are refused. */
let isClosing = false;
/** Requests that have no answer yet. */
let pending = 0;
const { host: hostname, port, stopDelaySeconds, ...options } = settings;
const voice = createVoice(options);
const site = createSite({ voice, isStopping: () => isStopping });
const server = serve({ fetch: site.fetch, hostname, port }, (address) => {
  console.log(`http://${hostname}:${address.port}`);
});

server.on('request', (_, response) => {
  pending++;
  response.once('close', () => {
    pending--;
    closeUnused();
  });
});

/** Also connections that browsers open ahead and never use: the server would wait for them. */
function closeUnused() {
  if (isClosing && pending === 0) server.closeAllConnections();
}

/** Goes on for a moment, so that the load balancer asks the health route and sends its visitors elsewhere. */
function stop() {
  if (isStopping) return;
  isStopping = true;
  console.log(`Stopping: in ${stopDelaySeconds} s there are no new connections.`);
  setTimeout(refuse, stopDelaySeconds * 1000);
}

function refuse() {
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  server.close(async () => {
    await voice.close();
    process.exit(0);
  });
  isClosing = true;
  server.closeIdleConnections();
  closeUnused();
  console.log('No new connections: requests that have begun are answered, calls go to the other servers.');
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
