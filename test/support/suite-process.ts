import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

const groups = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all([...groups].map(stop));
    process.exit(1);
  });
}

/** Runs a suite in a process group of its own, so that whatever it leaves running ends with it. */
export async function runProcess(args: readonly string[], env: NodeJS.ProcessEnv, limitMs: number): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const group = child.pid!;
  groups.add(group);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  let stopping: Promise<void> | undefined;
  const timer = setTimeout(() => (stopping = stop(group)), limitMs);
  const closed = once(child, 'close');
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  await stopping;
  signalGroup(group, 'SIGKILL');
  // The last of the output may still be on its way; something outside the group could keep the pipe open for ever.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
  groups.delete(group);
  return { code, output, timedOut: stopping !== undefined };
}

/** Asks first: browsers live in groups of their own and end when their launcher is asked to, not when it is killed. */
async function stop(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  signalGroup(group, 'SIGKILL');
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended by itself.
  }
}
