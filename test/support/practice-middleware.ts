import type { TestRunnerPlugin } from '@web/test-runner';
import { startPractice, type PracticeProcess } from './practice-process.js';

/**
 * Gives tests in a browser a practice server, started at the first request. `GET /__practice` answers `{ url }`.
 * `POST /__practice/restart` restarts it, which ends all its calls. With `?name=` a test gets a server of its own.
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
