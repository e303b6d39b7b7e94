import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SECRET_ANSWER, startUpstream } from '../server/upstream-server.js';
import { startRedis } from '../support/redis-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { tokenLoad, type Load } from './reference-server/token-load.js';
import { machine, versionOf } from './report/machine.js';
import { table, writePart } from './report/results.js';

/**
 * Sends 200 token requests a second to the reference server: to one process without Redis, and to two with Redis, which
 * is killed and started again meanwhile: npm run bench -- reference-server [--seconds 60]
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
const RATE = 200;
const SERVICE_MS = 100;
/** Redis is away between these shares of the time. */
const AWAY = [0.25, 0.75] as const;
/** Used up in a sixth of the time, and in a third by the memories of both processes. */
const LIMIT = Math.round((RATE * seconds) / 6);
/** In the first Redis, in the memory of each process, and in the second Redis. */
const MOST = 4 * LIMIT;

const upstream = await startUpstream();
upstream.answer((response, received) => {
  setTimeout(() => SECRET_ANSWER(response, received), SERVICE_MS);
  upstream.received.length = 0;
});
const redis = await startRedis();
const servers: ServerProcess[] = [];
try {
  const alone = [await start({ LIMIT_PER_SITE: '100000', REDIS_URL: '' })];
  const calm = await tokenLoad({ urls: alone.map(({ url }) => url), rate: RATE, seconds });

  const shared = { LIMIT_PER_SITE: String(LIMIT), REDIS_URL: redis.url };
  const both = [await start(shared), await start(shared)];
  const [storm] = await Promise.all([
    tokenLoad({ urls: both.map(({ url }) => url), rate: RATE, seconds }),
    restartRedis(),
  ]);
  const begin = AWAY.map((share) => share * seconds * 1000);
  const phases = [
    ['while Redis is up', (at: number) => at < begin[0]!],
    ['while Redis is away', (at: number) => at >= begin[0]! && at < begin[1]!],
    ['when Redis is back', (at: number) => at >= begin[1]!],
  ] as const;
  const part = (chosen: (at: number) => boolean): Load => ({
    answers: storm.answers.filter(({ at }) => chosen(at)),
    failed: 0,
  });

  const allowed = count(storm, 200);
  /** A machine that is too slow would be measured at another rate. */
  const fewest = 0.99 * RATE * seconds;
  const problems = [
    ...[calm, storm].flatMap(({ answers }) =>
      answers.length < fewest ? [`only ${answers.length} requests were answered, not ${RATE * seconds}`] : [],
    ),
    ...[calm, storm].flatMap(({ answers, failed }) => [
      ...(failed > 0 ? [`${failed} requests without an answer`] : []),
      ...(answers.some(({ status }) => status !== 200 && status !== 429) ? ['an answer of another status'] : []),
    ]),
    ...(count(calm, 200) < calm.answers.length ? ['a request was refused that is below all limits'] : []),
    ...(allowed > MOST ? [`${allowed} requests were allowed, and at most ${MOST} may be`] : []),
    ...phases.flatMap(([when, chosen]) => {
      const { answers } = part(chosen);
      const statuses = new Set(answers.map(({ status }) => status));
      return statuses.size < 2 ? [`${when}: the limit was not reached, or nothing was allowed`] : [];
    }),
    ...(both.every((server) => /is away/.test(server.output()) && /is back/.test(server.output()))
      ? []
      : ['a server did not notice that Redis was away']),
  ];
  const head = ['', 'requests', 'with a secret', 'refused (429)', 'other', 'p50', 'p99', 'longest'];
  const report = table(head, [
    row('one process, no Redis', calm),
    row('two processes with Redis', storm),
    ...phases.map(([when, chosen]) => row(when, part(chosen))),
  ]);
  console.log(report);
  await writePart(
    'reference-server',
    `### The reference server under load

${RATE} token requests a second for ${seconds} s at [demo/reference](../../demo/reference). The service takes
${SERVICE_MS} ms, which is contained in the times; those are of requests that were answered with a secret. With Redis,
all processes together allow ${LIMIT} requests a minute. Redis is killed after a quarter of the time, and started again,
empty, after three quarters: ${LIMIT} requests may be allowed in each Redis, and as many by each process alone. So at
most ${MOST} may be allowed; ${allowed} were. The demand is: at least 99 % of
${RATE * seconds} requests, nothing but 200 and 429, no request without an answer, and
no more than allowed: ${problems.length === 0 ? 'met' : `**not met**: ${problems.join('; ')}`}.
${machine(versionOf('autocannon'), versionOf('ioredis'))}

${report}`,
  );
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await Promise.all([...servers, redis, upstream].map((one) => ('close' in one ? one.close() : one.stop())));
}

async function start(env: Record<string, string>): Promise<ServerProcess> {
  const server = await startServer({
    name: 'The reference server',
    run: ['demo/reference/server.js'],
    env: {
      ...{ PORT: '0', OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: upstream.url },
      ...{ LIMIT_PER_ADDRESS: '100000', MOST_CALLS_A_DAY: '10000000', TOKEN_ENDPOINT: '1', ...env },
    },
    address: (line) => /^http:\S+$/.exec(line)?.[0],
  });
  servers.push(server);
  return server;
}

async function restartRedis(): Promise<void> {
  await delay(AWAY[0] * seconds * 1000);
  await redis.stop();
  await delay((AWAY[1] - AWAY[0]) * seconds * 1000);
  await redis.start();
}

function count({ answers }: Load, wanted: number): number {
  return answers.filter(({ status }) => status === wanted).length;
}

function row(name: string, load: Load): string[] {
  const { answers, failed } = load;
  const [allowed, refused] = [count(load, 200), count(load, 429)];
  const times = answers.flatMap(({ status, ms }) => (status === 200 ? [ms] : [])).sort((a, b) => a - b);
  const at = (share: number): string => `${Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)} ms`;
  const other = answers.length - allowed - refused + failed;
  return [name, ...[answers.length + failed, allowed, refused, other].map(String), at(0.5), at(0.99), at(1)];
}
