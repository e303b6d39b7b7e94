import { startServer, type ServerProcess } from './server-process.js';

export interface PracticeProcess extends ServerProcess {
  /** Kills it and starts another at the same address: every call it had is gone. */
  restart(): Promise<void>;
}

/** The practice realtime server, outside the tests' process so that it can be killed in the middle of a call. */
export async function startPractice(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<PracticeProcess> {
  const start = (more: readonly string[] = []): Promise<ServerProcess> =>
    startServer({ script: 'demo/practice/cli.ts', args: [...args, ...more], env, address: urlOfJson });
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
