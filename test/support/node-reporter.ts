import { relative } from 'node:path';
import { inspect } from 'node:util';
import { writeCounts } from './counts.js';

interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name: string;
    readonly file?: string;
    readonly message?: string;
    readonly nesting: number;
    readonly skip?: string | boolean;
    readonly details?: { readonly type?: string; readonly error?: Error & { readonly failureType?: string } };
  };
}

/** A reporter for node:test that speaks of failures and of what tests have to say themselves, and counts the rest. */
export default async function* nodeReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    const where = data.file ? relative(process.cwd(), data.file) : '';
    if (type === 'test:diagnostic' && data.file) yield `  ${where}: ${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = judge(type, data);
    if (outcome === undefined) continue;
    if (outcome === '') passed++;
    else {
      failed++;
      yield `\n✖ ${where}: ${data.name}\n${outcome.replace(/^/gm, '    ')}\n`;
    }
  }
  writeCounts({ passed, failed });
}

/** Why it failed, nothing if it passed, `undefined` if it does not count. */
function judge(type: string, { name, file, skip, details }: TestEvent['data']): string | undefined {
  if (skip) return undefined;
  const error = details?.error;
  if (type === 'test:pass') {
    // The runner takes a file without any test for a test which passed.
    if (file && isFile(name, file)) return 'The file ran no test.';
    return details?.type === 'suite' ? undefined : '';
  }
  // A suite fails with its tests, which have been counted.
  if (error?.failureType === 'subtestsFailed') return undefined;
  return inspect(error?.cause ?? error ?? 'failed');
}

const isFile = (name: string, file: string): boolean => name === file || file.endsWith(`/${name}`);
