import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect, parseArgs } from 'node:util';
import { writeCounts } from './counts.js';

/**
 * Runs files of node:test, each in a process of its own; speaks of failures and of what tests have to say themselves,
 * and counts the rest. Node's own command line takes no reporter written in TypeScript.
 */
const { values, positionals } = parseArgs({
  options: { concurrency: { type: 'string', default: '1' }, timeout: { type: 'string', default: '60000' } },
  allowPositionals: true,
});
let passed = 0;
let failed = 0;

for await (const { type, data } of run({
  files: positionals,
  concurrency: Number(values.concurrency),
  timeout: Number(values.timeout),
})) {
  if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
  if (type === 'test:diagnostic' && data.file) console.log(`  ${relative('', data.file)}: ${data.message}`);
  if (type === 'test:pass') {
    const { name, file = '', skip, details } = data;
    if (skip !== undefined) console.log(`  ${relative('', file)}: ${name}: skipped, ${skip}`);
    // The runner takes a file without any test for a test which passed.
    else if (file.endsWith(name)) fail(file, name, 'The file ran no test.');
    else if (details.type !== 'suite') passed++;
  }
  if (type === 'test:fail') {
    const error = data.details.error as Error & { failureType?: string };
    // A suite fails with its tests, which have been counted.
    if (error.failureType !== 'subtestsFailed') fail(data.file, data.name, inspect(error.cause ?? error));
  }
}
writeCounts({ passed, failed });
process.exit(failed > 0 ? 1 : 0);

function fail(file = '', name: string, reason: string): void {
  failed++;
  const lines = reason.split('\n').filter((line) => !line.includes('node:internal/'));
  console.log(`\n✖ ${relative('', file)}: ${name}\n${lines.map((line) => `    ${line}`).join('\n')}`);
}
