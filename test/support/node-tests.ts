import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { inspect, parseArgs } from 'node:util';
import { writeCounts } from './counts.js';
import { dealOut, writeLane } from './lane.js';

/**
 * Runs files of node:test in a few processes side by side; speaks of failures and of what tests have to say themselves,
 * and counts the rest. Node's own command line takes no reporter written in TypeScript.
 */
const { values, positionals } = parseArgs({
  options: { name: { type: 'string', default: 'lane' }, lanes: { type: 'string', default: '1' }, timeout: { type: 'string', default: '60000' } },
  allowPositionals: true,
});
const lanes = dealOut(positionals, Number(values.lanes));
const modules = lanes.map((files, index) => resolve(writeLane(`${values.name}-${index + 1}`, files, Number(values.timeout))));
let passed = 0;
let failed = 0;
/** Tests of the file at hand: lanes report one after the other. */
let seen = 0;
const unreported = new Set(positionals);

for await (const { type, data } of run({ files: modules, concurrency: lanes.length })) {
  if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
  if (type === 'test:diagnostic' && data.file) console.log(`  ${relative('', data.file)}: ${data.message}`);
  if (type !== 'test:pass' && type !== 'test:fail') continue;
  const { name, file = '', skip, details } = data;
  const isSuite = details.type === 'suite';
  if (skip !== undefined) console.log(`  ${relative('', file)}: ${name}: skipped, ${skip}`);
  else if (type === 'test:pass' && !isSuite) passed++;
  else if (type === 'test:fail') {
    const error = details.error as Error & { failureType?: string };
    // How a process ends is no matter when all its files are through: the native WebRTC module may crash then.
    if (modules.includes(name)) continue;
    // A suite fails with its tests, which have been counted.
    if (error.failureType !== 'subtestsFailed') fail(file, name, inspect(error.cause ?? error));
  }
  if (!isSuite) seen++;
  if (!isSuite || data.nesting > 0) continue;
  unreported.delete(name);
  if (seen === 0) fail(name, 'the file', 'It ran no test.');
  seen = 0;
  if (process.env['TEST_SECONDS']) console.log(`  ${name}: ${(details.duration_ms / 1000).toFixed(1)} s`);
}
for (const file of unreported) fail(file, 'the file', 'It was not run to its end.');
writeCounts({ passed, failed });
process.exit(failed > 0 ? 1 : 0);

function fail(file = '', name: string, reason: string): void {
  failed++;
  const lines = reason.split('\n').filter((line) => !line.includes('node:internal/'));
  console.log(`\n✖ ${relative('', file)}: ${name}\n${lines.map((line) => `    ${line}`).join('\n')}`);
}
