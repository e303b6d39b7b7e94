import { startServer, type ServerProcess } from './server-process.js';

/** The demo server as `npm start` runs it, on a free port. Without keys in `env` it practises. */
export function startDemo(env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  return startServer({
    script: 'demo/server.ts',
    env: { PORT: '0', OPENAI_API_KEY: '', ...env },
    address: (line) => /https?:\/\/[^\s"']+/.exec(line)?.[0].replace(/\/$/, ''),
  });
}
