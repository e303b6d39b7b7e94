/** Serves the recipe for Workers under Deno. It prints its address. */
import worker from '../../demo/recipes/worker.js';

const env = { OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: Deno.args[0] };

function serve(request) {
  // The process that started this one is only a wrapper: to kill it would leave this one running.
  if (new URL(request.url).pathname === '/stop') Deno.exit();
  return worker.fetch(request, env);
}

const onListen = ({ port }) => console.log(`http://127.0.0.1:${port}`);
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen }, serve);
