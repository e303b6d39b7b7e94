import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
  readonly url: string;
  /** Everything it wrote so far, for messages and for tests that search logs. */
  output(): string;
  /** Ends it at once, as a crash would. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  /** The TypeScript file to run, from the project's root. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Reads the address out of one line of its output. */
  readonly address: (line: string) => string | undefined;
}

/** How a server that its native WebRTC module brought down is told from one that gave up. */
export const CRASH = 'ended by itself (SIGSEGV)';

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const SPEAKS_WITHIN_MS = 10_000;

class Silent extends Error {}

/**
 * Starts a server of the project in a process of its own and waits until it says where it listens. On a busy machine
 * a process of Node with a loader of TypeScript can hang before its first line: one that says nothing is started anew.
 */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  try {
    return await start(command);
  } catch (error) {
    if (!(error instanceof Silent)) throw error;
    return start(command);
  }
}

async function start({ script, args = [], env, address }: ServerCommand): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stopping = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    // What a test sees of it are refused connections.
    if (!stopping) console.error(`${script} ended by itself (${signal ?? code}):\n${output}`);
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const silent = `${script} did not say where it listens within ${SPEAKS_WITHIN_MS / 1000} s`;
    const timer = setTimeout(() => {
      stopping = true;
      end(new Silent(`${silent}:\n${output}`));
    }, SPEAKS_WITHIN_MS);
    const end = (error: Error): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(error);
    };
    const fail = (why: string): void => end(new Error(`${script} ${why}:\n${output}`));
    let seen = 0;
    const read = (chunk: Buffer): void => {
      output += chunk;
      const whole = output.lastIndexOf('\n') + 1;
      const found = output.slice(seen, whole).split('\n').map(address).find(Boolean);
      seen = whole;
      if (found) {
        clearTimeout(timer);
        resolve(found);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`ended (${signal ?? code})`));
  });
  return {
    url,
    output: () => output,
    stop: async () => {
      stopping = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
