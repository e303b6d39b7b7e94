import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Processes {
  /** Processes that wait for a call. */
  warm: number[];
  /** The process of each running call. */
  calls: Record<string, number>;
}

const LIMIT_MS = 10_000;

export async function processesOf(url: string): Promise<Processes> {
  return (await (await fetch(`${url}/practice/processes`)).json()) as Processes;
}

/** Resolves with the processes as soon as they fulfil the condition. */
export async function untilProcesses(
  url: string,
  what: string,
  condition: (processes: Processes) => boolean,
): Promise<Processes> {
  let processes = await processesOf(url);
  await until(what, async () => condition((processes = await processesOf(url))));
  return processes;
}

export function untilGone(pids: readonly number[]): Promise<void> {
  return until(`the processes ${pids.join()} are gone`, async () => (await alive(pids)).length === 0);
}

/** Those of the processes that still run. A process that has ended but was not waited for (a zombie) does not. */
export async function alive(pids: readonly number[]): Promise<number[]> {
  const states = await Promise.all(
    // `ps` fails for a process that does not exist.
    pids.map((pid) => promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => undefined)),
  );
  return pids.filter((_, index) => states[index] && !states[index].stdout.startsWith('Z'));
}

/** Processes tell nobody but their parent that they end, so they are asked for. */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await delay(50);
  }
}
