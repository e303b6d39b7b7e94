/** Runs under Deno: every hostile case, side by side; the last line holds the results as JSON. */
import { keepLog } from './bench.js';
import { HOSTILE_CASES, runCase } from './table.js';

keepLog();
const results = await Promise.all(
  HOSTILE_CASES.map(async (hostile) => {
    try {
      await runCase(hostile);
      return [hostile.name, null] as const;
    } catch (error) {
      return [hostile.name, error instanceof Error ? (error.stack ?? error.message) : String(error)] as const;
    }
  }),
);
console.log(JSON.stringify(Object.fromEntries(results)));
