/** Runs all hostile cases under Deno. The last line of the output holds the results as JSON: null, or the error. */
import { keepLog, type HostileCase } from './bench.js';
import { HOSTILE_CASES, runCase } from './table.js';

const results: Record<string, string | null> = {};

async function run(hostile: HostileCase): Promise<void> {
  try {
    await runCase(hostile);
    results[hostile.name] = null;
  } catch (error) {
    results[hostile.name] = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

keepLog();
await Promise.all(HOSTILE_CASES.filter(({ waits }) => waits).map(run));
for (const hostile of HOSTILE_CASES.filter(({ waits }) => !waits)) await run(hostile);
console.log(JSON.stringify(results));
