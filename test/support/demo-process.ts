import { startServer, type ServerProcess } from './server-process.js';

/** Starts the demo server like `npm start`, on a free port. Without keys in `env` it uses the practice server. */
export function startDemo(env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  return startServer({
    name: 'The demo server',
    run: ['--import', 'tsx', 'demo/server.ts'],
    env: { PORT: '0', OPENAI_API_KEY: '', ...env },
    address: (line) => /https?:\/\/[^\s"']+/.exec(line)?.[0].replace(/\/$/, ''),
  });
}
