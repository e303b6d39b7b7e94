import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = 'test/report';
/**
 * The native WebRTC module can crash or hang while Node takes its environment down, long after every test has passed.
 * `process.exit` goes around that; the exit code set by the test runner stands.
 */
const GRACE_MS = 2000;

/** What the files that take long took when they were last measured (TEST_SECONDS=1), to deal them out evenly. */
const SECONDS: Readonly<Record<string, number>> = {
  'practice/call.': 33,
  'practice/live.': 29,
  'practice/live-backend': 19,
  'practice/typed-words': 10,
  'practice/transcription': 8,
  'practice/servers': 6,
  'e2e/recovery': 75,
  'e2e/failures': 70,
  'e2e/live': 50,
  'e2e/page-life': 40,
  'e2e/dialects': 80,
  'e2e/roll-over': 30,
  'e2e/microphone': 33,
  'e2e/network': 40,
  'e2e/looks': 50,
  'e2e/typing': 34,
  'e2e/limits': 23,
  'e2e/interruption': 30,
  'e2e/conversation': 25,
  'e2e/csp': 36,
  'e2e/quality': 18,
  'e2e/push-to-talk': 21,
  'e2e/transcription': 33,
  'e2e/stop': 16,
  'e2e/embedding': 26,
  'e2e/tools': 15,
  'e2e/devices': 18,
  'e2e/disorder': 13,
  'e2e/accessibility': 9,
  'e2e/keyboard': 13,
  'e2e/quiet': 2,
};

/**
 * Files of tests that run in one process, one after the other, so that they share what is slow to start: the compiler
 * and the browsers. Each is a suite of its own, whose hooks are its own.
 * @returns the module that runs them, each within the time limit, in milliseconds
 */
export function writeLane(name: string, files: readonly string[], timeout: number): string {
  const url = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);
  const suites = files.map(
    (file) => `describe(${JSON.stringify(file)}, { timeout: ${timeout} }, () => import(${url(file)}));`,
  );
  const module = `import { after, describe } from 'node:test';
import { closeSharedBrowsers } from ${url('test/support/shared-browsers.ts')};
process.once('beforeExit', () => process.exit());
after(async () => {
  await closeSharedBrowsers();
  setTimeout(() => process.exit(), ${GRACE_MS}).unref();
});
${suites.join('\n')}
`;
  const path = join(FOLDER, `${name}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, module);
  return path;
}

/** Deals files out so that the lanes end at about the same time. */
export function dealOut(files: readonly string[], count: number): string[][] {
  const cost = (file: string): number => Object.entries(SECONDS).find(([part]) => file.includes(part))?.[1] ?? 1;
  const lanes = Array.from({ length: count }, () => ({ files: [] as string[], total: 0 }));
  for (const file of [...files].sort((a, b) => cost(b) - cost(a))) {
    const lane = lanes.reduce((least, each) => (each.total < least.total ? each : least));
    lane.files.push(file);
    lane.total += cost(file);
  }
  return lanes.map((lane) => lane.files).filter((lane) => lane.length > 0);
}
