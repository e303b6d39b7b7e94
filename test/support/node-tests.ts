import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { inspect, parseArgs } from 'node:util';
import { writeCounts } from './counts.js';
import { dealOut, writeLane } from './lane.js';
import { CRASH } from './server-process.js';

/**
 * Runs files of node:test in a few processes side by side; speaks of failures and of what tests have to say themselves,
 * and counts the rest. Node's own command line takes no reporter written in TypeScript.
 */
const { values, positionals } = parseArgs({
  options: {
    name: { type: 'string', default: 'lane' },
    lanes: { type: 'string', default: '1' },
    timeout: { type: 'string', default: '60000' },
    /** What fails beside other calls is run once more alone, and said: two cores are few for four calls with sound. */
    again: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

interface Outcome {
  passed: number;
  /** What went wrong, in words. */
  readonly failures: string[];
}

interface Results {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The native WebRTC module has brought a process down, and with it tests that had no part in it. */
  readonly crashed: boolean;
}

const { outcomes, crashed } = await runFiles(positionals, Number(values.lanes), values.name);
const results = new Map(outcomes);
const suffering = positionals.filter((file) => results.get(file)!.failures.length > 0);
if ((crashed || values.again) && suffering.length > 0) {
  for (const file of suffering) console.log(results.get(file)!.failures.join('\n'));
  console.log(`\n  ${crashed ? 'The native WebRTC module crashed. ' : ''}Once more, alone: ${suffering.join(', ')}`);
  for (const [file, outcome] of (await runFiles(suffering, 1, `${values.name}-again`)).outcomes)
    results.set(file, outcome);
}
const failures = [...results.values()].flatMap((outcome) => outcome.failures);
for (const failure of failures) console.log(failure);
writeCounts({ passed: [...results.values()].reduce((sum, { passed }) => sum + passed, 0), failed: failures.length });
process.exit(failures.length > 0 ? 1 : 0);

async function runFiles(files: readonly string[], count: number, name: string): Promise<Results> {
  const lanes = dealOut(files, count);
  const modules = lanes.map((lane, index) => resolve(writeLane(`${name}-${index + 1}`, lane, Number(values.timeout))));
  const done = new Map<string, Outcome>();
  let crashed = false;
  /** Of the file at hand: lanes report one after the other. */
  let current: Outcome = { passed: 0, failures: [] };

  for await (const { type, data } of run({ files: modules, concurrency: lanes.length })) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      process.stdout.write(data.message);
      crashed ||= data.message.includes(CRASH);
    }
    if (type === 'test:diagnostic' && data.file) console.log(`  ${relative('', data.file)}: ${data.message}`);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { file = '', skip, details } = data;
    const isSuite = details.type === 'suite';
    if (skip !== undefined) console.log(`  ${relative('', file)}: ${data.name}: skipped, ${skip}`);
    else if (type === 'test:pass' && !isSuite) current.passed++;
    else if (type === 'test:fail') {
      const error = details.error as Error & { failureType?: string; signal?: string };
      // How a process ends is no matter when all its files are through: the native WebRTC module may crash then.
      if (modules.includes(data.name)) {
        crashed ||= error.signal === 'SIGSEGV';
        continue;
      }
      // A suite fails with its tests, which have been counted.
      if (error.failureType !== 'subtestsFailed')
        current.failures.push(failure(file, data.name, inspect(error.cause ?? error)));
    }
    if (!isSuite || data.nesting > 0) continue;
    if (current.passed + current.failures.length === 0)
      current.failures.push(failure(data.name, 'the file', 'It ran no test.'));
    done.set(data.name, current);
    current = { passed: 0, failures: [] };
    if (process.env['TEST_SECONDS']) console.log(`  ${data.name}: ${(details.duration_ms / 1000).toFixed(1)} s`);
  }
  for (const file of files) {
    if (!done.has(file))
      done.set(file, { passed: 0, failures: [failure(file, 'the file', 'It was not run to its end.')] });
  }
  return { outcomes: done, crashed };
}

function failure(file: string, name: string, reason: string): string {
  const lines = reason.split('\n').filter((line) => !line.includes('node:internal/'));
  return `\n✖ ${relative('', file)}: ${name}\n${lines.map((line) => `    ${line}`).join('\n')}`;
}
