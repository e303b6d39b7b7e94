import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = 'test/report';
/** A process that still runs this long after its last test is ended. */
const GRACE_MS = 2000;

export interface LaneOptions {
  /** The time limit of each file, in milliseconds. */
  readonly limitMs: number;
  /** Whether its tests may use the shared browsers, which are closed at the end. Their driver is slow to load. */
  readonly browsers: boolean;
}

/**
 * Writes a module that runs several test files in one process, one after the other: they share the compiler and the
 * browsers, which are slow to start. Each file is a `describe` with hooks of its own.
 * @returns the path of the module
 */
export function writeLane(name: string, files: readonly string[], { limitMs, browsers }: LaneOptions): string {
  const url = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);
  const suites = files.map((file) => `  await add(${JSON.stringify(file)}, () => import(${url(file)}));`);
  // The native WebRTC module can crash or hang while Node tears down its environment. `process.exit` avoids that, and
  // keeps the exit code that the test runner has set.
  const closeBrowsers = `
  const { closeSharedBrowsers } = await import(${url('test/support/shared-browsers.ts')});
  await closeSharedBrowsers();`;
  // One after the other. Of two files that are loaded at the same time, one may run as part of the other's `describe`:
  // when a module that both import awaits something, whoever has imported it first goes on with both.
  // No test runs before all files are loaded: to compile them holds up everything in the process, for seconds.
  const module = `import { after, describe } from 'node:test';
const add = (file, load) => new Promise((added) => {
  describe(file, { timeout: ${limitMs} }, () => {
    const loaded = load();
    loaded.then(added, added);
    return loaded;
  });
});
process.once('beforeExit', () => process.exit());
after(async () => {${browsers ? closeBrowsers : ''}
  setTimeout(() => process.exit(), ${GRACE_MS}).unref();
});
describe('all files', async () => {
${suites.join('\n')}
});
`;
  const path = join(FOLDER, `${name}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, module);
  return resolve(path);
}

/** Spreads files over processes. The size of a file stands for the time it takes: both grow with its tests. */
export function dealOut(files: readonly string[], processes: number): string[][] {
  const size = (file: string): number => statSync(file).size;
  const lanes = Array.from({ length: processes }, () => ({ files: [] as string[], size: 0 }));
  for (const file of files.toSorted((a, b) => size(b) - size(a))) {
    const lane = lanes.reduce((least, each) => (each.size < least.size ? each : least));
    lane.files.push(file);
    lane.size += size(file);
  }
  return lanes.map((lane) => lane.files).filter((lane) => lane.length > 0);
}
