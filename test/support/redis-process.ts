import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { tmpdir } from 'node:os';
import { redisPath } from './browser-binaries.js';
import { killChild, startChild } from './child-process.js';
import { freePort } from './free-port.js';

/** A real Redis on this machine, without a disk. */
export interface RedisProcess {
  readonly url: string;
  /** Kills it, like a crash: all data is lost. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** It keeps its connections, and answers nothing. */
  pause(): void;
  resume(): void;
}

/** Why tests with Redis are skipped; undefined if it is installed. */
export const redisIsMissing = (): string | undefined =>
  redisPath() ? undefined : 'redis-server is not installed (Debian package redis-server)';

/** A test that is skipped where Redis is missing, with the reason. */
export const withRedis =
  (run: (current: TestContext) => Promise<void>) =>
  async (current: TestContext): Promise<void> => {
    const reason = redisIsMissing();
    if (reason) current.skip(reason);
    else await run(current);
  };

export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = startChild(redisPath()!, [...settings, '--dir', tmpdir()], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout!) {
      output += String(chunk);
      if (output.includes('Ready to accept connections')) return void child.stdout!.resume();
    }
    throw new Error(`redis-server did not start:\n${output}`);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const exit = once(child, 'exit');
      killChild(child);
      await exit;
    },
    start,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}
