import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const VARIABLE = 'TEST_COUNTS_FILE';

/** Where a suite in a process of its own leaves its counts: a file, since its output is free text of many hands. */
export function countsFile(suite: string): { readonly env: NodeJS.ProcessEnv; take(): Counts | undefined } {
  const path = join(tmpdir(), `realtime-voice-${process.pid}-${suite}.json`);
  return {
    env: { [VARIABLE]: path },
    take() {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as Counts;
      } catch {
        return undefined;
      } finally {
        rmSync(path, { force: true });
      }
    },
  };
}

export function writeCounts(counts: Counts): void {
  const path = process.env[VARIABLE];
  if (path) writeFileSync(path, JSON.stringify(counts));
  else console.log(`${counts.passed} passed, ${counts.failed} failed`);
}
