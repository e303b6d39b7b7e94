import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { machine, versionOf } from './report/machine.js';
import { table, writePart } from './report/results.js';
import { summary } from './report/statistics.js';

/**
 * Measures how many requests a second the token endpoint answers, beside a bare one that asks the same upstream server:
 * npm run bench -- token-handler [--rounds 6] [--seconds 2]
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '6' }, seconds: { type: 'string', default: '2' } },
});
const rounds = Number(values.rounds);
const duration = Number(values.seconds);
const DEMAND = 0.7;
const KINDS = [
  ['bare', 'a bare handler'],
  ['handler', '`createTokenHandler`'],
  ['anonymous', '`createTokenHandler` with `safetyIdentifier: false`'],
  ['node', 'a bare handler without the adapter'],
] as const;

const upstream = await start('upstream');
const servers = await Promise.all(KINDS.map(([kind]) => start(kind, upstream.url)));
try {
  const rates = KINDS.map((): number[] => []);
  // The first round is not counted: the servers compile their code then.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { url }] of servers.entries()) {
      const rate = await requestsPerSecond(url);
      if (round > 0) rates[index]!.push(rate);
    }
  }
  const summaries = rates.map(summary);
  const base = summaries[0]!.median;
  const rows = summaries.map(({ median, low, high }, index) => [
    KINDS[index]![1],
    ...[median.toFixed(0), `${low.toFixed(0)}–${high.toFixed(0)}`, (median / base).toFixed(2)],
  ]);
  const report = table(['', 'requests a second: median', 'half of all', 'ratio'], rows);
  console.log(report);
  const ratio = summaries[1]!.median / base;
  await writePart(
    'token-handler',
    `### The token endpoint

Requests a second, ${rounds} times ${duration} s each in turn, with 10 connections. Upstream server, endpoint and load
generator have a process each; the upstream server answers at once. The bare handler calls it with \`fetch\` and returns
the secret, behind the same adapter from Node to web requests; it checks nothing. The handler has its defaults, with the
visitor's address, but without the limit, which would refuse these requests. The demand is a ratio of ${DEMAND}:
${ratio >= DEMAND ? 'met' : '**not met**'}. ${machine(versionOf('autocannon'), versionOf('@hono/node-server'))}

${report}`,
  );
} finally {
  await Promise.all([...servers, upstream].map((server) => server.stop()));
}

function start(role: string, ...args: readonly string[]): Promise<ServerProcess> {
  const run = ['--import', 'tsx', 'test/bench/token-handler/server.ts', role, ...args];
  return startServer({ name: role, run, address: (line) => /^http:\S+$/.exec(line)?.[0] });
}

async function requestsPerSecond(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: url };
  const { requests, non2xx, errors } = await autocannon({ url, method: 'POST', headers, body: '{}', duration });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers of another status, ${errors} errors`);
  return requests.average;
}
