import { programPath } from '../../demo/practice/programs.js';
import { startServer, type ServerProcess } from './server-process.js';

export interface PracticeProcess extends ServerProcess {
  /** Kills it and starts another one at the same address. All its calls are lost. */
  restart(): Promise<void>;
}

/** Starts the practice server in a process of its own, so that a test can kill it during a call. */
export async function startPractice(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<PracticeProcess> {
  const program = await programPath('server');
  const start = (more: readonly string[] = []): Promise<ServerProcess> =>
    startServer({ name: 'The practice server', run: [program, ...args, ...more], env, address: urlOfJson });
  let current = await start();
  const { url } = current;
  return {
    url,
    output: () => current.output(),
    stop: () => current.stop(),
    restart: async () => {
      await current.stop();
      current = await start(['--port', new URL(url).port]);
    },
  };
}

function urlOfJson(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  return (JSON.parse(line) as { url?: string }).url;
}
