/**
 * 200 token requests a second for 60 s at the reference server: npx tsx test/bench/reference-load.ts [seconds]
 * With REDIS_URL set, the server counts in Redis. It needs a build.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { SECRET_ANSWER, startUpstream } from '../server/upstream-server.js';

const RATE = 200;
const seconds = Number(process.argv[2] ?? 60);

const upstream = await startUpstream();
// An answer of the service takes a while.
upstream.answer((response, received) => {
  setTimeout(() => SECRET_ANSWER(response, received), 100);
  upstream.received.length = 0;
});
const unlimited = { LIMIT_PER_ADDRESS: '100000', LIMIT_PER_SITE: '100000', MOST_CALLS_A_DAY: '10000000' };
const own = { PORT: '0', OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: upstream.url };
const server = spawn(process.execPath, ['demo/reference/server.js'], {
  env: { ...process.env, ...own, ...unlimited },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(server.stdout, 'data')) as [Buffer];
const url = String(line).trim().split('\n')[0]!;

const result = await autocannon({
  url: `${url}/api/voice-token`,
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Origin: url },
  body: '{}',
  connections: 50,
  overallRate: RATE,
  // Otherwise invented times are added to those that were measured.
  ignoreCoordinatedOmission: true,
  duration: seconds,
});
const { p50, p99, max } = result.latency;
console.log(
  `${result.requests.total} requests in ${result.duration} s, ${result['2xx']} answered with 200, ` +
    `${result.non2xx} with an error, ${result.errors} failed (${result.timeouts} timeouts); ` +
    `p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms, of which the service takes 100 ms`,
);
server.kill('SIGTERM');
await once(server, 'exit');
await upstream.close();
process.exit(result.non2xx === 0 && result.errors === 0 ? 0 : 1);
