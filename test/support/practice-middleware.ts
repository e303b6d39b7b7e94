import type { TestRunnerPlugin } from '@web/test-runner';
import { startPractice, type PracticeProcess } from './practice-process.js';

/**
 * Lets tests inside a browser use the practice server, which runs in a process of its own from the first time it is
 * asked for. `GET /__practice` answers `{ url }`; `POST /__practice/restart` ends every call it has; with `?name=`
 * a test gets one which nobody else restarts.
 */
export function practiceMiddleware(): TestRunnerPlugin {
  const started = new Map<string, Promise<PracticeProcess>>();
  const named = (name: string): Promise<PracticeProcess> => {
    const process = started.get(name) ?? startPractice();
    started.set(name, process);
    return process;
  };
  return {
    name: 'practice',
    async serve({ path, method, query }) {
      if (path !== '/__practice' && path !== '/__practice/restart') return undefined;
      const practice = await named(String(query['name'] ?? ''));
      if (path.endsWith('/restart') && method === 'POST') await practice.restart();
      return { body: JSON.stringify({ url: practice.url }), type: 'json', headers: { 'cache-control': 'no-store' } };
    },
    async serverStop() {
      await Promise.all(
        [...started.values()].map((practice) =>
          practice.then(
            ({ stop }) => stop(),
            () => undefined,
          ),
        ),
      );
    },
  };
}
