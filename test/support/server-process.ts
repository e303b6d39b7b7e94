import { once } from 'node:events';
import { killChild, startChild } from './child-process.js';

export interface ServerProcess {
  readonly url: string;
  /** All output so far. */
  output(): string;
  /** Kills it, like a crash. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  /** What the server is called in messages. */
  readonly name: string;
  /** Default: Node. */
  readonly program?: string;
  /** The arguments. For Node: a program and its own arguments. */
  readonly run: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The folder that it runs in. Default: that of the project. */
  readonly cwd?: string;
  /** Within how many milliseconds it prints its address; default 30,000. */
  readonly limitMs?: number;
  /** Reads the address from a line of the output. */
  readonly address: (line: string) => string | undefined;
}

/** What is printed when the native WebRTC module has crashed a server. */
export const CRASH = 'ended by itself (SIGSEGV)';

const START_LIMIT_MS = 30_000;

/** Starts a server in a process of its own. Resolves when it has printed its address. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const { name, program = process.execPath, run, env, cwd, limitMs = START_LIMIT_MS, address } = command;
  const child = startChild(program, run, {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stopping = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    // The tests themselves only see refused connections.
    if (!stopping) console.error(`${name} ended by itself (${signal ?? code}):\n${output}`);
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      killChild(child);
      reject(new Error(`${name} ${why}:\n${output}`));
    };
    const timer = setTimeout(() => {
      stopping = true;
      fail(`did not print its address within ${limitMs / 1000} s`);
    }, limitMs);
    let seen = 0;
    const read = (chunk: Buffer): void => {
      output += chunk;
      const whole = output.lastIndexOf('\n') + 1;
      const found = output.slice(seen, whole).split('\n').map(address).find(Boolean);
      seen = whole;
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`ended (${signal ?? code})`));
  });
  return {
    url,
    output: () => output,
    stop: async () => {
      stopping = true;
      killChild(child);
      await ended;
    },
  };
}
